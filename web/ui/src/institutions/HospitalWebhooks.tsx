import { useEffect, useId, useMemo, useState } from "preact/hooks";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { WebhookRow } from "./WebhookRow.tsx";
import { WebhookSheet } from "./WebhookSheet.tsx";
import { Webhooks } from "./webhooks.ts";
import "./webhooks.css";
import "../words/more/webhooks.ts";

/** For moderators: where hospitals' own systems are told of their people's pages. */
export function HospitalWebhooks({ api }: { api: Pick<Api, "get" | "post" | "delete"> }) {
  const store = useMemo(() => new Webhooks(api), [api]);
  const [adding, setAdding] = useState(false);
  const title = useId();
  useEffect(() => void store.read(), [store]);
  return (
    <section class="webhooks" aria-labelledby={title}>
      <h2 id={title}>{t("webhooks.title")}</h2>
      <p class="institutions-says">{t("webhooks.says")}</p>
      <OnlyOnce store={store} />
      <Rows store={store} />
      <Button aria-haspopup="dialog" onClick={() => setAdding(true)}>
        {t("webhooks.add")}
      </Button>
      {adding && <WebhookSheet store={store} onClose={() => setAdding(false)} />}
    </section>
  );
}

function OnlyOnce({ store }: { store: Webhooks }) {
  const told = store.secret.value;
  if (!told) return null;
  return (
    <div class="webhook-secret" role="status">
      <p>{t("webhooks.secret", { what: told.of })}</p>
      <code>{told.secret}</code>
      <p class="webhook-acts">
        <Button onClick={() => void navigator.clipboard.writeText(told.secret)}>{t("webhooks.copy")}</Button>
        <Button onClick={() => store.kept()}>{t("webhooks.secret_kept")}</Button>
      </p>
    </div>
  );
}

function Rows({ store }: { store: Webhooks }) {
  const all = store.all.value;
  if (store.wrong.value) {
    return (
      <Blank says={store.wrong.value}>
        <Button onClick={() => void store.read()}>{t("common.retry")}</Button>
      </Blank>
    );
  }
  if (all === null) return <Shape rows={2} />;
  if (all.length === 0) return <p>{t("webhooks.none")}</p>;
  return (
    <ul class="institutions-rows">
      {all.map((webhook) => (
        <WebhookRow key={webhook.id} store={store} webhook={webhook} />
      ))}
    </ul>
  );
}
