import { Acuity } from "../../design/Acuity.tsx";
import { later, Nothing } from "../../design/later.tsx";
import { Since } from "../../design/Moment.tsx";
import { Shape } from "../../design/Shape.tsx";
import { Written } from "../../design/Written.tsx";
import type { Client } from "../../live/client.ts";
import type { Case, Me } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import type { Readings } from "../fold/readings.ts";
import type { RoomStore } from "../store/store.ts";
import { Advice } from "./Advice.tsx";
import { CaseFacts } from "./CaseFacts.tsx";
import { Asked, Isbar } from "./Isbar.tsx";
import { Pinned } from "./Pinned.tsx";
import "./case.css";
import "../../words/more/room.ts";

const AwardOpening = later(() => import("../../awards/AwardOpening.tsx").then((file) => file.AwardOpening), Nothing);
const Measured = later(() => import("../vitals/Measured.tsx").then((file) => file.Measured), Nothing);

export interface CaseProps {
  store: RoomStore;
  client: Client;
  me: Me;
  /** Show the post in the timeline, and put the focus on it. */
  onJump: (id: string) => void;
}

/** The case beside its timeline: what is asked first, then the plan so far, then the rest of the ISBAR. */
export function CaseZone(props: CaseProps) {
  const of = props.store.case.value;
  return (
    <section class="zone case" aria-label={t("room.case_title")}>
      {of ? (
        <>
          <CaseLine store={props.store} of={of} />
          <h1 class="case-title said">
            <Written text={of.title} />
          </h1>
          <CaseBody {...props} of={of} heading="h2" />
        </>
      ) : (
        <Shape rows={4} />
      )}
    </section>
  );
}

/** How urgent, and for how long it has been open. */
export function CaseLine({ store, of }: { store: RoomStore; of: Case }) {
  const closed = store.card.value?.status === "closed";
  return (
    <p class="case-line">
      <Acuity level={of.acuity} />
      {closed ? <strong>{t("room.case_closed")}</strong> : <Since at={of.opened_at} />}
    </p>
  );
}

/** All of the case below its title. */
export function CaseBody({ of, heading, ...given }: CaseProps & { of: Case; heading: "h2" | "h3" }) {
  const readings = given.store.card.value?.vitals ?? {};
  return (
    <>
      <Asked of={of} heading={heading} />
      {given.me.role === "observer" && <AwardOpening {...given} />}
      {of.shortened && <p class="case-note">{t("room.case_shortened")}</p>}
      <Pinned {...given} heading={heading} />
      {isMeasured(of, readings) && (
        <Measured of={of} readings={readings} plan={given.store.plan.value} heading={heading} />
      )}
      <Isbar of={of} heading={heading} />
      <CaseFacts store={given.store} me={given.me} of={of} />
      <Advice store={given.store} />
    </>
  );
}

function isMeasured(of: Case, readings: Readings): boolean {
  return Object.keys(readings).length > 0 || of.triage !== undefined || (of.resources ?? []).length > 0;
}
