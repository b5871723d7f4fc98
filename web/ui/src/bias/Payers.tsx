import { inRow, number } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Figures, type Row } from "./Figures.tsx";
import { Part } from "./Part.tsx";
import type { Concentration, Payer, Report } from "./report.ts";
import { decimal, share } from "./shares.ts";
import "../words/more/bias.ts";

/** Who gives, and how unevenly it is spread over those who get. */
export function Payers({ report }: { report: Report }) {
  const { payers, by_payer, by_author, awards } = report;
  const head = [t("bias.payer"), t("bias.awards"), t("bias.people"), t("bias.gini"), t("bias.top_share")];
  const rests = t("bias.payers_rests", { count: awards, void: report.void });
  return (
    <Part title={t("bias.payers")} means={t("bias.payers_means")} rests={rests} sheet="payers" period={report.period}>
      <Figures
        caption={t("bias.payers")}
        head={head}
        rows={[
          { ...spread(report, by_author), key: "people", name: t("bias.all_people") },
          { ...spread(report, by_payer), key: "payers", name: t("bias.all_payers") },
          ...payers.map((one) => rowOf(report, one)),
        ]}
      />
    </Part>
  );
}

function rowOf(report: Report, one: Payer): Row {
  const { cells, note } = spread(report, one.authors);
  const counts = [
    t("bias.in_cases", { count: one.cases }),
    t("bias.taken_by_name", { count: one.by_name }),
    t("bias.taken_blind", { count: one.blind }),
    t("bias.declined", { count: one.declined }),
    t("bias.void", { count: one.void }),
  ];
  return { key: `payer ${one.payer}`, name: one.payer, note: inRow(note ? [note, ...counts] : counts), cells };
}

function spread({ names }: Report, one: Concentration): Pick<Row, "cells" | "note"> {
  const cells = [number(one.total), number(one.holders), decimal(one.gini), share(one.top_share)];
  return { cells, note: one.top ? t("bias.most", { name: names[one.top] ?? one.top }) : undefined };
}
