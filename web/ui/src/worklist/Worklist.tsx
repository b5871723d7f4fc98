import { useRef } from "preact/hooks";
import { useKeys } from "../app/keys.ts";
import { step } from "../app/stepping.ts";
import { later, Nothing } from "../design/later.tsx";
import type { Api } from "../http/api.ts";
import type { Notices } from "../live/notices.ts";
import { useOffered } from "../surveys/offered.ts";
import type { Me } from "../wire/frames.ts";
import type { Outbox } from "../wire/outbox.ts";
import { t } from "../words/words.ts";
import { Cases } from "./Cases.tsx";
import { below, Counted } from "./Counted.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { useNews, useOpened } from "./news.ts";
import type { WorklistStore } from "./store.ts";
import { unopened } from "./unopened.ts";
import { useOwed } from "./useOwed.ts";
import "./worklist.css";
import "../words/more/worklist.ts";

const Unsent = later(() => import("./Unsent.tsx").then((file) => file.Unsent), Nothing);
const Offered = later(() => import("../surveys/Offered.tsx").then((file) => file.Offered), Nothing);
const Owed = later(() => import("../outcome/Owed.tsx").then((file) => file.Owed), Nothing);

interface Props {
  api: Pick<Api, "get" | "post">;
  notices: Notices;
  store: WorklistStore;
  outbox: Outbox;
  me: Me;
  mayAsk: boolean;
}

/** Who needs me now? The open cases, live. */
export function Worklist({ api, notices, store, outbox, me, mayAsk }: Props) {
  const page = useRef<HTMLElement>(null);
  const go = (by: number) => walk(page.current, by);
  const box = useRef<HTMLInputElement>(null);
  const owed = useOwed(api, notices.all.value.length);
  const [surveys, askAgain] = useOffered(api, me);
  useNews(store);
  useOpened(outbox);
  useKeys({ j: () => go(1), k: () => go(-1), "/": () => box.current?.focus() });
  return (
    <main ref={page} class="page worklist" aria-busy={store.state.value === "listing"}>
      <div class="worklist-head">
        <h1>{t("worklist.title")}</h1>
        <FilterBar own={me.specialty} box={box} onDown={() => go(1)} />
      </div>
      {mayAsk && unopened(outbox.waiting.value).length > 0 && <Unsent outbox={outbox} />}
      <Cases store={store} opened={outbox.opened.value} me={me} mayAsk={mayAsk} />
      {owed.length > 0 && <Owed cases={owed} />}
      {surveys.length > 0 && <Offered api={api} surveys={surveys} onChange={askAgain} />}
      {below(me) && store.counts.value && <Counted counts={store.counts.value} />}
    </main>
  );
}

/** The focus goes from row to row, and to what is new above them. */
function walk(page: HTMLElement | null, by: number): void {
  const stops = [...(page?.querySelectorAll<HTMLElement>(".row-link, .worklist-fresh") ?? [])];
  const first = stops.findIndex((stop) => stop.matches(".row-link"));
  step(stops, by, first);
}
