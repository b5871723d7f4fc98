import type { Stated } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { natureIn } from "./wording.ts";
import "./stated.css";
import "../words/more/natures.ts";

/** What interests an author had when they said this: the first in words, of the others how many. Observers get no payer. */
export function StatedInterests({ interests }: { interests: readonly Stated[] }) {
  const [first, ...rest] = interests;
  if (!first) return null;
  return (
    <p class="stated">
      <span class="stated-chip" title={interests.map(whole).join("\n")}>
        <bdi>{t("natures.interest", { what: inWords(first) })}</bdi>
        {rest.length > 0 && <> {t("natures.more", { count: rest.length })}</>}
        <span class="quiet">
          {" "}
          {t("natures.title")}: {interests.map(whole).join("; ")}
        </span>
      </span>
    </p>
  );
}

function inWords({ payer, nature }: Stated): string {
  return payer ? t("natures.of_payer", { payer, nature: natureIn(nature) }) : natureIn(nature);
}

function whole(one: Stated): string {
  const since = one.since ? t("natures.since", { since: one.since }) : "";
  const source = one.source ? t(`natures.${one.source}`) : "";
  return [inWords(one), since, source].filter(Boolean).join(", ");
}
