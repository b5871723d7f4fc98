/** What the worklist tells those who do not look at it. */
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { announce } from "../design/announce.ts";
import type { Outbox } from "../wire/outbox.ts";
import { t } from "../words/words.ts";
import type { Line, WorklistStore } from "./store.ts";
import "../words/more/worklist.ts";

const TYPED_MS = 600;
const TOLD: ReadonlySet<Line["acuity"]> = new Set(["stat", "asap"]);

/** How many open cases have nobody. */
export function alone(lines: readonly Line[]): number {
  return lines.filter((line) => line.status === "open" && line.help === "nobody").length;
}

/** The open cases that are not `known` and cannot wait. */
export function pressing(known: ReadonlySet<string>, lines: readonly Line[]): readonly Line[] {
  return lines.filter((line) => line.status === "open" && TOLD.has(line.acuity) && !known.has(line.room));
}

/** Keep the window's title and those who listen informed while the worklist is on the screen. */
export function useNews(store: WorklistStore): void {
  useEffect(() => effect(() => title(alone(store.lines.value))), [store]);
  useEffect(() => tell(store), [store]);
}

/** Say how many cases are left, once somebody has typed what they look for. */
export function useFound(choice: unknown, count: number, total: number): void {
  const before = useRef(choice);
  useEffect(() => {
    if (before.current === choice) return;
    before.current = choice;
    const timer = setTimeout(() => announce(t("worklist.matching", { count, total })), TYPED_MS);
    return () => clearTimeout(timer);
  }, [choice]);
}

/** Say that a case which waited in the outbox is open. */
export function useOpened({ opened }: Pick<Outbox, "opened">): void {
  useEffect(() => {
    let known = opened.peek().size;
    return effect(() => {
      const { size } = opened.value;
      if (size > known) announce(t("worklist.news_opened"));
      known = size;
    });
  }, [opened]);
}

function title(count: number): void {
  document.title = count ? t("worklist.window_alone", { count }) : t("worklist.window");
}

function tell(store: WorklistStore): () => void {
  let known: Set<string> | null = null;
  return effect(() => {
    const lines = store.lines.value;
    if (store.state.value === "listing") return;
    const news = known ? pressing(known, lines) : [];
    known = new Set(lines.map((line) => line.room));
    if (news.length > 0) announce(said(news));
  });
}

function said(news: readonly Line[]): string {
  const [first] = news;
  if (news.length > 1 || !first) return t("worklist.news_many", { count: news.length });
  return t("worklist.news", { acuity: t(`common.${first.acuity}`), title: first.title });
}
