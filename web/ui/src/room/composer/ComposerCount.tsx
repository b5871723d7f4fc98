import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { charsOf, limitOf } from "./asking.ts";
import "../../words/more/room.ts";

/** From so much of the limit on one is told how much there is. */
const NEAR = 0.875;

/** How much is written, once that matters; and what is wrong. */
export function ComposerCount({ desk, error }: { desk: Desk; error: string | undefined }) {
  const { text } = desk.draft.value;
  const limit = limitOf(desk);
  // Never more code points than units: what is short is not counted with each key.
  const chars = text.length < limit * NEAR ? 0 : charsOf(text);
  const near = chars >= limit * NEAR;
  return (
    <p id="composer-says" class="composer-says">
      {near && <span class={chars > limit ? "composer-error" : ""}>{t("room.say_chars", { chars, limit })}</span>}
      {error && (
        <span class="composer-error" role="alert">
          {error}
        </span>
      )}
    </p>
  );
}
