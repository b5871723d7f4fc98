import type { By } from "../../wire/frames.ts";
import { list, number } from "../../words/format.ts";
import { said, t } from "../../words/words.ts";
import type { Held } from "../fold/opinions.ts";
import { percentOf } from "./reading.ts";
import "../../words/more/opinions.ts";

interface Props {
  held: Held;
  /** Since this `seq` all may read what each thinks. */
  opened: number | null;
  nameIt: (by: By) => string;
  weighed: boolean;
}

/** What one person thinks, whether it counts, and what it weighs where this reader is told that. */
export function OpinionOf({ held, opened, nameIt, weighed }: Props) {
  const late = opened !== null && held.seq > opened;
  const counts = held.counted !== null && held.counted.length > 0;
  return (
    <li>
      <strong>
        <bdi>{nameIt(held.by)}</bdi>
      </strong>{" "}
      <bdi>{inWords(held.differential)}</bdi>
      {late && <span class="opinions-how"> · {t("opinions.late")}</span>}
      {late && counts && (
        <span class="opinions-how">
          {" "}
          · {said("opinions.counted_before", { said: <bdi>{inWords(held.counted)}</bdi> })}
        </span>
      )}
      {!late && held.times > 1 && <span class="opinions-how"> · {t("opinions.changed")}</span>}
      {weighed && counts && <span class="opinions-how"> · {weightOf(held)}</span>}
    </li>
  );
}

function inWords(differential: Held["differential"]): string {
  return list(
    (differential ?? []).map(({ dx, probability }) => t("opinions.one", { dx, percent: percentOf(probability) })),
  );
}

function weightOf({ weight }: Held): string {
  return weight === null ? t("opinions.weighs_unknown") : t("opinions.weighs", { weight: number(weight) });
}
