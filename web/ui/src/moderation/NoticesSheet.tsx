import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Sheet } from "../design/Sheet.tsx";
import type { Notices, Told } from "../live/notices.ts";
import { dateOf, exactTime } from "../words/format.ts";
import { t } from "../words/words.ts";
import "./notices.css";
import "../words/more/menu.ts";
import "../words/more/moderation.ts";

interface Props {
  notices: Notices;
  /** Who came by the mark, which is gone when they have looked, goes on from here. */
  menu: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** What one was told, newest first. Opening it is looking at it. */
export function NoticesSheet({ notices, menu, onClose }: Props) {
  const all = notices.all.value;
  const { length: unseen } = notices.unseen.value;
  const [looked] = useState(
    () =>
      new Set(
        notices.all
          .peek()
          .filter((told) => told.seen)
          .map(({ notice }) => notice),
      ),
  );
  useFocusAfter(menu);
  useEffect(() => notices.look(), [unseen]);
  return (
    <Sheet title={t("menu.notices")} onClose={onClose}>
      {all.length === 0 && <p>{t("moderation.notices_none")}</p>}
      <ol class="notices">
        {all.map((told) => (
          <Line key={told.notice} told={told} fresh={!looked.has(told.notice)} onGo={onClose} />
        ))}
      </ol>
    </Sheet>
  );
}

function Line({ told, fresh, onGo }: { told: Told; fresh: boolean; onGo: () => void }) {
  return (
    <li class="notice">
      <p class="notice-head">
        <strong>{t(`moderation.notice_${told.kind}`)}</strong>
        {fresh && <span class="notice-mark">{t("moderation.notices_new")}</span>}
        <time class="notice-when figures" dateTime={new Date(told.at).toISOString()} title={exactTime(told.at)}>
          {dateOf(told.at)}
        </time>
      </p>
      <p class="said">{told.text}</p>
      {told.ended && <p>{t(`moderation.notice_ended_${told.ended}`)}</p>}
      {told.room && (
        <a class="notice-way" href={`/${told.kind === "follow_up" ? "archive" : "case"}/${told.room}`} onClick={onGo}>
          {t(told.kind === "follow_up" ? "moderation.notice_archive" : "moderation.notice_room")}
        </a>
      )}
      {told.kind === "moderation" && (
        <a class="notice-way" href="/sanctions" onClick={onGo}>
          {t("app.own_sanctions")}
        </a>
      )}
    </li>
  );
}

/** The sheet gives the focus back where it came from; where that is gone, it goes to the menu's button. */
function useFocusAfter(menu: RefObject<HTMLButtonElement | null>): void {
  useLayoutEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) menu.current?.focus();
      });
    },
    [menu],
  );
}
