import { number } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Figures } from "./Figures.tsx";
import { Part, shownOf } from "./Part.tsx";
import { type Stances as Counts, type Report, SIDES } from "./report.ts";
import "../words/more/bias.ts";

const counted = (stances: Counts) => SIDES.map((side) => number(stances[side]));

/** Where awarded people stood on the products of who awarded them, in the same case. */
export function Stances({ report }: { report: Report }) {
  const sides = SIDES.map((side) => t(`bias.side_${side}`));
  return (
    <Part
      title={t("bias.stances")}
      means={t("bias.stances_means")}
      rests={t("bias.awards_of", { count: report.awards })}
      sheet="payers"
      period={report.period}
    >
      <Figures
        caption={t("bias.stances")}
        head={[t("bias.payer"), ...sides]}
        rows={[
          { key: "all", name: t("bias.all"), cells: counted(report.stances) },
          ...report.payers.map((one) => ({
            key: `payer ${one.payer}`,
            name: one.payer,
            note: t("bias.awards_of", { count: one.awards }),
            cells: counted(one.stances),
          })),
        ]}
      />
    </Part>
  );
}

/** The same by product: also of rivals, whose products somebody may be paid to speak against. */
export function Products({ report }: { report: Report }) {
  const { products, totals } = report;
  const sides = SIDES.slice(0, -1);
  return (
    <Part
      title={t("bias.products")}
      means={t("bias.products_means")}
      rests={shownOf(products.length, totals.products)}
      sheet="products"
      period={report.period}
    >
      {products.length > 0 && (
        <Figures
          caption={t("bias.products")}
          head={[t("bias.product"), t("bias.awards"), ...sides.map((side) => t(`bias.side_${side}`))]}
          rows={products.map((one) => ({
            key: JSON.stringify([one.payer, one.product, one.of]),
            name: one.product,
            note: t(one.of === one.payer ? "bias.own_product" : "bias.other_product", { of: one.of, payer: one.payer }),
            cells: [number(one.awards), ...sides.map((side) => number(one.stances[side]))],
          }))}
        />
      )}
    </Part>
  );
}
