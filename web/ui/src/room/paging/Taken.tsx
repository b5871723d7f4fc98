import { IconButton } from "../../design/Button.tsx";
import { Icon } from "../../design/Icon.tsx";
import { standingOf } from "../../design/Person.tsx";
import { Written } from "../../design/Written.tsx";
import type { PageNow } from "../../wire/frames.ts";
import { said, t } from "../../words/words.ts";
import { type Desk, nameIn } from "../desk.ts";
import { answersIn, takerOf } from "./pages.ts";
import "../../words/more/paging.ts";

interface Props {
  desk: Desk;
  page: PageNow;
  onRead: () => void;
}

/** Who has taken the case, and what they have understood of it. */
export function Taken({ desk, page, onRead }: Props) {
  const taker = takerOf(page) ?? "";
  const answer = answersIn(desk.store.timeline.value, page.id).get(taker);
  const standing = answer && standingOf(answer.by);
  const who = (
    <>
      <bdi>{nameIn(desk, taker)}</bdi>
      {standing && <span class="rung-standing person-standing"> ({standing})</span>}
    </>
  );
  return (
    <div class="ringing-page ringing-answered">
      <p class="ringing-line">
        <Icon name="check" />
        <strong>{said("paging.has_it", { who })}</strong>
      </p>
      <IconButton icon="close" name={t("common.close")} onClick={onRead} />
      {answer?.read_back && (
        <p class="ringing-said said">
          <span class="ringing-word">{t("paging.said_back")}</span> <Written text={answer.read_back} />
        </p>
      )}
    </div>
  );
}
