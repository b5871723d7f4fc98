import { useEffect, useMemo, useState } from "preact/hooks";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { AddSheet } from "./AddSheet.tsx";
import { Institution } from "./Institution.tsx";
import { KeepersSheet } from "./KeepersSheet.tsx";
import { ShiftsSheet } from "./ShiftsSheet.tsx";
import { type Kept, type Roster, RosterStore } from "./store.ts";
import "./rosters.css";
import "../words/more/rosters.ts";

type Over =
  | { readonly is: "add" }
  | { readonly is: "shifts"; readonly roster: Roster }
  | { readonly is: "keepers"; readonly of: Kept };

/** For those who keep rosters: who is on call. */
export function Rosters({ api, me }: { api: Api; me: Me }) {
  const store = useMemo(() => new RosterStore(api), [api]);
  const [over, setOver] = useState<Over | null>(null);
  useEffect(() => void store.read(), [store]);
  const moderates = me.role === "moderator";
  const kept = store.kept.value;
  const close = () => setOver(null);
  return (
    <main class="page rosters">
      <h1>{t("rosters.title")}</h1>
      <p class="rosters-note">{t("rosters.says")}</p>
      {kept === null ? (
        <Waiting store={store} />
      ) : (
        <>
          {kept.map((one) => (
            <Institution
              key={one.institution}
              kept={one}
              onOpen={(roster) => setOver({ is: "shifts", roster })}
              onKeepers={moderates ? () => setOver({ is: "keepers", of: one }) : undefined}
            />
          ))}
          {kept.length > 0 || moderates ? (
            <Button aria-haspopup="dialog" onClick={() => setOver({ is: "add" })}>
              {t("rosters.add")}
            </Button>
          ) : (
            <Blank says={t("rosters.none")} />
          )}
        </>
      )}
      {over?.is === "add" && <AddSheet store={store} kept={kept ?? []} onClose={close} />}
      {over?.is === "keepers" && <KeepersSheet store={store} kept={over.of} onClose={close} />}
      {over?.is === "shifts" && <ShiftsSheet store={store} roster={over.roster} onClose={close} />}
    </main>
  );
}

function Waiting({ store }: { store: RosterStore }) {
  if (!store.wrong.value) return <Shape rows={4} />;
  return (
    <Blank says={store.wrong.value}>
      <Button onClick={() => void store.read()}>{t("common.retry")}</Button>
    </Blank>
  );
}
