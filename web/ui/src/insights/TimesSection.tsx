import { useMemo } from "preact/hooks";
import { t } from "../words/words.ts";
import { total } from "./drawing.ts";
import { waiting } from "./drawings.ts";
import { FigureCard } from "./FigureCard.tsx";
import { casesOf } from "./sentences.ts";
import { MEASURES, type Measure, type Told } from "./told.ts";
import "../words/more/insights.ts";

/** How long cases waited for what. */
export function TimesSection({ told }: { told: Told["times"] }) {
  return (
    <div class="measures">
      {MEASURES.map((measure) => (
        <WaitCard key={measure} measure={measure} told={told} />
      ))}
    </div>
  );
}

function WaitCard({ measure, told }: { measure: Measure; told: Told["times"] }) {
  const drawing = useMemo(() => waiting(told, measure), [told, measure]);
  return (
    <FigureCard
      title={t(`insights.until_${measure}`)}
      means={t(`insights.means_${measure}`)}
      count={casesOf(total(drawing.counts))}
      drawing={drawing}
    />
  );
}
