import type { Progress } from "../room/people/progress.ts";
import { t } from "../words/words.ts";
import "../words/more/paging.ts";

/** Where an answer is that is not on record yet. */
export function Under({ progress }: { progress: Progress }) {
  const says = progress.is === "sending" || progress.is === "kept" ? t(`paging.taking_${progress.is}`) : "";
  return (
    <p class="call-under" role="status" hidden={!says}>
      {says}
    </p>
  );
}
