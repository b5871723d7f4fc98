import { Button } from "../../design/Button.tsx";
import { Icon } from "../../design/Icon.tsx";
import { Moment } from "../../design/Moment.tsx";
import { nameOf } from "../../design/Person.tsx";
import { Written } from "../../design/Written.tsx";
import { Inn } from "../../drugs/Inn.tsx";
import type { By } from "../../wire/frames.ts";
import { said, t } from "../../words/words.ts";
import { Folded } from "../case/Folded.tsx";
import type { Desk } from "../desk.ts";
import { RefutedShort } from "../evidence/RefutedShort.tsx";
import { isSupported } from "../evidence/support.ts";
import { Unsupported } from "../evidence/Unsupported.tsx";
import { personOf } from "../people/names.ts";
import type { PlannedPost } from "../store/store.ts";
import { ActDeeds } from "./ActDeeds.tsx";
import { Claim } from "./Claim.tsx";
import { ICONS, isAmended } from "./deeds.ts";
import "../../words/more/plan.ts";
import "../../words/more/room.ts";
import "../../words/more/flags.ts";

const LINES = 4;

/** A recommendation on the plan: how far it is, what it says, whose it is, who is for and against it. */
export function PlanAct({ item, desk }: { item: PlannedPost; desk: Desk }) {
  const { act, id } = item;
  const name = nameIn(desk, item.by);
  const plans = desk.rights.value.plans;
  return (
    <article class={`plan-act plan-${act.state}`} aria-labelledby={`plan-${id}`}>
      <header class="plan-head">
        <p id={`plan-${id}`} class="plan-state">
          <Icon name={ICONS[act.state]} />
          <strong>{t(`plan.state_${act.state}`)}</strong>{" "}
          <span class="plan-by">
            {said("plan.state_by", { name: <bdi>{nameIn(desk, act.by)}</bdi>, time: <Moment at={act.at} /> })}
          </span>
        </p>
        <Button look="bare" onClick={() => jump(desk, id)}>
          {t("room.case_jump")}
          <span class="quiet"> {t("room.case_of", { name })}</span>
        </Button>
      </header>
      {item.refuted_by && <RefutedShort by={item.refuted_by} onJump={(to) => jump(desk, to)} />}
      <Text item={item} name={name} />
      <Inn text={item.retracted ? "" : item.text} />
      {item.post && !item.retracted && !isSupported(item.post) && <Unsupported post={item.post} />}
      <Claim
        by={personOf(desk.store, desk.me, item.by) ?? item.by}
        agree={item.agree}
        disagree={item.disagree}
        post={item.post}
      />
      <Words item={item} yours={plans} />
      {plans && <ActDeeds item={item} name={name} desk={desk} />}
    </article>
  );
}

function Text({ item, name }: { item: PlannedPost; name: string }) {
  if (item.retracted) return <p class="plan-gone">{t("plan.retracted")}</p>;
  if (item.post?.withheld) return <p class="case-note">{t("flags.withheld")}</p>;
  if (item.post?.collapsed) return <p class="case-note">{t("flags.folded_short")}</p>;
  return <Folded key={item.text} text={item.text} lines={LINES} of={name} />;
}

/** What was read back and why, and whether the text is another since. */
function Words({ item, yours }: { item: PlannedPost; yours: boolean }) {
  const { read_back, reason } = item.act;
  const changed = item.retracted ? (yours ? "retracted_yours" : null) : isAmended(item) ? "earlier" : null;
  return (
    <>
      {read_back && <Line word="plan.read_back" text={read_back} />}
      {reason && <Line word="plan.reason" text={reason} />}
      {changed && (
        <p class="plan-warn">{t(changed === "earlier" && yours ? "plan.earlier_yours" : `plan.${changed}`)}</p>
      )}
    </>
  );
}

function Line({ word, text }: { word: "plan.read_back" | "plan.reason"; text: string }) {
  return (
    <p class="plan-line said">
      <span class="plan-word">{t(word)}</span> <Written text={text} />
    </p>
  );
}

function jump(desk: Desk, id: string): void {
  desk.wanted.value = id;
}

function nameIn({ store, me }: Desk, by: By): string {
  return nameOf(personOf(store, me, by) ?? by);
}
