import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { announce } from "../../design/announce.ts";
import type { PageNow } from "../../wire/frames.ts";
import { t } from "../../words/words.ts";
import { type Desk, nameIn } from "../desk.ts";
import { catchingUp } from "../store/store.ts";
import "../../words/more/paging.ts";

/** Whoever listens is told what becomes of the pages of the room. */
export function useTold(desk: Desk): void {
  const { store, me } = desk;
  useEffect(() => {
    let known: ReadonlyMap<string, PageNow> | null = null;
    return effect(() => {
      const pages = store.card.value?.pages ?? [];
      if (catchingUp(store)) return;
      const before = known;
      known = new Map(pages.map((page) => [page.id, page]));
      if (!before) return;
      const nameOf = (person: string) => (person === me.person ? null : nameIn(desk, person));
      const says = pages.flatMap((page) => newsOf(page, before.get(page.id), nameOf));
      if (says.length > 0) announce(says.join(". "));
    });
  }, [desk]);
}

/** What is new of a page. What one has done oneself, one knows. */
export function newsOf(
  page: PageNow,
  before: PageNow | undefined,
  nameOf: (person: string) => string | null,
): readonly string[] {
  const fresh = page.answers.filter(
    ({ person, at }) => !before?.answers.some((one) => one.person === person && one.at === at),
  );
  const answers = fresh.flatMap(({ person, answer }) => {
    const name = nameOf(person);
    return name === null ? [] : [t(answer === "accept" ? "paging.tell_taken" : "paging.tell_declined", { name })];
  });
  const circle = page.rings.length > 1 && page.rings.length > (before?.rings.length ?? 0);
  const over = page.state === "over" && before?.state !== "over";
  return [...answers, ...(over ? [t("paging.tell_over")] : circle ? [t("paging.tell_circle")] : [])];
}
