import { useId, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { t } from "../words/words.ts";
import type { Webhooks } from "./webhooks.ts";
import "../words/more/webhooks.ts";

/** A webhook for the people of a hospital. */
export function WebhookSheet({ store, onClose }: { store: Webhooks; onClose: () => void }) {
  const form = useId();
  const [institution, setInstitution] = useState("");
  const [url, setUrl] = useState("");
  const [label, setLabel] = useState("");
  const [wrong, setWrong] = useState<string>();
  const add = useSubmit(async () => {
    const says = await store.add(institution.trim(), url.trim(), label.trim());
    setWrong(says);
    if (says !== undefined) return;
    announce(t("webhooks.added"));
    onClose();
  });
  const foot = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button look="next" type="submit" form={form}>
        {t("webhooks.add")}
      </Button>
    </>
  );
  return (
    <Sheet title={t("webhooks.add")} onClose={onClose} foot={foot}>
      <form id={form} class="institution-form" onSubmit={add}>
        <Field
          label={t("webhooks.institution")}
          hint={t("webhooks.institution_hint")}
          required
          maxLength={100}
          autocomplete="off"
          value={institution}
          onInput={(event) => setInstitution(event.currentTarget.value)}
        />
        <Field
          label={t("webhooks.url")}
          hint={t("webhooks.url_hint")}
          error={wrong}
          type="url"
          required
          maxLength={2_000}
          autocomplete="off"
          dir="ltr"
          value={url}
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
        <Field
          label={t("webhooks.label")}
          hint={t("webhooks.label_hint")}
          maxLength={60}
          autocomplete="off"
          value={label}
          onInput={(event) => setLabel(event.currentTarget.value)}
        />
      </form>
    </Sheet>
  );
}
