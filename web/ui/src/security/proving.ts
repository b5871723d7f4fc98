/** Grave acts ask again who one is. The server says so, the sheet asks, and the act is tried once more. */
import { signal } from "@preact/signals";
import { Problem } from "../http/problem.ts";

/** Whoever waits for an answer: `true` when it was proved. */
export const asking = signal<((proved: boolean) => void) | null>(null);
let answer: Promise<boolean> | null = null;

/** What `act` gives. Where the server wants a proof first, it is asked for, and `act` is done again. */
export async function proven<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "proof_needed" || !(await asked())) throw error;
    return act();
  }
}

/** One sheet asks for all that wait. */
function asked(): Promise<boolean> {
  answer ??= new Promise<boolean>((answered) => {
    asking.value = answered;
  }).finally(() => {
    asking.value = null;
    answer = null;
  });
  return answer;
}
