import { useEffect, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import { Sheet } from "../design/Sheet.tsx";
import type { Api } from "../http/api.ts";
import { list } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { Held } from "./types.ts";
import { natureIn } from "./wording.ts";
import "./interests.css";
import "../words/more/interests.ts";
import "../words/more/natures.ts";

interface Props {
  api: Pick<Api, "get">;
  room: string;
  person: string;
  /** What the person is called here. */
  who: string;
  onClose: () => void;
}

/** The interests of somebody in a case, as they are now. */
export function InterestsSheet({ api, room, person, who, onClose }: Props) {
  const [held, setHeld] = useState<readonly Held[] | "failed" | null>(null);
  const read = () => {
    setHeld(null);
    api.get<{ interests: readonly Held[] }>(`/api/cases/${room}/people/${person}/interests`).then(
      ({ interests }) => setHeld(interests),
      () => setHeld("failed"),
    );
  };
  useEffect(read, [api, room, person]);
  return (
    <Sheet title={t("interests.of_person", { who })} onClose={onClose}>
      {held === null && <Shape rows={2} />}
      {held === "failed" && (
        <>
          <p role="alert">{t("interests.failed")}</p>
          <Button onClick={read}>{t("common.retry")}</Button>
        </>
      )}
      {Array.isArray(held) && <Register held={held} who={who} />}
    </Sheet>
  );
}

function Register({ held, who }: { held: readonly Held[]; who: string }) {
  if (held.length === 0) return <p class="interests-note">{t("interests.of_person_none", { who })}</p>;
  return (
    <ul class="interests-list">
      {held.map((one) => (
        <li key={`${one.payer} ${one.nature} ${one.since}`}>
          <p>
            <bdi class="interests-payer">{one.payer}</bdi> <span class="interests-nature">{natureIn(one.nature)}</span>
          </p>
          <p class="interests-note">
            {t("natures.since", { since: one.since })} · {t(`natures.${one.source}`)}
            {one.products && one.products.length > 0 && (
              <>
                {" · "}
                <bdi>{list(one.products)}</bdi>
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
