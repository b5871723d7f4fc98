import { Blank } from "../design/Blank.tsx";
import { ButtonLink } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import { t } from "../words/words.ts";
import { ComposerPlace } from "./composer/ComposerPlace.tsx";
import type { Desk } from "./desk.ts";
import { RoomLoss } from "./RoomLoss.tsx";
import { Timeline } from "./timeline/Timeline.tsx";
import { TimelineTyping } from "./timeline/TimelineTyping.tsx";

/** What is said, and where one says something oneself; before there is a seat, why not. */
export function RoomTalk({ desk }: { desk: Desk }) {
  return (
    <section class="room-talk" aria-label={t("room.line_feed")}>
      <Talk desk={desk} />
    </section>
  );
}

function Talk({ desk }: { desk: Desk }) {
  const { store } = desk;
  const seat = store.seat.value;
  const empty = store.timeline.value.length === 0;
  if (seat.is === "refused") return <Away says={seat.message} />;
  if (seat.is === "left" && empty) return <Away says={t(`room.line_left_${seat.code}`)} />;
  if (empty) return <Coming />;
  return (
    <>
      <RoomLoss store={store} />
      <Timeline desk={desk} />
      <TimelineTyping store={store} />
      <ComposerPlace desk={desk} />
    </>
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
