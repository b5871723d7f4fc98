import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { AreaField } from "../design/Field.tsx";
import { Person } from "../design/Person.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import type { Api } from "../http/api.ts";
import { refusal } from "../signin/signin.ts";
import { t } from "../words/words.ts";
import { Day } from "./Day.tsx";
import { DecisionForm } from "./DecisionForm.tsx";
import { IdentityOpened } from "./IdentityOpened.tsx";
import type { Evidence, Opened, Request } from "./types.ts";
import "../words/more/verification.ts";

/** One request: what the evidence says; who the person is, for those who say why they look; and the decision. */
export function RequestCard({ api, request, onDecided }: { api: Api; request: Request; onDecided: () => void }) {
  const [opened, setOpened] = useState<Opened>();
  const { person, handle, role, specialty, country, tier } = request;
  return (
    <article class="verify-part" aria-labelledby={request.id}>
      <h2 id={request.id} tabIndex={-1}>
        <Person by={{ person, handle, role, specialty, country, tier }} />
      </h2>
      <p class="verify-note">
        {t(`verification.kind_${request.kind}`)} · <Day at={request.at} />
      </p>
      {request.text && <p class="said verify-reason">{request.text}</p>}
      <Findings evidence={request.evidence} />
      {opened ? <IdentityOpened api={api} opened={opened} /> : <Open api={api} person={person} onOpened={setOpened} />}
      <DecisionForm api={api} request={request} onDecided={onDecided} />
    </article>
  );
}

function Findings({ evidence }: { evidence: Evidence }) {
  return (
    <ul class="verify-findings">
      {evidence.contested && <li class="verify-grave">{t("verification.contested")}</li>}
      <li>{t(evidence.confirmed ? "verification.confirmed" : "verification.unconfirmed")}</li>
      <li>{t("verification.documents_count", { count: evidence.documents })}</li>
      <li>
        {t(`verification.format_${evidence.format}`)}
        {evidence.guessed && ` ${t("verification.guessed")}`}
      </li>
      <li>{t(`verification.register_${evidence.register}`)}</li>
      <li>{t("verification.vouches_count", { count: evidence.vouches })}</li>
      {evidence.merit && <li>{t("verification.merit")}</li>}
    </ul>
  );
}

function Open({ api, person, onOpened }: { api: Api; person: string; onOpened: (opened: Opened) => void }) {
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<string>();
  const open = useSubmit(async () => {
    const look = async () => onOpened(await api.post<Opened>(`/api/moderation/identities/${person}/open`, { reason }));
    setWrong(reason.trim() ? await refusal(look) : t("verification.reason_lacks"));
  });
  return (
    <form class="verify-form" onSubmit={open} noValidate>
      <AreaField
        label={t("verification.open_reason")}
        hint={t("verification.open_hint")}
        name="open"
        value={reason}
        error={wrong}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <p>
        <Button type="submit">{t("verification.open")}</Button>
      </p>
    </form>
  );
}
