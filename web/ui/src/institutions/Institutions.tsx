import { useEffect, useMemo, useState } from "preact/hooks";
import { Overdue } from "../adverse/Overdue.tsx";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { later, Over } from "../design/later.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { HospitalWebhooks } from "./HospitalWebhooks.tsx";
import { InstitutionRow } from "./InstitutionRow.tsx";
import { type Institution, InstitutionList } from "./list.ts";
import { SuspendSheet } from "./SuspendSheet.tsx";
import "./institutions.css";
import "../words/more/observer.ts";

const AwardsSheet = later(() => import("./AwardsSheet.tsx").then((file) => file.AwardsSheet), Over);

type Shown = { readonly is: "suspend" | "awards"; readonly of: Institution };

/** For moderators: who may observe, on which plan, and ending it; and the webhooks of hospitals. */
export function Institutions({ api }: { api: Pick<Api, "get" | "post" | "put" | "delete"> }) {
  const list = useMemo(() => new InstitutionList(api), [api]);
  const [over, setOver] = useState<Shown | null>(null);
  const shut = () => setOver(null);
  useEffect(() => void list.read(), [list]);
  return (
    <main class="page institutions">
      <h1>{t("observer.institutions")}</h1>
      <p class="institutions-says">{t("observer.institutions_says")}</p>
      <Rows list={list} onOpen={setOver} />
      <Overdue api={api} />
      <HospitalWebhooks api={api} />
      {over?.is === "suspend" && <SuspendSheet list={list} institution={over.of} onClose={shut} />}
      {over?.is === "awards" && <AwardsSheet api={api} institution={over.of.name} onClose={shut} />}
    </main>
  );
}

function Rows({ list, onOpen }: { list: InstitutionList; onOpen: (shown: Shown) => void }) {
  const all = list.all.value;
  if (list.wrong.value) {
    return (
      <Blank says={list.wrong.value}>
        <Button onClick={() => void list.read()}>{t("common.retry")}</Button>
      </Blank>
    );
  }
  if (all === null) return <Shape rows={4} />;
  if (all.length === 0) return <Blank says={t("observer.institutions_none")} />;
  return (
    <ul class="institutions-rows">
      {all.map((one) => (
        <InstitutionRow
          key={one.name}
          institution={one}
          onSuspend={() => onOpen({ is: "suspend", of: one })}
          onAwards={() => onOpen({ is: "awards", of: one })}
          onResume={() => list.resume(one.name)}
        />
      ))}
    </ul>
  );
}
