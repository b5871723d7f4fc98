import { useMemo } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Acuity } from "../design/Acuity.tsx";
import { Button } from "../design/Button.tsx";
import { Icon } from "../design/Icon.tsx";
import { Moment } from "../design/Moment.tsx";
import { now } from "../design/tick.ts";
import type { Notices, Told } from "../live/notices.ts";
import { said, t } from "../words/words.ts";
import "../words/more/alarm.ts";
import { loudness } from "./loudness.ts";
import { Ringing } from "./ringing.ts";
import { useTones } from "./useTones.ts";
import "./alarm.css";

/** Who is called to a case that cannot wait sees it above everything, and hears it until they see to it or mute it. */
export function AlarmBanner({ notices }: { notices: Notices }) {
  const ringing = useMemo(() => new Ringing(notices.calls, now), [notices]);
  const sound = useTones(ringing.call.value);
  if (ringing.calls.value.length === 0) return null;
  return (
    <section class="alarm" role="alert" aria-label={t("alarm.title")}>
      {ringing.calls.value.map((told) => (
        <CallLine key={told.notice} told={told} notices={notices} />
      ))}
      <p class="alarm-sound">
        {sound === "blocked" && <Button icon="bell">{t("alarm.blocked")}</Button>}
        {sound === "off" && <span>{t("alarm.off")}</span>}
        {ringing.call.value && loudness.value.on && <Button onClick={() => ringing.mute()}>{t("alarm.mute")}</Button>}
      </p>
    </section>
  );
}

function CallLine({ told, notices }: { told: Told; notices: Notices }) {
  const { route } = useLocation();
  const { notice, room, acuity, deadline_at } = told;
  const open = () => {
    notices.see(notice);
    if (room) route(`/case/${room}`);
  };
  return (
    <div class="alarm-call">
      <Icon name="bell" />
      <Acuity level={acuity === "stat" ? "stat" : "asap"} />
      <p class="said">{told.text}</p>
      {deadline_at !== undefined && (
        <p class="figures">{said("alarm.until", { time: <Moment key="time" at={deadline_at} /> })}</p>
      )}
      <Button look="next" onClick={open}>
        {t("alarm.open")}
      </Button>
    </div>
  );
}
