import { useId, useState } from "preact/hooks";
import { MEASURES } from "../../vitals/catalogue.ts";
import { triageIn } from "../../vitals/told.ts";
import type { Case } from "../../wire/frames.ts";
import { list } from "../../words/format.ts";
import { known, t } from "../../words/words.ts";
import type { Readings } from "../fold/readings.ts";
import type { PlannedPost } from "../store/store.ts";
import { Meanwhile } from "./Meanwhile.tsx";
import { marksOf, partsOf } from "./marks.ts";
import { axisOf } from "./trend.ts";
import { VitalRow } from "./VitalRow.tsx";
import "./measured.css";
import "../../words/more/vitals.ts";

interface Props {
  of: Case;
  readings: Readings;
  heading: "h2" | "h3";
  plan: readonly PlannedPost[];
}

/** Vital signs as they went, the triage, and what there is where the patient is. */
export function Measured({ of, readings, heading: Heading, plan }: Props) {
  const id = useId();
  const names = [...MEASURES.keys()].filter((name) => readings[name]?.length);
  const [part, setPart] = useState<number>();
  const marks = names.some((name) => (readings[name] ?? []).length > 1) ? marksOf(plan) : [];
  const axis = axisOf(readings, marks);
  const parts = partsOf(marks, axis);
  const looked = part !== undefined && parts.has(part) ? part : Math.max(...parts.keys());
  const chosen = parts.get(looked) ?? [];
  return (
    <section class="measured" aria-labelledby={id}>
      <Heading id={id}>{t("vitals.title")}</Heading>
      {of.triage && (
        <p class="measured-triage">
          {triageIn(of.triage)} <span class="measured-when">{t("vitals.when_opened")}</span>
        </p>
      )}
      {names.length > 0 && (
        <ul class="measured-vitals">
          {names.map((name) => (
            <VitalRow
              key={name}
              name={name}
              readings={readings[name] ?? []}
              axis={axis}
              marks={marks}
              chosen={chosen}
            />
          ))}
        </ul>
      )}
      {marks.length > 0 && <Meanwhile axis={axis} parts={parts} looked={looked} onLook={setPart} />}
      <There of={of} />
    </section>
  );
}

function There({ of: { resources = [] } }: { of: Case }) {
  const called = (wanted: boolean) => resources.filter(({ value }) => value === wanted).map(({ name }) => nameOf(name));
  const [there, not] = [called(true), called(false)];
  const hours = resources.find(({ name }) => name === "transfer_hours")?.value;
  return (
    <>
      {there.length > 0 && <p>{t("vitals.there", { what: list(there) })}</p>}
      {not.length > 0 && <p>{t("vitals.not_there", { what: list(not) })}</p>}
      {typeof hours === "number" && <p>{t("vitals.transfer", { count: hours })}</p>}
    </>
  );
}

function nameOf(name: string): string {
  const word = `vitals.have_${name}`;
  return known(word) ? t(word) : name;
}
