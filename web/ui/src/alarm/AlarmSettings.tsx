import { useEffect, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { number } from "../words/format.ts";
import { t } from "../words/words.ts";
import "../words/more/alarm.ts";
import { loudness, setLoudness } from "./loudness.ts";
import { Tones } from "./tones.ts";
import "./settings.css";

const TRIED_MS = 1_800;

/** Whether, and how loud, calls sound on this device. */
export function AlarmSettings() {
  const { on, volume } = loudness.value;
  const [tones, setTones] = useState<Tones>();
  useEffect(() => {
    if (!tones) return;
    tones.play("stat", volume);
    const over = setTimeout(() => setTones(undefined), TRIED_MS);
    return () => {
      clearTimeout(over);
      tones.close();
    };
  }, [tones]);
  return (
    <div class="alarm-settings">
      <label class="tick">
        <input type="checkbox" checked={on} onChange={() => setLoudness({ on: !on, volume })} />
        {t("alarm.sounds")}
      </label>
      <label class="alarm-volume">
        <span>{t("alarm.volume", { percent: number(Math.round(volume * 100)) })}</span>
        <input
          type="range"
          min="0.1"
          max="1"
          step="0.1"
          disabled={!on}
          value={volume}
          onInput={(event) => setLoudness({ on, volume: Number(event.currentTarget.value) })}
        />
      </label>
      <Button icon="bell" disabled={!on} onClick={() => setTones(new Tones())}>
        {t("alarm.try")}
      </Button>
    </div>
  );
}
