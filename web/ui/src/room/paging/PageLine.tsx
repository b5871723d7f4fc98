import type { ComponentChildren } from "preact";
import { Icon } from "../../design/Icon.tsx";
import { now } from "../../design/tick.ts";
import { Countdown } from "../../paging/Countdown.tsx";
import type { RungPage, RungTier } from "../../paging/rung.ts";
import type { PageNow } from "../../wire/frames.ts";
import { list, specialty } from "../../words/format.ts";
import { said, t } from "../../words/words.ts";
import { type Desk, nameIn } from "../desk.ts";
import { Circles } from "./Circles.tsx";
import { circlesOf } from "./pages.ts";
import "../../words/more/paging.ts";

interface Props {
  desk: Desk;
  page: PageNow;
  told: RungPage | undefined;
  /** What one can do about it. */
  children: ComponentChildren;
}

/** A page that nobody has taken: how many ring, how far they are, when the next do; and all whom it rang. */
export function PageLine({ desk, page, told, children }: Props) {
  const circles = circlesOf(page, told, now.value);
  const last = circles.at(-1);
  return (
    <div class={`ringing-page ringing-${page.state}`}>
      <p class="ringing-line">
        <Icon name="bell" />
        {page.state === "over" ? (
          <strong>{t("paging.nobody_left")}</strong>
        ) : (
          <Rings desk={desk} page={page} circle={last} />
        )}
      </p>
      <div class="ringing-acts">{children}</div>
      {circles.length > 0 && (
        <details class="ringing-details">
          <summary>{t("paging.details")}</summary>
          <Circles desk={desk} page={page} circles={circles} />
        </details>
      )}
    </div>
  );
}

function Rings({ desk, page, circle }: { desk: Desk; page: PageNow; circle: RungTier | undefined }) {
  if (!circle) return <strong>{t("paging.looking")}</strong>;
  const { link } = desk.client;
  const next = said("paging.next", { time: <Countdown until={circle.deadline_at} now={() => link.now()} /> });
  return (
    <>
      <strong>{t("paging.ringing", { count: circle.people.length })}</strong>
      {circle.role && <span>{t(`paging.role_${circle.role}`)}</span>}
      <span>{wantedOf(desk, page, circle)}</span>
      {countsOf(circle).map((says) => (
        <span key={says}>{says}</span>
      ))}
      <span>{circle.deadline_at > now.value ? next : t("paging.next_now")}</span>
    </>
  );
}

/** Whom a page wants. */
function wantedOf(desk: Desk, { person, ...page }: PageNow, { people }: RungTier) {
  if (person) return <bdi>{people.find((one) => one.person === person)?.handle || nameIn(desk, person)}</bdi>;
  const specialties = page.specialty ? [page.specialty] : (desk.store.case.value?.specialties ?? []);
  return list(specialties.map(specialty));
}

/** How many of them are how far; who has looked has been reached. */
function countsOf({ people }: RungTier): readonly string[] {
  return (["delivered", "seen", "declined"] as const).flatMap((state) => {
    const count = people.filter((one) => one.state === state).length;
    return count > 0 ? [t(`paging.count_${state}`, { count })] : [];
  });
}
