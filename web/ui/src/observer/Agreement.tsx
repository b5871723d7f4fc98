import { useEffect, useMemo } from "preact/hooks";
import { Blank } from "../design/Blank.tsx";
import { Button, ButtonLink } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { Plan } from "./Plan.tsx";
import { OwnAgreement, reads, type Standing } from "./standing.ts";
import "./observer.css";
import "../words/more/observer.ts";

/** Under which agreement one observes, what it permits, and accepting it. */
export function Agreement({ api }: { api: Pick<Api, "get" | "post"> }) {
  const own = useMemo(() => new OwnAgreement(api), [api]);
  useEffect(() => void own.read(), [own]);
  return <AgreementPage own={own} />;
}

/** The same, of what was read already. */
export function AgreementPage({ own }: { own: OwnAgreement }) {
  const standing = own.standing.value;
  return (
    <main class="page observer">
      <h1>{t("observer.title")}</h1>
      {standing ? (
        <Stands own={own} standing={standing} />
      ) : own.state.value === "failed" ? (
        <NotReached own={own} />
      ) : (
        <Shape rows={5} />
      )}
    </main>
  );
}

/** The server was not reached. */
export function NotReached({ own }: { own: OwnAgreement }) {
  return (
    <Blank says={t("observer.failed")}>
      <Button onClick={() => void own.read()}>{t("common.retry")}</Button>
    </Blank>
  );
}

function Stands({ own, standing }: { own: OwnAgreement; standing: Standing }) {
  if (!standing.agreement) return <p class="observer-refused">{t("observer.none")}</p>;
  return (
    <>
      {standing.refusal && <p class="observer-refused">{standing.refusal}</p>}
      <Plan standing={standing} />
      <Text standing={standing} />
      <Accept own={own} standing={standing} />
    </>
  );
}

function Text({ standing: { agreement } }: { standing: Standing }) {
  if (!agreement) return null;
  const { version, text, place, digest } = agreement;
  return (
    <section class="observer-card">
      <h2>{t("observer.text", { version })}</h2>
      <p class="said observer-text">{text || t("observer.elsewhere", { place, digest })}</p>
    </section>
  );
}

function Accept({ own, standing }: { own: OwnAgreement; standing: Standing }) {
  const state = own.state.value;
  if (standing.accepted) {
    return (
      <div class="observer-accept">
        <p>
          {t("observer.accepted")} {t("observer.recorded")}
        </p>
        {reads(standing) && <ButtonLink href="/">{t("observer.to_cases")}</ButtonLink>}
      </div>
    );
  }
  return (
    <div class="observer-accept">
      <p>
        {t("observer.to_accept")} {t("observer.recorded")}
      </p>
      <Button look="next" onClick={() => void own.accept()}>
        {t(state === "accepting" ? "observer.accepting" : "observer.accept")}
      </Button>
      {state === "failed" && (
        <p class="observer-wrong" role="alert">
          {t("observer.not_kept")}
        </p>
      )}
    </div>
  );
}
