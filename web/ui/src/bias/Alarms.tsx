import { number } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Part } from "./Part.tsx";
import { type Alarm, type Report, stateOf } from "./report.ts";
import { chance, share } from "./shares.ts";
import "../words/more/bias.ts";

/** What is looked at by itself, with its bound: moderators are told of what is beyond it. */
export function Alarms({ report }: { report: Report }) {
  return (
    <Part title={t("bias.alarms")} means={t("bias.alarms_means")} period={report.period}>
      <ul class="bias-alarms">
        {report.alarms.map((alarm) => (
          <AlarmLine key={alarm.kind} alarm={alarm} />
        ))}
      </ul>
    </Part>
  );
}

function AlarmLine({ alarm }: { alarm: Alarm }) {
  const { kind, about, value, bound, n, least } = alarm;
  const state = stateOf(alarm);
  const says = kind === "history" ? chance : share;
  const now = value === null ? t("bias.no_value") : says(value);
  return (
    <li class={`bias-alarm bias-alarm-${state}`}>
      <p class="bias-alarm-name">{t(`bias.alarm_${kind}`)}</p>
      <p class="bias-alarm-state">{t(`bias.state_${state}`)}</p>
      <p class="bias-alarm-now">
        {about && <bdi>{about}: </bdi>}
        {t(`bias.bound_${kind === "history" ? "p" : "share"}`, { now, bound: says(bound) })}{" "}
        {t(`bias.count_${kind === "history" ? "people" : "awards"}`, { count: n, least: number(least) })}
      </p>
    </li>
  );
}
