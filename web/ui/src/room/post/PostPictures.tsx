import { later, Nothing } from "../../design/later.tsx";
import type { Picture } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import type { Post } from "../fold/post.ts";
import type { Around } from "./Post.tsx";
import "./pictures.css";
import "../../words/more/pictures.ts";

const Shown = later(async () => (await import("../../pictures/Shown.tsx")).Shown, Nothing);

/** A post's pictures. Their places have their sizes before the pictures are here, so that nothing jumps. */
export function PostPictures({ post, around }: { post: Post; around: Around }) {
  const { pictures, released } = post;
  if (pictures.some((picture) => picture.withheld)) return <p class="pictures-withheld">{t("pictures.withheld")}</p>;
  const may = !released && around.mayRelease?.(post) === true;
  return (
    <div class="pictures">
      <div class="pictures-places" aria-hidden="true">
        {pictures.map((picture) => (
          <span key={picture.id} class="picture-place" style={placeOf(picture)} />
        ))}
      </div>
      <div class="pictures-shown">
        <Shown room={around.room} pictures={pictures} {...(may && { onRelease: () => around.onRelease?.(post.id) })} />
      </div>
    </div>
  );
}

/** The shape of its place. */
export function placeOf({ width = 4, height = 3 }: Picture): Record<string, string> {
  return { "--ratio": (width / height).toFixed(4) };
}
