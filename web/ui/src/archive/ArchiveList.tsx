import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useKeys } from "../app/keys.ts";
import { step } from "../app/stepping.ts";
import { Button } from "../design/Button.tsx";
import { SearchBox } from "../design/SearchBox.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { ArchivedRows } from "./ArchivedRows.tsx";
import { ArchivedLines } from "./list.ts";
import "./archive.css";
import "../words/more/archive.ts";

const AGAIN_MS = 5_000;

/** What was closed: a list to find one case again, newest first. */
export function ArchiveList({ api }: { api: Pick<Api, "get"> }) {
  const list = useMemo(() => new ArchivedLines(api), [api]);
  const [words, setWords] = useState("");
  const page = useRef<HTMLElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const go = (by: number) => walk(page.current, by);
  useKeys({ j: () => go(1), k: () => go(-1), "/": () => box.current?.focus() });
  useFresh(list);
  return (
    <main ref={page} class="page archive">
      <header class="archive-head">
        <h1>{t("archive.title")}</h1>
        <search>
          <SearchBox
            box={box}
            label={t("archive.filter")}
            hint={t("archive.filter_hint")}
            value={words}
            onInput={setWords}
            onDown={() => go(1)}
          />
        </search>
      </header>
      <ArchivedRows list={list} words={words} />
      <Foot list={list} words={words} />
    </main>
  );
}

function Foot({ list, words }: { list: ArchivedLines; words: string }) {
  const state = list.state.value;
  if (state === "failed") {
    const again = list.lines.value.length && list.next.value ? () => list.more() : () => list.refresh();
    return (
      <p class="archive-foot" role="alert">
        {t("archive.failed")} <Button onClick={() => void again()}>{t("common.retry")}</Button>
      </p>
    );
  }
  if (list.next.value === null) return null;
  return (
    <p class="archive-foot">
      {words && <span>{t("archive.filter_loaded", { count: list.lines.value.length })}</span>}
      <Button onClick={() => void list.more()}>{t(state === "loading" ? "archive.loading" : "archive.more")}</Button>
    </p>
  );
}

/** Read it, and while something is being sealed read it again. */
function useFresh(list: ArchivedLines): void {
  useEffect(() => void list.refresh(), [list]);
  const sealing = list.sealing.value;
  useEffect(() => {
    if (sealing.length === 0) return undefined;
    const timer = setTimeout(() => void list.refresh(), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [list, sealing]);
}

function walk(page: HTMLElement | null, by: number): void {
  step([...(page?.querySelectorAll<HTMLElement>(".archive-link") ?? [])], by);
}
