import { Icon } from "../../design/Icon.tsx";
import { Person } from "../../design/Person.tsx";
import type { By } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import "../../words/more/plan.ts";
import "../../design/drawings.ts";

/** Whose recommendation it is, and how many are for it and how many against: always both. */
export function Claim({ by, agree, disagree }: { by: By; agree: number; disagree: number }) {
  return (
    <p class="plan-claim">
      <Person by={by} />
      <span class="plan-stood">
        <span class="plan-for">
          <Icon name="check" /> {t("plan.support", { count: agree })}
        </span>
        <span class="plan-against">
          <Icon name="differs" /> {t("plan.dissent", { count: disagree })}
        </span>
      </span>
    </p>
  );
}
