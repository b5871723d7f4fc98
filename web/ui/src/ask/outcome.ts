/** What becomes of the cases that were sent, here or before the page was loaded again. */
import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Outbox } from "../wire/outbox.ts";
import type { Refusal } from "../wire/refusals.ts";
import { type Unopened, unopened } from "../worklist/unopened.ts";
import { type AskForm, free } from "./form.ts";

export type RefusedCase = Unopened & { readonly refusal: Refusal };

export function isRefused(one: Unopened): one is RefusedCase {
  return one.state === "refused";
}

/**
 * Go to the room of a case that was seen waiting, or put a refused one into the form: unless something else is being
 * written there.
 */
export function useOutcome(outbox: Outbox, form: AskForm, onOpened: (room: string) => void): void {
  useEffect(() => {
    const seen = new Set<string>();
    return effect(() => {
      const cases = unopened(outbox.waiting.value);
      for (const { id } of cases) seen.add(id);
      const room = newest(seen, outbox.opened.value);
      const refused = cases.find(isRefused);
      if (!free(form)) return;
      if (room) {
        seen.clear();
        onOpened(room);
      } else if (refused) void form.putBack(refused);
    });
  }, [outbox, form]);
}

function newest(seen: ReadonlySet<string>, opened: ReadonlyMap<string, string>): string | undefined {
  return [...seen].map((id) => opened.get(id)).findLast(Boolean);
}
