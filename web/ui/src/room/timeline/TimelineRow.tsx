import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { dayOf } from "../../words/format.ts";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { atOf } from "./places.ts";
import { type Drawn, TimelineContent } from "./TimelineContent.tsx";
import "../../words/more/room.ts";

interface Props extends Omit<Drawn, "acts"> {
  index: number;
  /** px from the beginning of the list. */
  start: number;
  measure: (row: HTMLElement | null) => void;
  setSize: number;
  day: boolean;
  unread: boolean;
  current: boolean;
  /** It is to take the focus. */
  wanted: boolean;
  newest: boolean;
}

/** One item in its place in the list, with the day or the unread line above it. */
export function TimelineRow(props: Props) {
  const { item, index, start, measure, setSize, day, unread, current, wanted, newest, desk } = props;
  const article = useRef<HTMLElement>(null);
  const [over, setOver] = useState(false);
  const take = () => {
    desk.current.value = item.key;
  };
  useLayoutEffect(() => {
    if (wanted) focus(desk, article.current);
  }, [wanted]);
  return (
    <div ref={measure} data-index={index} class="timeline-row" style={{ transform: `translateY(${start}px)` }}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a tap shows the buttons, which the keyboard reaches anyway. */}
      <article
        ref={article}
        class={`timeline-item timeline-${item.is} ${current ? "timeline-current" : ""} ${newest ? "timeline-newest" : ""}`}
        tabIndex={current || newest ? 0 : -1}
        aria-posinset={index + 1}
        aria-setsize={setSize}
        aria-labelledby={`${item.key}-head`}
        aria-describedby={item.is === "note" ? undefined : `${item.key}-text`}
        onPointerEnter={(event) => event.pointerType === "mouse" && setOver(true)}
        onPointerLeave={() => setOver(false)}
        onFocusIn={take}
        onClick={take}
      >
        {day && <p class="timeline-day">{dayOf(atOf(item))}</p>}
        {unread && <p class="timeline-unread">{t("room.line_unread")}</p>}
        <TimelineContent {...props} acts={current || newest || over} />
      </article>
    </div>
  );
}

function focus(desk: Desk, article: HTMLElement | null): void {
  desk.wanted.value = null;
  article?.focus({ preventScroll: true });
}
