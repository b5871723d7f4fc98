import { specialty } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Figures, type Row } from "./Figures.tsx";
import { Part } from "./Part.tsx";
import type { Comparison, Report, Test } from "./report.ts";
import { chance, of, points } from "./shares.ts";
import "../words/more/bias.ts";

/** Whether who took awards later stood for the products of who paid them more often than others. */
export function History({ report }: { report: Report }) {
  return (
    <Part title={t("bias.history")} means={t("bias.history_means")} sheet="history" period={report.period}>
      {report.history.map((test) => (
        <Tested key={test.way} test={test} />
      ))}
      <p class="bias-means">{t("bias.history_cannot")}</p>
    </Part>
  );
}

function Tested({ test }: { test: Test }) {
  const { way, all, payers, specialties } = test;
  const apart = [
    ...payers.map((one) => rowOf(`payer ${one.name}`, one.name, one.comparison)),
    ...specialties.map((one) => rowOf(`specialty ${one.name}`, specialtyOf(one.name), one.comparison)),
  ];
  return (
    <div class="bias-test">
      <h3>{t(`bias.way_${way}`)}</h3>
      <p class="bias-means">{t(`bias.way_${way}_means`)}</p>
      <p class="bias-found">{foundOf(all)}</p>
      {all.awarded > 0 && (
        <Figures
          caption={t(`bias.way_${way}`)}
          head={[t("bias.compared"), t("bias.with"), t("bias.without"), t("bias.difference"), t("bias.p")]}
          rows={[rowOf("all", t("bias.all"), all), ...apart]}
        />
      )}
    </div>
  );
}

function specialtyOf(name: string): string {
  return name ? specialty(name) : t("bias.no_specialty");
}

/** The result in a sentence: a figure without how sure it is says too much. */
function foundOf({ awarded, others, alone, difference, low, high, p }: Comparison): string {
  if (difference === null || low === null || high === null || p === null) return t("bias.nobody", { alone });
  const limits = { difference: points(difference), low: points(low), high: points(high), p: chance(p) };
  return t("bias.found", { ...limits, awarded, others, alone });
}

function rowOf(key: string, name: string, one: Comparison): Row {
  const { difference, low, high, p } = one;
  const limits =
    difference === null || low === null || high === null
      ? "–"
      : t("bias.limits", { difference: points(difference), low: points(low), high: points(high) });
  return {
    key,
    name,
    cells: [of(one.awarded_for, one.awarded), of(one.others_for, one.others), limits, p === null ? "–" : chance(p)],
  };
}
