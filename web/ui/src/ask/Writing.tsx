import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { later, Nothing, Over } from "../design/later.tsx";
import type { Outbox } from "../wire/outbox.ts";
import { t } from "../words/words.ts";
import type { Unopened } from "../worklist/unopened.ts";
import { isText } from "./doubting.ts";
import type { FieldName } from "./fields.ts";
import { focusOn, moveOn } from "./focus.ts";
import type { AskForm } from "./form.ts";
import { Isbar } from "./Isbar.tsx";
import { LABELS } from "./labels.ts";
import { MoreFields } from "./MoreFields.tsx";
import { Wrongs } from "./Wrongs.tsx";
import "../words/more/ask.ts";
import { Underway } from "./Underway.tsx";

const DraftNotice = later(() => import("./DraftNotice.tsx").then((file) => file.DraftNotice), Nothing);
const Doubts = later(() => import("../identifiers/Doubts.tsx").then((file) => file.Doubts), Over);

interface Props {
  form: AskForm;
  underway: readonly Unopened[];
  outbox: Outbox;
  onSent: () => void;
  /** What is said right before it is sent. */
  children?: ComponentChildren;
}

/** The form, and above it what became of drafts and of cases that were sent before. */
export function Writing({ form, underway, outbox, onSent, children }: Props) {
  const place = useRef<HTMLFormElement>(null);
  const open = async () => {
    const wrong = await form.submit();
    if (!wrong) return onSent();
    if (wrong === "doubts") return;
    announce(t("ask.wrong", { count: form.wrongs.peek().size }));
    focusOn(place.current, wrong);
  };
  useRefusalFocus(form, place);
  return (
    <>
      <header class="ask-head">
        <h1>{t("ask.title")}</h1>
        <p>{t("ask.reminder")}</p>
        <p class="ask-needed">{t("ask.needed")}</p>
      </header>
      {underway.length > 0 && (
        <Underway form={form} underway={underway} outbox={outbox} onGone={() => focusOn(place.current, "title")} />
      )}
      {form.notice.value && <DraftNotice form={form} onChange={() => focusOn(place.current, "title")} />}
      <Wrongs form={form} onGo={(name) => focusOn(place.current, name)} />
      <form
        ref={place}
        class="ask-form"
        noValidate
        inert={form.taken.value}
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
        onKeyDown={(event) => moveOn(event, open)}
        onFocusOut={(event) => form.left((event.target as HTMLInputElement).name as FieldName)}
      >
        <Isbar form={form} />
        <MoreFields form={form} />
        <p class="ask-kept">{t(form.durable.value ? "ask.kept_here" : "ask.not_kept")}</p>
        {form.doubts.value.length > 0 && (
          <Doubts
            doubts={form.doubts.value}
            nameOf={(field) => (isText(field) ? t(LABELS[field]) : field)}
            onEdit={({ field }) => focusOn(place.current, isText(field) ? field : "situation")}
            onConfirm={() => {
              form.confirm();
              void open();
            }}
          />
        )}
        {children}
        <footer class="ask-foot">
          <Button type="submit" look="next" aria-disabled={form.sending.value || undefined}>
            {t(form.sending.value ? "ask.opening" : "ask.open")}
          </Button>
        </footer>
      </form>
    </>
  );
}

/** What the server refused comes back into the form: the focus goes to where it was wrong. */
function useRefusalFocus(form: AskForm, place: { readonly current: HTMLFormElement | null }): void {
  const returned = form.returned.value;
  useEffect(() => {
    if (returned === 0) return;
    const [wrong] = form.wrongs.peek().keys();
    if (wrong) focusOn(place.current, wrong);
    else if (form.refusal.peek()) document.querySelector<HTMLElement>(".ask-wrongs")?.focus();
  }, [returned]);
}
