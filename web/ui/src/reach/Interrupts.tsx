import { useEffect, useState } from "preact/hooks";
import type { Client } from "../live/client.ts";
import type { Acuity } from "../wire/frames.ts";
import { type Asked, more, type Preview, ringing } from "./interrupting.ts";
import "./interrupts.css";

const STILL_MS = 400;

interface Props {
  client: Pick<Client, "interrupts">;
  /** The case as far as it is written. */
  fields: Omit<Asked, "acuity"> & { readonly acuity: Acuity | null };
}

/** How many people the case would ring, before it is sent; nothing where that cannot be told. */
export function Interrupts({ client, fields }: Props) {
  const { acuity, specialties, languages, reach } = fields;
  const [told, setTold] = useState<{ asked: Asked; preview: Preview } | null>(null);
  const asked = acuity && specialties.length > 0 ? JSON.stringify({ acuity, specialties, languages, reach }) : null;
  useEffect(() => {
    setTold(null);
    if (asked === null) return;
    let stale = false;
    const wish: Asked = JSON.parse(asked);
    const timer = setTimeout(() => {
      client.interrupts(wish).then(
        (preview) => stale || setTold({ asked: wish, preview }),
        () => undefined,
      );
    }, STILL_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [client, asked]);
  return (
    <div class="interrupts" role="status" hidden={!told}>
      {told && (
        <>
          <p>{ringing(told.asked, told.preview)}</p>
          {more(told.preview).map((says) => (
            <p key={says} class="interrupts-more">
              {says}
            </p>
          ))}
        </>
      )}
    </div>
  );
}
