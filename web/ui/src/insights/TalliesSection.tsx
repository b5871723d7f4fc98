import { useMemo } from "preact/hooks";
import { Reliability } from "../credibility/Reliability.tsx";
import { t } from "../words/words.ts";
import { type Drawing, total } from "./drawing.ts";
import { binsOf, calibration, shares } from "./drawings.ts";
import { FigureCard } from "./FigureCard.tsx";
import { casesOf } from "./sentences.ts";
import type { Told } from "./told.ts";
import "../words/more/insights.ts";

/** What became of claims and opinions. */
export function TalliesSection({ told }: { told: Told["tallies"] }) {
  const claims = useMemo(() => shares(told, ["corroborated", "disputed"]), [told]);
  const agreement = useMemo(() => shares(told, ["leading", "first_three"]), [told]);
  const brier = useMemo(() => calibration(told), [told]);
  const bins = useMemo(() => binsOf(told), [told]);
  return (
    <div class="measures">
      <Card of="claims" drawing={claims} />
      <Card of="agreement" drawing={agreement} />
      <FigureCard {...wordsOf("calibration", brier)}>{bins.length > 0 && <Reliability bins={bins} />}</FigureCard>
    </div>
  );
}

type Of = "claims" | "agreement" | "calibration";

function Card({ of, drawing }: { of: Of; drawing: Drawing }) {
  return <FigureCard {...wordsOf(of, drawing)} />;
}

function wordsOf(of: Of, drawing: Drawing) {
  const title = t(`insights.${of}`);
  return { title, means: t(`insights.means_${of}`), count: casesOf(total(drawing.counts)), drawing };
}
