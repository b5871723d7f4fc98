import { Moment } from "../../design/Moment.tsx";
import { standingOf } from "../../design/Person.tsx";
import type { RungPerson, RungTier } from "../../paging/rung.ts";
import type { PageNow } from "../../wire/frames.ts";
import { said, t } from "../../words/words.ts";
import { type Desk, nameIn } from "../desk.ts";
import { answersIn, type Said } from "./pages.ts";
import "../../words/more/paging.ts";

interface Props {
  desk: Desk;
  page: PageNow;
  circles: readonly RungTier[];
}

/** The circles that have rung so far, the newest first: who is in each, and how far they are. */
export function Circles({ desk, page, circles }: Props) {
  const answers = answersIn(desk.store.timeline.value, page.id);
  return (
    <ol class="circles" reversed>
      {circles.toReversed().map((circle, at) => (
        <li key={circle.tier} class="circle">
          <Head circle={circle} number={circles.length - at} rings={at === 0 && page.state === "ringing"} />
          <ul class="circle-people">
            {circle.people.map((one) => (
              <Rung key={one.person} desk={desk} one={one} said={answers.get(one.person)} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

interface HeadProps {
  circle: RungTier;
  /** Of those that rang: a circle in which there is nobody does not. */
  number: number;
  rings: boolean;
}

function Head({ circle: { role, deadline_at, people }, number, rings }: HeadProps) {
  const until = said("paging.circle_until", { time: <Moment at={deadline_at} /> });
  return (
    <p class="circle-head">
      <strong>{t("paging.circle", { number })}</strong>
      <span>{t("paging.circle_people", { count: people.length })}</span>
      {role && <span>{t(`paging.role_${role}`)}</span>}
      <span>{rings ? until : t("paging.circle_over")}</span>
    </p>
  );
}

function Rung({ desk, one, said: answer }: { desk: Desk; one: RungPerson; said: Said | undefined }) {
  const standing = answer && standingOf(answer.by);
  return (
    <li class={`rung rung-${one.state}`}>
      <span>
        <bdi class="rung-name">{one.handle || nameIn(desk, one.person)}</bdi>
        {standing && <span class="rung-standing person-standing"> {standing}</span>}
      </span>
      <span class="rung-state">
        {t(`paging.state_${one.state}`)} <Moment at={one.at} />
      </span>
      {one.state === "declined" && answer?.reason && <bdi class="rung-reason said">{answer.reason}</bdi>}
    </li>
  );
}
