import { useState } from "preact/hooks";
import type { Api } from "../http/api.ts";
import { refusal } from "../signin/signin.ts";
import { country } from "../words/format.ts";
import { t } from "../words/words.ts";
import { DecisionRows } from "./Decisions.tsx";
import { kib, kindOf } from "./Documents.tsx";
import type { Document, Opened } from "./types.ts";
import "../words/more/register.ts";
import "../words/more/verification.ts";

/** Who the person is, their documents and who answers for them. The person sees that it was opened, and why. */
export function IdentityOpened({ api, opened }: { api: Api; opened: Opened }) {
  const { identity } = opened;
  return (
    <div class="verify-opened">
      <dl class="verify-facts">
        <dt>{t("verification.real_name")}</dt>
        <dd>
          <bdi>{`${identity.given} ${identity.family}`.trim()}</bdi>
        </dd>
        {identity.number && (
          <>
            <dt>{t("verification.licence")}</dt>
            <dd>
              {identity.country && country(identity.country)} {identity.register?.toUpperCase()} {identity.number}
            </dd>
          </>
        )}
        {identity.email && (
          <>
            <dt>{t("register.email")}</dt>
            <dd>
              <bdi>{identity.email}</bdi>
            </dd>
          </>
        )}
      </dl>
      {opened.documents.length > 0 && (
        <ul class="verify-rows">
          {opened.documents.map((one) => (
            <li key={one.id} class="verify-row">
              <DocumentLink api={api} document={one} />
            </li>
          ))}
        </ul>
      )}
      {opened.vouched_by.map(({ vouch, refused }) => (
        <p key={vouch.person}>
          {t(vouch.revoked_at ? "verification.vouched_once" : "verification.vouched_now")} <bdi>{vouch.handle}</bdi>
          {refused > 0 && <span class="verify-grave"> {t("verification.vouched_refused", { count: refused })}</span>}
        </p>
      ))}
      <DecisionRows decisions={opened.decisions} />
    </div>
  );
}

/** It opens beside the page, by itself: who has to prove who they are before it is shown does so here. */
function DocumentLink({ api, document: { id, kind, size_bytes } }: { api: Api; document: Document }) {
  const [wrong, setWrong] = useState<string>();
  const address = `/api/moderation/documents/${id}`;
  const show = async (event: MouseEvent) => {
    event.preventDefault();
    const refused = await refusal(() => api.get("/api/sessions/current/proof"));
    setWrong(refused);
    if (refused === undefined) open(address, "_blank", "noopener,noreferrer");
  };
  return (
    <>
      <a href={address} target="_blank" rel="noopener noreferrer" onClick={show}>
        {t(`verification.${kindOf(kind)}`)}, {t("verification.kib", { count: kib(size_bytes) })}
      </a>
      <span class="verify-grave" role="alert" hidden={!wrong}>
        {wrong}
      </span>
    </>
  );
}
