import { useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { nameOf, type Result, type Webhook, type Webhooks } from "./webhooks.ts";
import "../words/more/webhooks.ts";

/** One webhook: where it goes, what was sent last, and what can be done with it. */
export function WebhookRow({ store, webhook }: { store: Webhooks; webhook: Webhook }) {
  const { institution, address, disabled_at, results } = webhook;
  const [says, setSays] = useState<{ readonly wrong: boolean; readonly text: string }>();
  const [sure, setSure] = useState(false);
  const name = t("webhooks.of", { what: nameOf(webhook), institution });
  const test = async () => {
    const wrong = await store.test(webhook);
    setSays({ wrong: wrong !== undefined, text: wrong ?? t("webhooks.test_went") });
  };
  const remove = async () => {
    if (!sure) return setSure(true);
    const wrong = await store.remove(webhook);
    if (wrong === undefined) return announce(t("webhooks.removed"));
    setSays({ wrong: true, text: wrong });
  };
  return (
    <li class="institution">
      <div>
        <h3 class="institution-name">
          <bdi>{institution}</bdi> <span class="institution-kind">{nameOf(webhook)}</span>
        </h3>
        <p>
          <bdi>{address}</bdi>
        </p>
        {disabled_at !== undefined && (
          <p class="institution-wrong">{t("webhooks.disabled", { when: dateOf(disabled_at) })}</p>
        )}
        <Results of={results} />
        <p class={says?.wrong ? "institution-wrong" : ""} role="status">
          {says?.text}
        </p>
      </div>
      <div class="webhook-acts">
        {disabled_at === undefined && (
          <Button aria-label={`${t("webhooks.test")}: ${name}`} onClick={() => void test()}>
            {t("webhooks.test")}
          </Button>
        )}
        <Button
          look="grave"
          aria-label={`${t(sure ? "webhooks.remove_sure" : "webhooks.remove")}: ${name}`}
          onClick={() => void remove()}
        >
          {t(sure ? "webhooks.remove_sure" : "webhooks.remove")}
        </Button>
      </div>
    </li>
  );
}

function Results({ of }: { of: readonly Result[] }) {
  if (of.length === 0) return <p>{t("webhooks.never")}</p>;
  return (
    <ul aria-label={t("webhooks.results")}>
      {of.map((result) => (
        <li key={`${result.at} ${result.state}`}>{resultIn(result)}</li>
      ))}
    </ul>
  );
}

/** "14 Mar 2026, 10:21: taken". What waits after an error is tried again. */
export function resultIn({ at, state, attempts, error = "" }: Result): string {
  const when = dateOf(at);
  if (state === "waiting" && error) return t("webhooks.result_retried", { when, error });
  return t(`webhooks.result_${state}`, { when, attempts, error });
}
