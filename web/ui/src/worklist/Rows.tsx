import { useLayoutEffect, useReducer, useRef } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import { useHold } from "./hold.ts";
import { Row } from "./Row.tsx";
import { useShown } from "./shown.ts";
import type { Line } from "./store.ts";
import "../words/more/worklist.ts";

interface Props {
  lines: readonly Line[];
  yours: ReadonlySet<string>;
  mayFollow: boolean;
  /** Another choice is another list: it is shown at once. */
  choice: unknown;
  /** How many there are, and how many have nobody. */
  says: string;
  stale: boolean;
}

/** The rows in the order of the store. While a pointer is at work over them, what is new waits behind a button. */
export function Rows({ lines, yours, mayFollow, choice, says, stale }: Props) {
  const hold = useHold();
  const shown = useShown(lines, hold.on, choice);
  const list = useRef<HTMLOListElement>(null);
  const show = useTake(shown.take, shown.fresh[0]?.room, list);
  return (
    <section class="worklist-cases" aria-label={t("worklist.cases")}>
      <div class="worklist-says">
        <p>{stale ? t("worklist.stale") : says}</p>
        {shown.fresh.length > 0 && (
          <Button class="worklist-fresh" icon="up" onClick={show}>
            {t("worklist.fresh", { count: shown.fresh.length })}
          </Button>
        )}
      </div>
      <ol ref={list} class={hold.on ? "rows" : "rows rows-free"} {...hold.over} onClickCapture={shown.guard}>
        {shown.rows.map((line) => (
          <Row key={line.room} line={line} yours={yours.has(line.room)} mayFollow={mayFollow} />
        ))}
      </ol>
    </section>
  );
}

/** Let the new rows in, and put the focus on the first: the button that had it is gone. */
function useTake(take: () => void, first: string | undefined, list: { current: HTMLElement | null }): () => void {
  const [, again] = useReducer((times: number) => times + 1, 0);
  const sought = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    if (!sought.current) return;
    list.current?.querySelector<HTMLElement>(`[data-room="${sought.current}"] .row-link`)?.focus();
    sought.current = undefined;
  });
  return () => {
    sought.current = first;
    take();
    again(0);
  };
}
