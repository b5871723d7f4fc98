import { Button } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import type { AskForm } from "./form.ts";
import "../words/more/ask.ts";

/** That the case goes on from an earlier one. */
export function Linked({ form }: { form: AskForm }) {
  const { linked_to } = form.fields.value;
  if (!linked_to) return null;
  const wrong = form.wrongs.value.get("linked_to");
  return (
    <p class="ask-notice">
      <span>
        {t("ask.linked")} <a href={`/case/${linked_to}`}>{t("ask.linked_show")}</a>
        {wrong && <span class="field-error"> {wrong}</span>}
      </span>
      <Button name="linked_to" onClick={() => form.set("linked_to", null)}>
        {t("ask.unlink")}
      </Button>
    </p>
  );
}
