import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { now } from "../design/tick.ts";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Part } from "./Part.tsx";
import { FOR_EVER_MS } from "./profile.ts";
import { LENGTHS, type Length, type ReachStore } from "./store.ts";
import "../words/more/reach.ts";

/** One tap, and nobody interrupts one for a while. */
export function Undisturbed({ store, until }: { store: ReachStore; until: number | null }) {
  const on = until !== null && until > now.value;
  const turn = async (length: Length | null) => {
    if (await store.disturbNot(length)) announce(stateOf(store.said.peek()?.profile?.undisturbed_until ?? null));
  };
  return (
    <Part title={t("reach.undisturbed")} says={t("reach.undisturbed_says")}>
      <p class={on ? "reach-state reach-state-on" : "reach-state"}>{stateOf(on ? until : null)}</p>
      <div class="reach-acts">
        {(Object.keys(LENGTHS) as Length[]).map((length) => (
          <Button key={length} onClick={() => void turn(length)}>
            {t(`reach.undisturbed_${length}`)}
          </Button>
        ))}
        {on && (
          <Button look="next" onClick={() => void turn(null)}>
            {t("reach.undisturbed_end")}
          </Button>
        )}
      </div>
    </Part>
  );
}

function stateOf(until: number | null): string {
  if (until === null) return t("reach.undisturbed_off");
  return until >= FOR_EVER_MS
    ? t("reach.undisturbed_for_ever_now")
    : t("reach.undisturbed_until", { when: dateOf(until) });
}
