import { Button } from "../../design/Button.tsx";
import { t } from "../../words/words.ts";
import type { RoomStore } from "../store/store.ts";
import "../../words/more/room.ts";

/** At the upper end of what is loaded: that more comes, or did not. */
export function TimelineEdge({ store, atTop }: { store: RoomStore; atTop: boolean }) {
  const older = store.older.value;
  if (!atTop || older === "none" || older === "some") return null;
  return (
    <div class="timeline-edge" role="status">
      {t(older === "loading" ? "room.line_older_loading" : "room.line_older_failed")}
      {older === "failed" && <Button onClick={() => void store.loadOlder()}>{t("common.retry")}</Button>}
    </div>
  );
}
