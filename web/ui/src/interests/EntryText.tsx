import { list } from "../words/format.ts";
import { t } from "../words/words.ts";
import { bandIn, kindIn } from "./codes.ts";
import type { Declared } from "./types.ts";
import { natureIn } from "./wording.ts";
import "../words/more/interests.ts";

/** One entry in words. */
export function EntryText({ entry }: { entry: Declared }) {
  const { payer, payer_kind, nature, products = [], since, until, band } = entry;
  return (
    <>
      <p>
        <bdi class="interests-payer">{payer}</bdi> <span class="interests-nature">{natureIn(nature)}</span>
      </p>
      <p class="interests-note">
        {kindIn(payer_kind)} · {until ? t("interests.from_to", { since, until }) : t("interests.ongoing", { since })} ·{" "}
        {bandIn(band)}
      </p>
      {products.length > 0 && (
        <p class="interests-note">
          {t("interests.products")}: <bdi>{list(products)}</bdi>
        </p>
      )}
    </>
  );
}
