/** Of how many cases figures are, in words. */
import { t } from "../words/words.ts";
import { total } from "./drawing.ts";
import { THIRDS, type Told } from "./told.ts";
import "../words/more/insights.ts";

export function casesOf(count: number): string {
  return count > 0 ? t("insights.cases", { count }) : t("insights.no_cases");
}

/** In how many cases each third had a part: one case may be of several. */
export function casesOfThirds({ thirds }: Told["thirds"]): string {
  const [least = 0, middle = 0, most = 0] = THIRDS.map((third) =>
    total(thirds.filter((line) => line.third === third).map(({ cases }) => cases)),
  );
  return t("insights.third_cases", { least, middle, most });
}
