import { t } from "../words/words.ts";
import type { FieldName } from "./fields.ts";
import type { AskForm } from "./form.ts";
import { LABELS } from "./labels.ts";
import "../words/more/ask.ts";

/** What stands between the form and the open case, with a way to each. */
export function Wrongs({ form, onGo }: { form: AskForm; onGo: (name: FieldName) => void }) {
  const wrongs = [...form.wrongs.value];
  const refusal = form.refusal.value;
  if (wrongs.length === 0 && !refusal) return null;
  return (
    <div class="ask-wrongs" tabIndex={-1}>
      <p>{refusal ? t("ask.refused_because", { reason: refusal }) : t("ask.wrong", { count: wrongs.length })}</p>
      <ul>
        {wrongs.map(([name, wrong]) => (
          <li key={name}>
            <button type="button" class="ask-wrong" onClick={() => onGo(name)}>
              <strong>{t(LABELS[name])}</strong> {wrong}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
