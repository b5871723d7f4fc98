import { later, Over } from "../design/later.tsx";
import { language, list } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Fold } from "./Fold.tsx";
import { usualMode } from "./fields.ts";
import type { AskForm } from "./form.ts";
import "../words/more/ask.ts";

const Whom = later(() => import("./Whom.tsx").then((file) => file.Whom), Over);

/** What has a default that mostly fits; folded, with the defaults in sight. */
export function MoreFields({ form }: { form: AskForm }) {
  const { languages, reach, acuity, observers } = form.fields.value;
  const wrongs = form.wrongs.value;
  const now = t("ask.more_now", {
    languages: list(languages.map(language)),
    reach: t(`ask.reach_${reach}`),
    observers: t(`ask.observers_${observers ?? usualMode(acuity)}`),
  });
  return (
    <Fold
      name={t("common.more")}
      now={now}
      wanted={wrongs.has("languages") || wrongs.has("reach") || wrongs.has("observers")}
    >
      {() => <Whom form={form} />}
    </Fold>
  );
}
