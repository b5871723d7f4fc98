import { t, type Word } from "../words/words.ts";
import { Problem } from "./problem.ts";

/** Do `work`. Resolves with what is wrong, if anything: as the server says, or as `failed` does where nobody answered. */
export async function told(failed: Word, work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Problem ? error.detail : t(failed);
  }
}
