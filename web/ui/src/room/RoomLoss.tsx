import { useEffect, useRef } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Icon } from "../design/Icon.tsx";
import { nameOf } from "../design/Person.tsx";
import { Written } from "../design/Written.tsx";
import { t } from "../words/words.ts";
import type { RoomStore } from "./store/store.ts";
import "../words/more/room.ts";

/** The server's record went back: what was shown as on record and is no more, so that it can be said again. */
export function RoomLoss({ store }: { store: RoomStore }) {
  const lost = store.wentBack.value;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (lost) box.current?.focus();
  }, [lost]);
  if (!lost) return null;
  return (
    <div ref={box} class="room-loss" role="alert" tabIndex={-1}>
      <p class="room-loss-head">
        <Icon name="alert" />
        <strong>{t("room.line_went_back", { count: lost.events })}</strong>
      </p>
      <p>{t("room.line_went_back_do")}</p>
      <ul>
        {lost.posts.map((post) => (
          <li key={post.id}>
            <bdi class="person-name">{nameOf(post.by)}</bdi>
            <p class="said">
              <Written text={post.text} />
            </p>
          </li>
        ))}
      </ul>
      <Button onClick={() => store.acceptLoss()}>{t("room.line_went_back_read")}</Button>
    </div>
  );
}
