/** From how many houses those come who hold something of a post: a bare count would not say. */
import { t } from "../../words/words.ts";
import type { Stance } from "../fold/post.ts";
import "../../words/more/room.ts";

/** `names`, and whether they are of the author's own institution, where the server knew that of all of them. */
export function housed(names: string, stances: readonly Pick<Stance, "same_house">[]): string {
  if (stances.some(({ same_house }) => same_house === undefined)) return names;
  const own = stances.filter(({ same_house }) => same_house).length;
  if (own === 0) return t(stances.length > 1 ? "room.post_houses" : "room.post_house", { names });
  return own === stances.length
    ? t("room.post_own_house", { names })
    : t("room.post_some_own_house", { names, count: own });
}
