import { t } from "../words/words.ts";
import { Day } from "./Day.tsx";
import type { Decision } from "./types.ts";
import "../words/more/verification.ts";

/** What was decided, the newest first, with the reasons. */
export function Decisions({ decisions }: { decisions: readonly Decision[] }) {
  if (decisions.length === 0) return null;
  return (
    <section class="verify-part" aria-labelledby="decisions">
      <h2 id="decisions">{t("verification.decisions")}</h2>
      <DecisionRows decisions={decisions} />
    </section>
  );
}

/** The same, where something else is their heading. */
export function DecisionRows({ decisions }: { decisions: readonly Decision[] }) {
  return (
    <ul class="verify-rows">
      {decisions.map((one) => (
        <li key={one.id} class="verify-row">
          <Day at={one.at} />
          <span>
            <strong>{t(`verification.outcome_${one.outcome}`)}</strong>{" "}
            {one.tier !== one.tier_before && t("verification.from_to", { from: one.tier_before, to: one.tier })}{" "}
            <span class="verify-by">{t(byOf(one.by))}</span>
            {one.reason && <span class="said verify-reason">{one.reason}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function byOf(by: string) {
  if (by === "system") return "verification.by_system";
  if (by === "vouches") return "verification.by_vouches";
  return by === "operator" ? "verification.by_operator" : "verification.by_moderator";
}
