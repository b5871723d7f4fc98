import { Acuity } from "../design/Acuity.tsx";
import { ButtonLink } from "../design/Button.tsx";
import type { Outbox, Waiting } from "../wire/outbox.ts";
import { t } from "../words/words.ts";
import { type Unopened, unopened } from "./unopened.ts";
import "./unsent.css";
import "../words/more/worklist.ts";

/** The cases that this person has asked to open and that are not open yet: they are on this device only. */
export function Unsent({ outbox }: { outbox: Outbox }) {
  const cases = unopened(outbox.waiting.value);
  if (cases.length === 0) return null;
  return (
    <section class="unsent" aria-label={t("worklist.unsent")}>
      <ul>
        {cases.map((one) => (
          <UnsentCase key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}

/** One of them: how it stands, and what can be done. */
export function UnsentCase({ one, children }: { one: Unopened; children?: preact.ComponentChildren }) {
  return (
    <li class="unsent-case">
      <Acuity level={one.frame.case.acuity} />
      <div class="unsent-what">
        <p class="unsent-title said">{one.frame.case.title}</p>
        <p class="unsent-state">{stateOf(one)}</p>
      </div>
      {children ?? (one.state === "refused" && <ButtonLink href="/ask">{t("worklist.mend")}</ButtonLink>)}
    </li>
  );
}

function stateOf(one: Waiting): string {
  if (one.state === "refused") return t("worklist.unsent_refused", { reason: one.refusal.message });
  return t(one.state === "sent" ? "worklist.unsent_sent" : "worklist.unsent_waiting");
}
