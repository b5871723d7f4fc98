import type { Outbox } from "../wire/outbox.ts";
import { t } from "../words/words.ts";
import { UnsentCase } from "./UnsentCase.tsx";
import { unopened } from "./unopened.ts";
import "./unsent.css";
import "../words/more/unsent.ts";

/** The cases that this person has asked to open and that are not open yet: they are on this device only. */
export function Unsent({ outbox }: { outbox: Outbox }) {
  const cases = unopened(outbox.waiting.value);
  if (cases.length === 0) return null;
  return (
    <section class="unsent" aria-label={t("unsent.title")}>
      <ul>
        {cases.map((one) => (
          <UnsentCase key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}
