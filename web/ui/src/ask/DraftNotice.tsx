import { Button } from "../design/Button.tsx";
import { dateOf, timeOfDay } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { AskForm } from "./form.ts";
import "../words/more/ask.ts";

/** That a draft was restored, and the way to begin anew; or back. `onChange` takes the focus from the button. */
export function DraftNotice({ form, onChange }: { form: AskForm; onChange: () => void }) {
  const notice = form.notice.value;
  if (!notice) return null;
  const restored = notice.is === "restored";
  const act = () => {
    if (restored) form.startAnew();
    else form.bringBack();
    onChange();
  };
  return (
    <p class="ask-notice">
      {restored ? t("ask.restored", { time: when(notice.at) }) : t("ask.dropped")}
      <Button onClick={act}>{t(restored ? "ask.anew" : "ask.bring_back")}</Button>
    </p>
  );
}

function when(at: number): string {
  const today = new Date(at).toDateString() === new Date().toDateString();
  return today ? timeOfDay(at) : dateOf(at);
}
