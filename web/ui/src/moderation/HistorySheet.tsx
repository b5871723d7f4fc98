import { useEffect, useState } from "preact/hooks";
import { Shape } from "../design/Shape.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { t } from "../words/words.ts";
import { calledIn, type ModerationDesk, type Sanction } from "./desk.ts";
import { SanctionLine } from "./SanctionLine.tsx";
import "../words/more/moderation.ts";

interface Props {
  desk: ModerationDesk;
  person: string;
  onClose: () => void;
}

/** All that was ever imposed on a person, the newest first. */
export function HistorySheet({ desk, person, onClose }: Props) {
  const [found, setFound] = useState<readonly Sanction[] | "failed" | null>(null);
  useEffect(
    () =>
      void desk.history(person).then(
        (sanctions) => setFound(sanctions),
        () => setFound("failed"),
      ),
    [desk, person],
  );
  const who = Array.isArray(found) && found[0] ? calledIn(found[0].names, person) : "";
  return (
    <Sheet title={who ? t("moderation.history_of", { who }) : t("moderation.history")} onClose={onClose}>
      {found === null && <Shape rows={3} />}
      {found === "failed" && <p role="alert">{t("moderation.failed")}</p>}
      {Array.isArray(found) && found.length === 0 && <p>{t("moderation.history_none")}</p>}
      {Array.isArray(found) && (
        <ol class="sanctions">
          {found.map((one: Sanction) => (
            <li key={one.id}>
              <SanctionLine sanction={one} by={calledIn(one.names, one.by)} />
            </li>
          ))}
        </ol>
      )}
    </Sheet>
  );
}
