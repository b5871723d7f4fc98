import { useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { day, kindOf } from "../observer/names.ts";
import { number } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { Institution } from "./list.ts";
import "../words/more/budgets.ts";
import "../words/more/observer.ts";

interface Props {
  institution: Institution;
  onSuspend: () => void;
  onAwards: () => void;
  /** The sentence that says why it could not be, where it could not. */
  onResume: () => Promise<string | undefined>;
}

/** One institution: its plan, how much of it is used, and what can be done with it. */
export function InstitutionRow({ institution, onSuspend, onAwards, onResume }: Props) {
  const { name, kind, suspended_at, suspended_why } = institution;
  const [wrong, setWrong] = useState<string>();
  const resume = async () => {
    const says = await onResume();
    setWrong(says);
    if (says === undefined) announce(t("observer.resumed", { institution: name }));
  };
  return (
    <li class="institution">
      <div>
        <h2 class="institution-name">
          <bdi>{name}</bdi> <span class="institution-kind">{kindOf(kind)}</span>
        </h2>
        <p>{planOf(institution)}</p>
        {suspended_at !== null && (
          <p class="institution-suspended">{t("observer.suspended", { why: suspended_why })}</p>
        )}
        <p class="institution-wrong" role="alert" hidden={!wrong}>
          {wrong}
        </p>
      </div>
      <p class="institution-acts">
        <Button aria-haspopup="dialog" aria-label={`${t("budgets.awards")}: ${name}`} onClick={onAwards}>
          {t("budgets.awards")}
        </Button>
        {suspended_at === null ? (
          <Button aria-haspopup="dialog" aria-label={`${t("observer.suspend")}: ${name}`} onClick={onSuspend}>
            {t("observer.suspend")}
          </Button>
        ) : (
          <Button aria-label={`${t("observer.resume")}: ${name}`} onClick={() => void resume()}>
            {t("observer.resume")}
          </Button>
        )}
      </p>
    </li>
  );
}

function planOf({ taken, seats, used_s, hours, term_end, agreement }: Institution): string {
  const used = number(Math.floor(used_s / 3_600));
  const plan = { taken: number(taken), seats: number(seats), used, hours: number(hours), day: day(term_end) };
  const under = agreement ? t("observer.agreement_line", { version: agreement }) : t("observer.agreement_none");
  return `${t("observer.plan_line", plan)} · ${under}`;
}
