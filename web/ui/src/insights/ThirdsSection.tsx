import { useMemo } from "preact/hooks";
import { t } from "../words/words.ts";
import { answering, hitting, holding } from "./drawings.ts";
import { FigureCard } from "./FigureCard.tsx";
import { casesOfThirds } from "./sentences.ts";
import type { Told } from "./told.ts";
import "../words/more/insights.ts";

const CARDS = { answering, holding, hitting } as const;

/** Whether those answer more who are asked less, and how well. */
export function ThirdsSection({ told }: { told: Told["thirds"] }) {
  return (
    <div class="measures">
      <ThirdCard of="answering" told={told} />
      <ThirdCard of="holding" told={told} />
      <ThirdCard of="hitting" told={told} />
    </div>
  );
}

function ThirdCard({ of, told }: { of: keyof typeof CARDS; told: Told["thirds"] }) {
  const drawing = useMemo(() => CARDS[of](told), [of, told]);
  return (
    <FigureCard
      title={t(`insights.${of}`)}
      means={t(`insights.means_${of}`)}
      count={casesOfThirds(told)}
      drawing={drawing}
      counted={t("insights.people")}
    />
  );
}
