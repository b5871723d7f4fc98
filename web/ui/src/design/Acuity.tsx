import type { Acuity as Level } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import "./acuity.css";

const BARS: Record<Level, number> = { stat: 4, asap: 3, urgent: 2, routine: 1 };

/** How urgent: as colour, as a word and as bars, so that each alone is enough. */
export function Acuity({ level }: { level: Level }) {
  const word = level === "asap" ? t("common.asap_short") : t(`common.${level}`);
  return (
    <span class={`acuity acuity-${level}`} title={t("common.acuity", { acuity: t(`common.${level}`) })}>
      <svg class="acuity-bars" viewBox="0 0 16 12" aria-hidden="true">
        {[0, 1, 2, 3].map((bar) => (
          <rect
            key={bar}
            class={bar < BARS[level] ? "on" : "off"}
            x={bar * 4}
            y={9 - bar * 3}
            width="3"
            height={3 + bar * 3}
            rx="0.8"
          />
        ))}
      </svg>
      {word}
    </span>
  );
}
