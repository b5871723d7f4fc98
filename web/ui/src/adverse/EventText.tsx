import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { AdverseEvent } from "./events.ts";
import { patientName, reporterName } from "./patient.ts";
import "../words/more/adverse.ts";

/** What was reported: the product, what happened, of whom, by whom and when. */
export function EventText({ event: one }: { event: AdverseEvent }) {
  return (
    <>
      <h3 class="adverse-product">
        <bdi>{one.product}</bdi>
      </h3>
      <p class="said">{one.event}</p>
      <p class="adverse-who">
        {t("adverse.patient", { patient: patientName(one.patient) })} ·{" "}
        {t("adverse.by", { who: reporterName(one.reporter), time: dateOf(one.reported_at) })}
      </p>
    </>
  );
}
