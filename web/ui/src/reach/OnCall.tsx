import { now } from "../design/tick.ts";
import { dateOf, specialty } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Part } from "./Part.tsx";
import type { Shift } from "./profile.ts";
import "../words/more/reach.ts";

/** When one is on call next. */
export function OnCall({ shifts, keeps }: { shifts: readonly Shift[]; keeps: readonly string[] }) {
  const coming = shifts.filter(({ ends_at }) => ends_at > now.value);
  return (
    <Part title={t("reach.on_call")} says={t("reach.on_call_says")}>
      {coming.length === 0 && <p>{t("reach.on_call_none")}</p>}
      <ul class="reach-shifts">
        {coming.map((shift) => (
          <li key={`${shift.starts_at} ${shift.roster}`} class={shift.starts_at <= now.value ? "reach-shift-now" : ""}>
            <b>{timesOf(shift, now.value)}</b>
            <span>
              <bdi>
                {t("reach.on_call_of", {
                  specialty: specialty(shift.specialty),
                  roster: shift.roster,
                  institution: shift.institution,
                })}
              </bdi>
            </span>
          </li>
        ))}
      </ul>
      {keeps.length > 0 && (
        <p class="reach-link">
          <a href="/rosters">{t("reach.to_rosters")}</a>
        </p>
      )}
    </Part>
  );
}

function timesOf({ starts_at, ends_at }: Shift, now_ms: number): string {
  if (starts_at <= now_ms) return t("reach.on_call_now", { when: dateOf(ends_at) });
  return t("reach.on_call_line", { from: dateOf(starts_at), to: dateOf(ends_at) });
}
