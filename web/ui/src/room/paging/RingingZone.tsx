import { useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { later, Over } from "../../design/later.tsx";
import type { Api } from "../../http/api.ts";
import type { PageNow } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { PageLine } from "./PageLine.tsx";
import { current, hasSpoken, takerOf } from "./pages.ts";
import { Taken } from "./Taken.tsx";
import { useRung } from "./useRung.ts";
import { useTold } from "./useTold.ts";
import "../../words/more/paging.ts";
import "./ringing.css";

const PageSheet = later(() => import("./PageSheet.tsx").then((file) => file.PageSheet), Over);

/** Who is called for this case, until somebody who has taken it speaks: for those whose hands are tied until then. */
export function RingingZone({ desk, api }: { desk: Desk; api: Pick<Api, "get"> }) {
  const { store, client, me } = desk;
  const [asking, setAsking] = useState(false);
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const pages = store.card.value?.pages ?? [];
  const { plans } = desk.rights.value;
  const waits = plans && pages.some(({ state }) => state === "ringing");
  const told = useRung(api, store.id, markOf(pages), waits);
  useTold(desk);
  const shown = current(pages).filter((page) => !read.has(page.id) && isNews(page, desk));
  if (!plans || shown.length === 0) return null;
  const ask = (
    <Button aria-haspopup="dialog" onClick={() => setAsking(true)}>
      {t("paging.more")}
    </Button>
  );
  return (
    <section class="ringing" aria-label={t("paging.ringing_title")}>
      {shown.map((page) =>
        page.state === "answered" ? (
          <Taken key={page.id} desk={desk} page={page} onRead={() => setRead(new Set(read).add(page.id))} />
        ) : (
          <PageLine key={page.id} desk={desk} page={page} told={told.find(({ id }) => id === page.id)}>
            {ask}
          </PageLine>
        ),
      )}
      {asking && <PageSheet store={store} client={client} me={me} onClose={() => setAsking(false)} />}
    </section>
  );
}

/** What was taken is news until who took it speaks, or oneself took it. */
function isNews(page: PageNow, { store, me }: Desk): boolean {
  const taker = takerOf(page);
  return (
    page.state !== "answered" || (taker !== undefined && taker !== me.person && !hasSpoken(store.timeline.value, taker))
  );
}

function markOf(pages: readonly PageNow[]): string {
  return pages.map(({ id, state, rings, answers }) => `${id} ${state} ${rings.length} ${answers.length}`).join();
}
