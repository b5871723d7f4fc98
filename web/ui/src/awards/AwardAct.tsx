import { useEffect } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Api } from "../http/api.ts";
import { type Desk, open } from "../room/desk.ts";
import { thisBrowser } from "../wire/surroundings.ts";
import { t } from "../words/words.ts";
import { GivenAwards } from "./given.ts";
import "../words/more/awards.ts";

/** One for the page: whether there is a budget does not change from post to post. */
export const own = new GivenAwards(new Api(thisBrowser()));

/** An observer's way to award a post, where their institution has a budget. */
export function AwardAct({ post, desk }: { post: string; desk: Desk }) {
  useEffect(() => {
    if (own.given.peek() === null) void own.read();
  }, []);
  if (!own.given.value?.budget) return null;
  return (
    <Button look="bare" class="act-award" onClick={() => open(desk, { post, is: "award" })}>
      {t("awards.award")}
    </Button>
  );
}
