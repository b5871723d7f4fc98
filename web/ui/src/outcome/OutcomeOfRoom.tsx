import { useEffect } from "preact/hooks";
import { Sheet } from "../design/Sheet.tsx";
import type { RoomStore } from "../room/store/store.ts";
import type { OutcomeGiven } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { type OutcomeProps, OutcomeSheet } from "./OutcomeSheet.tsx";
import "../words/more/outcome.ts";

/** The sheet over a live room, once the last outcome is loaded: the new one says again what is still so. */
export function OutcomeOfRoom(given: OutcomeProps) {
  const { store, onClose } = given;
  const before = lastOf(store);
  const missing = before === null && store.card.value?.outcome !== null;
  const older = store.older.value;
  useEffect(() => {
    if (missing && older === "some") void store.loadOlder();
  }, [missing, older]);
  if (!missing) return <OutcomeSheet {...given} before={before} />;
  return (
    <Sheet title={t("outcome.title")} onClose={onClose}>
      <p>{t("outcome.coming")}</p>
    </Sheet>
  );
}

function lastOf(store: RoomStore): OutcomeGiven | null {
  const last = store.timeline.value.findLast((item) => item.is === "note" && item.entry.kind === "outcome");
  return last?.is === "note" && last.entry.kind === "outcome" ? last.entry.body : null;
}
