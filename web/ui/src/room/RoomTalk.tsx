import { useLocation } from "../app/location.tsx";
import { Blank } from "../design/Blank.tsx";
import { ButtonLink } from "../design/Button.tsx";
import { later, Nothing, Over } from "../design/later.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { ComposerPlace } from "./composer/ComposerPlace.tsx";
import type { Desk } from "./desk.ts";
import { RoomLoss } from "./RoomLoss.tsx";
import { Timeline } from "./timeline/Timeline.tsx";
import { TimelineTyping } from "./timeline/TimelineTyping.tsx";
import "../words/more/room.ts";

const EnterByOffice = later(() => import("../moderation/EnterByOffice.tsx").then((file) => file.EnterByOffice), Over);

const RingingZone = later(() => import("./paging/RingingZone.tsx").then((file) => file.RingingZone), Nothing);
const PlanZone = later(() => import("./plan/PlanZone.tsx").then((file) => file.PlanZone), Nothing);
const OpinionsZone = later(() => import("./opinions/OpinionsZone.tsx").then((file) => file.OpinionsZone), Nothing);
const HandingOver = later(() => import("./plan/HandingOver.tsx").then((file) => file.HandingOver), Nothing);
const PollsZone = later(() => import("./polls/PollsZone.tsx").then((file) => file.PollsZone), Nothing);
const Questions = later(() => import("./plan/Questions.tsx").then((file) => file.Questions), Nothing);

interface Props {
  desk: Desk;
  api: Pick<Api, "get" | "post">;
}

/** What is said, and where one says something oneself; before there is a seat, why not. */
export function RoomTalk({ desk, api }: Props) {
  return (
    <section class="room-talk" aria-label={t("room.line_feed")}>
      <Talk desk={desk} api={api} />
    </section>
  );
}

function Talk({ desk, api }: Props) {
  const { store } = desk;
  const seat = store.seat.value;
  const empty = store.timeline.value.length === 0;
  if (seat.is === "refused" && seat.code === "forbidden" && desk.me.role === "moderator") {
    return <ByOffice desk={desk} api={api} />;
  }
  if (seat.is === "refused") return <Away says={seat.message} />;
  if (seat.is === "left" && empty) return <Away says={t(`room.line_left_${seat.code}`)} />;
  if (empty) return <Coming />;
  return (
    <>
      <RoomLoss store={store} />
      {isRung(desk) && <RingingZone desk={desk} api={api} />}
      {store.plan.value.length > 0 && <PlanZone desk={desk} />}
      {(store.card.value?.opinions.given ?? 0) > 0 && <OpinionsZone desk={desk} />}
      <Timeline desk={desk} />
      <TimelineTyping store={store} />
      {store.card.value?.hand_over && <HandingOver desk={desk} />}
      {store.polls.value.some(({ open }) => open) && <PollsZone desk={desk} />}
      {store.questions.value.length > 0 && <Questions desk={desk} />}
      <ComposerPlace desk={desk} />
    </>
  );
}

/** Whether people were called who may not have come yet; it concerns those who can help or wait for help. */
function isRung({ store, rights }: Desk): boolean {
  const card = store.card.value;
  return rights.value.writes && card?.status === "open" && card.pages.length > 0;
}

/** A moderator is let in once they said why. */
function ByOffice({ desk: { client, store }, api }: Props) {
  const { route } = useLocation();
  return (
    <div class="room-coming">
      <EnterByOffice api={api} room={store.id} onEntered={() => client.room(store.id)} onTurnBack={() => route("/")} />
    </div>
  );
}

function Coming() {
  return (
    <div class="room-coming">
      <Shape rows={4} />
    </div>
  );
}

function Away({ says }: { says: string }) {
  return (
    <div class="room-coming">
      <h1 class="quiet">{t("room.case_title")}</h1>
      <Blank says={says}>
        <ButtonLink href="/" look="next">
          {t("app.to_worklist")}
        </ButtonLink>
      </Blank>
    </div>
  );
}
