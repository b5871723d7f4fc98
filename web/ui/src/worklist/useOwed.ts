import { useEffect, useState } from "preact/hooks";
import type { Api } from "../http/api.ts";
import type { Question } from "../room/fold/card.ts";

/** A closed case of one's own, and what nobody knows of it yet. */
export interface OwedLine {
  readonly id: string;
  readonly title: string;
  readonly closed_at: number;
  readonly owed: readonly Question[];
}

/** The cases whose outcome one owes: asked for anew when `told` changes. What does not come leaves the worklist as it is. */
export function useOwed(api: Pick<Api, "get">, told: number): readonly OwedLine[] {
  const [cases, setCases] = useState<readonly OwedLine[]>([]);
  useEffect(() => {
    const giveUp = new AbortController();
    api.get<{ cases: readonly OwedLine[] }>("/api/outcomes/owed", { signal: giveUp.signal }).then(
      (found) => setCases(found.cases),
      () => {},
    );
    return () => giveUp.abort();
  }, [api, told]);
  return cases;
}
