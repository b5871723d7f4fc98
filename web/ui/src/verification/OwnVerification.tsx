import { useEffect, useState } from "preact/hooks";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { Newest } from "../http/newest.ts";
import { refusal } from "../signin/signin.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { Appeal } from "./Appeal.tsx";
import { Day } from "./Day.tsx";
import { Decisions } from "./Decisions.tsx";
import { Documents } from "./Documents.tsx";
import { NameShown } from "./NameShown.tsx";
import { Standing } from "./Standing.tsx";
import type { Forms, Own } from "./types.ts";
import { Vouches } from "./Vouches.tsx";
import { WhoIAm } from "./WhoIAm.tsx";
import "./verification.css";
import "../words/more/verification.ts";
import "../words/more/places.ts";

/** What a part of the page does: something over HTTP, and then the page is read again. A sentence where it was refused. */
export type Act = (act: () => Promise<unknown>) => Promise<string | undefined>;

/** Your verification: how far it is, what is missing, what was decided and why, and who looked. */
export function OwnVerification({ api, me }: { api: Api; me: Me }) {
  const [own, setOwn] = useState<Own>();
  const [forms, setForms] = useState<Forms>();
  const [failed, setFailed] = useState<string>();
  const [newest] = useState(() => new Newest<Own>());
  const read = () => newest.ask(() => api.get<Own>("/api/me/verification"), setOwn);
  const load = () =>
    void refusal(async () => {
      setForms(await api.get<Forms>("/api/registrations"));
      await read();
    }).then(setFailed);
  // Another tier may have come while the page was open.
  useEffect(load, [api, me.tier]);
  const act: Act = (wish) =>
    refusal(async () => {
      await wish();
      await read();
    });
  if (failed)
    return (
      <main class="page">
        <Blank says={failed}>
          <Button onClick={load}>{t("common.retry")}</Button>
        </Blank>
      </main>
    );
  return (
    <main class="page verify" aria-busy={!own}>
      <h1>{t("places.verification")}</h1>
      {own && forms ? <Parts api={api} own={own} forms={forms} act={act} /> : <Shape rows={5} />}
    </main>
  );
}

function Parts({ api, own, forms, act }: { api: Api; own: Own; forms: Forms; act: Act }) {
  return (
    <>
      <Standing api={api} own={own} act={act} />
      <Documents api={api} own={own} act={act} />
      <WhoIAm api={api} own={own} forms={forms} act={act} />
      <Vouches api={api} own={own} act={act} />
      <NameShown api={api} own={own} act={act} />
      <Decisions decisions={own.decisions} />
      {own.decisions.some(({ outcome }) => outcome !== "earned" && outcome !== "more") && (
        <Appeal api={api} own={own} act={act} />
      )}
      <Looked own={own} />
    </>
  );
}

function Looked({ own }: { own: Own }) {
  if (own.openings.length === 0) return null;
  return (
    <section class="verify-part" aria-labelledby="looked">
      <h2 id="looked">{t("verification.looked")}</h2>
      <p class="verify-note">{t("verification.looked_says")}</p>
      <ul class="verify-rows">
        {own.openings.map((one) => (
          <li key={one.at} class="verify-row">
            <Day at={one.at} />
            <span class="said">{one.reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
