import { useEffect, useMemo } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { Channels } from "./Channels.tsx";
import { ForWhat } from "./ForWhat.tsx";
import { HowOften } from "./HowOften.tsx";
import { OnCall } from "./OnCall.tsx";
import type { Reach as Said } from "./profile.ts";
import { type Draft, ReachStore } from "./store.ts";
import { Undisturbed } from "./Undisturbed.tsx";
import { When } from "./When.tsx";
import "./reach.css";
import "../words/more/reach.ts";

/** When, for what and how often cases may interrupt one (`asked`: whoever is asked for help), and by what. */
export function Reach({ api, asked }: { api: Api; asked: boolean }) {
  return (
    <main class="page reach">
      <h1>{t("reach.title")}</h1>
      {asked && <Cases api={api} />}
      <Channels api={api} />
    </main>
  );
}

function Cases({ api }: { api: Api }) {
  const store = useMemo(() => new ReachStore(api, ownZone()), [api]);
  useEffect(() => void store.read(), [store]);
  const { said, draft, wrong } = store;
  return (
    <>
      <p class="reach-note">{t("reach.says")}</p>
      {said.value && draft.value ? (
        <Parts store={store} said={said.value} draft={draft.value} />
      ) : (
        <Waiting wrong={wrong.value} onRetry={() => void store.read()} />
      )}
    </>
  );
}

function Parts({ store, said, draft }: { store: ReachStore; said: Said; draft: Draft }) {
  const keep = useSubmit(async () => {
    if (await store.keep()) announce(t("reach.kept"));
  });
  return (
    <>
      <Undisturbed store={store} until={said.profile?.undisturbed_until ?? null} />
      <OnCall shifts={said.shifts} keeps={said.keeps} />
      <form class="reach-form" onSubmit={keep} noValidate>
        <ForWhat store={store} draft={draft} specialty={said.specialty} />
        <When store={store} draft={draft} />
        <HowOften store={store} draft={draft} most={said.most_per_hour} />
        <footer class="reach-foot">
          <Button type="submit" look="next">
            {t("reach.keep")}
          </Button>
          <p hidden={!store.changed.value}>{t("reach.unkept")}</p>
          <p class="reach-wrong" role="alert" hidden={!store.wrong.value}>
            {store.wrong.value}
          </p>
        </footer>
      </form>
    </>
  );
}

function Waiting({ wrong, onRetry }: { wrong: string | undefined; onRetry: () => void }) {
  if (!wrong) return <Shape rows={4} />;
  return (
    <Blank says={wrong}>
      <Button onClick={onRetry}>{t("common.retry")}</Button>
    </Blank>
  );
}

function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
