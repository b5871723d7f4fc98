import { Button } from "../design/Button.tsx";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { choose, filter, filtered, narrows } from "./filter.ts";
import { Failed, NoCases, Only } from "./NoCases.tsx";
import { alone, useFound } from "./news.ts";
import { Rows } from "./Rows.tsx";
import type { Line, WorklistStore } from "./store.ts";
import "../words/more/worklist.ts";

interface Props {
  store: WorklistStore;
  /** The rooms of the cases that this page has opened. */
  opened: ReadonlyMap<string, string>;
  me: Me;
  mayAsk: boolean;
}

/** The list, or why there is none. */
export function Cases({ store, opened, me, mayAsk }: Props) {
  const lines = store.lines.value;
  const state = store.state.value;
  const choice = filter.value;
  const some = filtered(lines, choice);
  useFound(choice, some.length, lines.length);
  if (lines.length === 0) return <NoCases state={state} retry={() => store.retry()} mayAsk={mayAsk} choice={choice} />;
  return (
    <>
      {narrows(choice) && <Only choice={choice} />}
      {state === "failed" && <Failed retry={() => store.retry()} />}
      {some.length < lines.length && <Narrowed count={some.length} total={lines.length} />}
      {some.length > 0 && (
        <Rows
          lines={some}
          yours={new Set(opened.values())}
          mayFollow={me.role === "physician" || me.role === "moderator"}
          choice={choice}
          says={counted(lines, me)}
          stale={state === "stale"}
        />
      )}
    </>
  );
}

function counted(lines: readonly Line[], me: Me): string {
  const open = t("worklist.open", { count: lines.filter((line) => line.status === "open").length });
  if (me.role === "observer") return open;
  const count = alone(lines);
  return `${open}, ${count ? t("worklist.alone", { count }) : t("worklist.alone_none")}`;
}

function Narrowed({ count, total }: { count: number; total: number }) {
  return (
    <p class="worklist-narrowed">
      {t("worklist.matching", { count, total })}{" "}
      <Button onClick={() => choose({ ...filter.peek(), words: "" })}>{t("worklist.show_all")}</Button>
    </p>
  );
}
