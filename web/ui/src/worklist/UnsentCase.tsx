import type { ComponentChildren } from "preact";
import { Acuity } from "../design/Acuity.tsx";
import { ButtonLink } from "../design/Button.tsx";
import type { Waiting } from "../wire/outbox.ts";
import { t } from "../words/words.ts";
import type { Unopened } from "./unopened.ts";
import "./unsent.css";
import "../words/more/unsent.ts";

/** A case that this person has asked to open and that is not open yet: how it stands, and what can be done. */
export function UnsentCase({ one, children }: { one: Unopened; children?: ComponentChildren }) {
  return (
    <li class="unsent-case">
      <Acuity level={one.frame.case.acuity} />
      <div class="unsent-what">
        <p class="unsent-title said">{one.frame.case.title}</p>
        <p class="unsent-state">{stateOf(one)}</p>
      </div>
      {children ?? (one.state === "refused" && <ButtonLink href="/ask">{t("unsent.mend")}</ButtonLink>)}
    </li>
  );
}

function stateOf(one: Waiting): string {
  if (one.state === "refused") return t("unsent.refused", { reason: one.refusal.message });
  return t(one.state === "sent" ? "unsent.sent" : "unsent.waiting");
}
