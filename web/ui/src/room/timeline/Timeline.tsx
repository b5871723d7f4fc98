import { useMemo, useRef } from "preact/hooks";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { RoomKeys } from "../RoomKeys.tsx";
import type { Item } from "../store/item.ts";
import { quotedBy, useAround } from "./around.ts";
import { useFeed } from "./feed.ts";
import { beginsDay } from "./places.ts";
import { TimelineEdge } from "./TimelineEdge.tsx";
import { TimelineJump } from "./TimelineJump.tsx";
import { TimelineRow } from "./TimelineRow.tsx";
import { NEAR_END_PX } from "./virtual.ts";
import "./timeline.css";
import "../../words/more/room.ts";

/**
 * What was said, in the order of the record.
 *
 * A feed, not a log: a log is a live region, and would say aloud each row that scrolling brings in. In a feed a screen
 * reader moves from article to article, and knows of those that are not drawn by their place and number.
 */
export function Timeline({ desk }: { desk: Desk }) {
  const { store } = desk;
  const items = store.timeline.value;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useFeed(desk, items, scroller);
  const around = useAround(desk);
  const { older } = store;
  const shared = { around, desk, measure: virtual.measureElement, setSize: older.value === "none" ? items.length : -1 };
  const newest = newestPost(desk, items);
  const keys = useMemo(() => <RoomKeys desk={desk} virtual={virtual} />, [desk, virtual]);
  return (
    <div class="timeline">
      <TimelineEdge store={store} atTop={virtual.range?.startIndex === 0} />
      <div ref={scroller} class="timeline-scroller">
        <div
          class="timeline-feed"
          role="feed"
          aria-label={t("room.line_feed")}
          aria-busy={older.value === "loading"}
          style={{ blockSize: `${virtual.getTotalSize()}px` }}
        >
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const item = items[index];
            if (!item) return null;
            const marks = {
              day: beginsDay(items, index),
              unread: item.key === desk.began.value?.unread,
              current: item.key === desk.current.value,
              wanted: item.key === desk.wanted.value,
              newest: item.key === newest,
              ...quotedBy(item, around),
            };
            return <TimelineRow key={key} {...shared} {...marks} item={item} index={index} start={start} />;
          })}
        </div>
      </div>
      {keys}
      <TimelineJump desk={desk} virtual={virtual} atEnd={virtual.isAtEnd(NEAR_END_PX)} />
    </div>
  );
}

/** The newest post of others: what can be done with it is always in sight, so that a newcomer learns of it. */
function newestPost({ rights, me }: Desk, items: readonly Item[]): string | null {
  if (!rights.value.writes) return null;
  const last = items.findLast(
    (item) => item.is === "post" && !item.post.retracted && item.post.by.person !== me.person,
  );
  return last?.key ?? null;
}
