import { Button, IconButton } from "../../design/Button.tsx";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { toNext } from "./next.ts";
import type { Virtual } from "./virtual.ts";
import "../../words/more/room.ts";

interface Props {
  desk: Desk;
  virtual: Virtual;
  atEnd: boolean;
}

/** What is new while one reads further up, and the way there. */
export function TimelineJump({ desk, virtual, atEnd }: Props) {
  const { count, concerning, at_least } = desk.store.unread.value;
  if (atEnd && concerning.length === 0) return null;
  const fresh = count > 0 && t(at_least ? "room.line_new_at_least" : "room.line_new", { count });
  const mine = concerning.length > 0 && t("room.line_concerns", { count: concerning.length });
  const says = [!atEnd && fresh, mine].filter(Boolean).join(" · ");
  return (
    <div class="timeline-jump">
      {says && (
        <Button icon={concerning.length ? "person" : "down"} onClick={() => toNext(desk, virtual)}>
          {says}
        </Button>
      )}
      {!atEnd && <IconButton icon="down" name={t("room.line_newest")} onClick={() => virtual.scrollToEnd()} />}
    </div>
  );
}
