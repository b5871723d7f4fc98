import { nameOf } from "../../design/Person.tsx";
import { list } from "../../words/format.ts";
import { t } from "../../words/words.ts";
import type { RoomStore } from "../store/store.ts";
import "../../words/more/room.ts";

const NAMED = 3;

/** Who is typing; as high without anybody, so that nothing jumps. Not a live region: it would never be quiet. */
export function TimelineTyping({ store }: { store: RoomStore }) {
  const typing = store.typing.value;
  const { length: count } = typing;
  const names = list(typing.slice(0, NAMED).map(nameOf));
  return (
    <p class="timeline-typing">
      {count > 0 && (
        <bdi>{count > NAMED ? t("room.line_typing_many", { count }) : t("room.line_typing", { names, count })}</bdi>
      )}
    </p>
  );
}
