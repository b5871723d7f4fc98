import { duration } from "../insights/durations.ts";
import { inRow, number, specialty } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Figures } from "./Figures.tsx";
import { Part, shownOf } from "./Part.tsx";
import type { Author, Observer, Report } from "./report.ts";
import { share } from "./shares.ts";
import "../words/more/bias.ts";

/** Who was awarded, and whether by one institution or by many. */
export function Authors({ report }: { report: Report }) {
  const { authors, totals } = report;
  const head = [t("bias.author"), t("bias.awards"), t("bias.cases"), t("bias.payers_of"), t("bias.top_share")];
  return (
    <Part
      title={t("bias.authors")}
      means={t("bias.authors_means")}
      rests={shownOf(authors.length, totals.authors)}
      sheet="authors"
      period={report.period}
    >
      {authors.length > 0 && (
        <Figures
          caption={t("bias.authors")}
          head={head}
          rows={authors.map((one) => ({
            key: one.author,
            name: report.names[one.author] ?? one.author,
            note: noteOf(report, one),
            cells: [number(one.awards), number(one.cases), number(one.payers.holders), share(one.payers.top_share)],
          }))}
        />
      )}
    </Part>
  );
}

function noteOf({ specialties }: Report, { author, payers }: Author): string {
  const known = specialties[author];
  const most = t("bias.most_from", { name: payers.top });
  return inRow(known ? [specialty(known), most] : [most]);
}

/** What every observer was shown beside what they awarded. */
export function Observers({ report }: { report: Report }) {
  const { observers, totals } = report;
  return (
    <Part
      title={t("bias.observers")}
      means={t("bias.observers_means")}
      rests={shownOf(observers.length, totals.observers)}
      sheet="observers"
      period={report.period}
    >
      {observers.length > 0 && (
        <Figures
          caption={t("bias.observers")}
          head={[
            t("bias.observer"),
            ...[t("bias.cases_shown"), t("bias.listened"), t("bias.exports")],
            ...[t("bias.awards"), t("bias.cases_awarded"), t("bias.unread")],
          ]}
          rows={observers.map((one) => ({
            key: `${one.observer} ${one.institution}`,
            name: report.names[one.observer] ?? one.observer,
            note: one.institution,
            cells: readsOf(one),
          }))}
        />
      )}
    </Part>
  );
}

function readsOf(one: Observer): string[] {
  const reads = [number(one.cases), duration(1_000 * one.seconds), number(one.exports)];
  return [...reads, ...[one.awards, one.awarded_cases, one.unread].map(number)];
}
