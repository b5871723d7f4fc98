import { specialty as named, number } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Reliability } from "./Reliability.tsx";
import { LEAST, type Standing } from "./record.ts";
import "../words/more/credibility.ts";

/** What somebody's claims of one specialty and kind come to. */
export function StandingCard({ standing, own }: { standing: Standing; own: boolean }) {
  const { kind, n, place, bins } = standing;
  return (
    <section class="standing">
      <h3>{t(`credibility.kind_${kind}`)}</h3>
      <p class={`standing-place standing-${place}`}>{t(`credibility.place_${place}`)}</p>
      <p class="standing-line">{t("credibility.count", { count: n })}</p>
      <p class="standing-line">{t("credibility.score", figures(standing))}</p>
      {own && n < LEAST && <p class="standing-line">{t("credibility.hidden", { least: LEAST })}</p>}
      {bins.length > 0 && <Reliability bins={bins} />}
    </section>
  );
}

/** A specialty by its name; some cases are of none. */
export function nameOfSpecialty(code: string): string {
  return code ? named(code) : t("credibility.no_specialty");
}

function figures({ mean, shrunk, alpha, beta }: Standing): Record<string, string> {
  return {
    mean: hundredths(mean),
    shrunk: hundredths(shrunk),
    peers: hundredths(alpha / (alpha + beta)),
    strength: number(Math.round(alpha + beta)),
  };
}

/** 0 to 1, as 0 to 100: "62". */
export function hundredths(share: number): string {
  return number(Math.round(100 * share));
}
