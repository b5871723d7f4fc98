import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { AreaField, Field } from "../design/Field.tsx";
import { Api } from "../http/api.ts";
import { Doubts } from "../identifiers/Doubts.tsx";
import { prepared } from "../identifiers/doubts.ts";
import { draftKey } from "../room/composer/drafts.ts";
import { useKeeping } from "../room/composer/useDraft.ts";
import { type Desk, shut } from "../room/desk.ts";
import type { Post } from "../room/fold/post.ts";
import { keys, shown } from "../room/post/PostForm.tsx";
import { thisBrowser } from "../wire/surroundings.ts";
import { t } from "../words/words.ts";
import { PatientFields } from "./PatientFields.tsx";
import { Reported } from "./Reported.tsx";
import { blank, type FieldName, keep, kept } from "./report.ts";
import { Reporting } from "./reporting.ts";
import "./report.css";
import "../words/more/adverse.ts";

const api = new Api(thisBrowser());

/** Where one reports an adverse event at a post, in place; kept until it is sent. */
export function ReportForm({ post, desk }: { post: Post; desk: Desk }) {
  const patient = desk.store.case.value ?? {};
  const key = draftKey(desk.me.person, desk.store.id, `adverse-${post.id}`);
  const reporting = useMemo(() => new Reporting(api, desk.store.id, post.id, kept(key, patient)), [key]);
  const place = useRef<HTMLFormElement>(null);
  const title = useId();
  const told = reporting.told.value;
  useKeeping(key, reporting.draft, () => keep(key, reporting.draft.peek()));
  useEffect(() => {
    void prepared();
    return shown(place.current, "start");
  }, []);
  const forget = () => {
    reporting.draft.value = { report: blank(patient), confirmed: [] };
  };
  useEffect(() => {
    if (told) forget();
  }, [told]);
  const cancel = () => {
    forget();
    shut(desk);
  };
  const send = async (event: Event) => {
    event.preventDefault();
    const first = await reporting.send();
    if (first) goTo(place.current, first);
  };
  if (told) return <Reported told={told} onClose={() => shut(desk)} />;
  return (
    <form
      ref={place}
      class="post-form report"
      aria-labelledby={title}
      noValidate
      onSubmit={send}
      onKeyDown={keys(send, cancel)}
    >
      <p id={title} class="report-title">
        {t("room.post_adverse")}
      </p>
      <p class="report-says">{t("adverse.says")}</p>
      <PatientFields reporting={reporting} patient={patient} />
      <Texts reporting={reporting} />
      {reporting.doubts.value.length > 0 && (
        <Doubts
          doubts={reporting.doubts.value}
          nameOf={(field) => t(field === "product" ? "adverse.product" : "adverse.event")}
          hint={t("adverse.doubts_hint")}
          onEdit={({ field }) => goTo(place.current, field as FieldName)}
          onConfirm={() => {
            reporting.confirm();
            place.current?.requestSubmit();
          }}
        />
      )}
      <p class="report-refused" role="alert">
        {reporting.refusal.value}
      </p>
      <div class="post-form-foot">
        <Button look="next" type="submit">
          {t(reporting.sending.value ? "adverse.sending" : "adverse.send")}
        </Button>
        <Button look="bare" onClick={cancel}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}

function Texts({ reporting }: { reporting: Reporting }) {
  const { product, event } = reporting.draft.value.report;
  return (
    <>
      <Field
        name="product"
        label={t("adverse.product")}
        hint={t("adverse.product_hint")}
        error={reporting.wrongs.value.get("product")}
        value={product}
        autoComplete="off"
        onInput={({ currentTarget }) => reporting.set("product", currentTarget.value)}
      />
      <AreaField
        name="event"
        label={t("adverse.event")}
        hint={t("adverse.event_hint")}
        error={reporting.wrongs.value.get("event")}
        value={event}
        onInput={({ currentTarget }) => reporting.set("event", currentTarget.value)}
      />
    </>
  );
}

function goTo(form: HTMLFormElement | null, name: FieldName): void {
  form?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
}
