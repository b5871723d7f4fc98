import { Icon } from "../../design/Icon.tsx";
import { t } from "../../words/words.ts";
import "../../words/more/plan.ts";

/** How many are for a recommendation and how many against it: always both. */
export function Stood({ agree, disagree }: { agree: number; disagree: number }) {
  return (
    <p class="plan-stood">
      <span class="plan-for">
        <Icon name="check" /> {t("plan.support", { count: agree })}
      </span>
      <span class="plan-against">
        <Icon name="differs" /> {t("plan.dissent", { count: disagree })}
      </span>
    </p>
  );
}
