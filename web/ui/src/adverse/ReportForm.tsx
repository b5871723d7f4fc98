import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { AreaField, Field } from "../design/Field.tsx";
import { Api } from "../http/api.ts";
import { Doubts } from "../identifiers/Doubts.tsx";
import { prepared } from "../identifiers/doubts.ts";
import { keys, shown } from "../room/post/inPlace.ts";
import { thisBrowser } from "../wire/surroundings.ts";
import { t } from "../words/words.ts";
import { PatientFields } from "./PatientFields.tsx";
import { Reported } from "./Reported.tsx";
import { begun, blank, type FieldName, keeping, type Patient } from "./report.ts";
import { Reporting } from "./reporting.ts";
import "./report.css";
import "../words/more/adverse.ts";
import "../words/more/room.ts";

const api = new Api(thisBrowser());

interface Props {
  room: string;
  post: string;
  patient: Patient;
  /** What was kept on this device of an earlier try, and how to keep; null forgets. */
  held: object | null;
  hold: (draft: object | null) => void;
  onClose: () => void;
}

/** Where one reports an adverse event at a post, in place; kept until it is sent. */
export function ReportForm({ room, post, patient, held, hold, onClose }: Props) {
  const reporting = useMemo(() => new Reporting(api, room, post, begun(held, patient)), [room, post]);
  const place = useRef<HTMLFormElement>(null);
  const title = useId();
  const told = reporting.told.value;
  useEffect(() => reporting.draft.subscribe((draft) => hold(keeping(draft))), [reporting]);
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
    onClose();
  };
  const send = async (event: Event) => {
    event.preventDefault();
    const first = await reporting.send();
    if (first) goTo(place.current, first);
  };
  if (told) return <Reported told={told} onClose={onClose} />;
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
