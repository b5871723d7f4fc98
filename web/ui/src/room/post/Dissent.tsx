import { useId, useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { t } from "../../words/words.ts";
import type { Stance } from "../fold/post.ts";
import { StanceOf } from "./StanceOf.tsx";
import "../../words/more/evidence.ts";

/** So many are shown at once: a screen has to have room for what is disputed, too. */
const SHOWN = 3;

/** Why it is disputed, in sight without a tap: the newest first, all of them where there are few. */
export function Dissent({ stances }: { stances: readonly Stance[] }) {
  const [all, setAll] = useState(false);
  const id = useId();
  const reasoned = stances.filter(hasReason).toReversed();
  if (reasoned.length === 0) return null;
  const more = reasoned.length > SHOWN;
  return (
    <>
      <ul id={id} class="stance-list">
        {(all ? reasoned : reasoned.slice(0, SHOWN)).map((stance) => (
          <StanceOf key={stance.seq} stance={stance} />
        ))}
      </ul>
      {more && (
        <Button look="bare" aria-expanded={all} aria-controls={id} onClick={() => setAll(!all)}>
          {all ? t("evidence.fewer_reasons") : t("evidence.all_reasons", { count: reasoned.length })}
        </Button>
      )}
    </>
  );
}

function hasReason({ note, evidence }: Stance): boolean {
  return Boolean(note) || evidence.length > 0;
}
