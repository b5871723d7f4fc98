import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { YourProducts } from "../adverse/YourProducts.tsx";
import { YourAwards } from "../awards/YourAwards.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { number } from "../words/format.ts";
import { t } from "../words/words.ts";
import { AgreementPage, NotReached } from "./Agreement.tsx";
import { hoursLeft, OwnAgreement, reads, type Standing } from "./standing.ts";
import "./observer.css";
import "../words/more/observer.ts";

/** An observer's first page: the cases, under which agreement; or that agreement, until it is accepted. */
export function ObserverHome({ api, children }: { api: Pick<Api, "get" | "post">; children: ComponentChildren }) {
  const own = useMemo(() => new OwnAgreement(api), [api]);
  useEffect(() => void own.read(), [own]);
  const standing = own.standing.value;
  if (standing === null)
    return <main class="page">{own.state.value === "failed" ? <NotReached own={own} /> : <Shape rows={5} />}</main>;
  if (!reads(standing)) return <AgreementPage own={own} />;
  return (
    <>
      <Under standing={standing} />
      {(standing.products ?? []).length > 0 && <YourProducts api={api} />}
      <YourAwards api={api} />
      {children}
    </>
  );
}

function Under({ standing }: { standing: Standing }) {
  const { institution, agreement } = standing;
  const places = { institution, version: agreement?.version ?? 0, hours: number(hoursLeft(standing)) };
  return (
    <aside class="observer-under" aria-label={t("observer.title")}>
      <span>{t("observer.line", places)}</span> <a href="/agreement">{t("observer.look")}</a>
    </aside>
  );
}
