import { Person } from "../../design/Person.tsx";
import { Written } from "../../design/Written.tsx";
import { t } from "../../words/words.ts";
import type { Unrecorded } from "../store/item.ts";
import type { Around } from "./Post.tsx";
import "../../words/more/room.ts";

/** What somebody says while nothing can be put on record: as what one is sending oneself looks, with their name. */
export function PostUnrecorded({ said, around }: { said: Unrecorded; around: Around }) {
  const { id, by, kind, text, never } = said;
  return (
    <div class="post post-sending post-unrecorded">
      <header class="post-head" id={`${id}-head`}>
        <Person by={by} presents={by.person === around.presenter} />
        {by.person === around.me && <span class="post-own">{t("room.post_you")}</span>}
        {kind !== "comment" && <span class="post-kind">{t(`room.kind_${kind}`)}</span>}
        <span class="post-when post-state">{t(never ? "room.line_never_recorded" : "room.line_unrecorded")}</span>
      </header>
      <p id={`${id}-text`} class="post-text said">
        <Written text={text} />
      </p>
    </div>
  );
}
