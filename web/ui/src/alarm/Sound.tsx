import { Button } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import { loudness } from "./loudness.ts";
import type { Ringing } from "./ringing.ts";
import { useTones } from "./useTones.ts";
import "../words/more/alarm.ts";
import "./alarm.css";

/** Whoever is called to a case that cannot wait hears it until they see to it or mute it. */
export function Sound({ ringing }: { ringing: Ringing }) {
  const call = ringing.call.value;
  const sound = useTones(call);
  if (ringing.calls.value.length === 0) return null;
  return (
    <p class="alarm-sound">
      {sound === "blocked" && <Button icon="bell">{t("alarm.blocked")}</Button>}
      {sound === "off" && <span>{t("alarm.off")}</span>}
      {call && loudness.value.on && <Button onClick={() => ringing.mute()}>{t("alarm.mute")}</Button>}
    </p>
  );
}
