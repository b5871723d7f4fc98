import { Fragment } from "preact";
import { useId, useState } from "preact/hooks";
import { Icon } from "../../design/Icon.tsx";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { useWide } from "../useWide.ts";
import { Against } from "./Against.tsx";
import { PlanAct } from "./PlanAct.tsx";
import { type Group, groupsOf, isFull, lineOf } from "./planning.ts";
import "../../words/more/plan.ts";
import "./plan.css";

/** The plan, which heads the room: what many have said and one pair of hands does. On a phone one line opens it. */
export function PlanZone({ desk }: { desk: Desk }) {
  const plan = desk.store.plan.value;
  const [open, setOpen] = useState(useWide());
  const id = useId();
  return (
    <section class={open ? "plan plan-open" : "plan"} aria-label={t("plan.title")}>
      <h2 class="plan-title">
        <button type="button" class="plan-fold" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {lineOf(plan)}
          <Icon name={open ? "up" : "down"} />
        </button>
      </h2>
      <div id={id} class="plan-body" hidden={!open}>
        {open && <Acts desk={desk} />}
      </div>
    </section>
  );
}

function Acts({ desk }: { desk: Desk }) {
  const { plan, timeline } = desk.store;
  return (
    <>
      {desk.rights.value.plans && isFull(plan.value) && <p class="case-note">{t("plan.full")}</p>}
      <ol class="plan-list">
        {groupsOf(plan.value, timeline.value).map((group) => (
          <li key={group.acts[0]?.id} class={partsOf(group) > 1 ? "plan-group plan-pair" : "plan-group"}>
            <Side group={group} desk={desk} />
          </li>
        ))}
      </ol>
    </>
  );
}

/** What contradicts each other, side by side. */
function Side({ group: { acts, against }, desk }: { group: Group; desk: Desk }) {
  const parts = [
    ...acts.map((item) => ({ key: item.id, part: <PlanAct item={item} desk={desk} /> })),
    ...against.map((post) => ({ key: post.id, part: <Against post={post} desk={desk} /> })),
  ];
  return (
    <>
      {parts.map(({ key, part }, n) => (
        <Fragment key={key}>
          {n > 0 && <p class="plan-versus">{t("plan.contradicts")}</p>}
          {part}
        </Fragment>
      ))}
    </>
  );
}

function partsOf({ acts, against }: Group): number {
  return acts.length + against.length;
}
