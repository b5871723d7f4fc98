import type { ComponentChildren } from "preact";
import { Button } from "../../design/Button.tsx";
import { Written } from "../../design/Written.tsx";
import { t } from "../../words/words.ts";
import { RefutedShort } from "../evidence/RefutedShort.tsx";
import type { PinnedPost } from "../store/store.ts";
import { Folded } from "./Folded.tsx";
import { Tally } from "./Tally.tsx";
import "../../words/more/room.ts";
import "../../words/more/flags.ts";

const LINES = 4;

interface Props {
  pin: Pick<PinnedPost, "id" | "kind" | "text" | "agree" | "disagree" | "refuted_by" | "post">;
  name: string;
  onJump: (id: string) => void;
  /** All of it, without a fold. */
  whole?: boolean;
  /** What else can be done with it. */
  children?: ComponentChildren;
}

/** A pinned post: who said it and as what, its text, how it stands, and the way to it. */
export function PinCard({ pin, name, onJump, whole = false, children }: Props) {
  return (
    <>
      <div class="pin-head">
        <p>
          <bdi class="pin-who">{name}</bdi>{" "}
          {pin.kind !== "comment" && <span class="pin-kind">{t(`room.kind_${pin.kind}`)}</span>}
        </p>
        <div class="pin-acts">
          {children}
          <Button look="bare" onClick={() => onJump(pin.id)}>
            {t("room.case_jump")}
            <span class="quiet"> {t("room.case_of", { name })}</span>
          </Button>
        </div>
      </div>
      {pin.refuted_by && <RefutedShort by={pin.refuted_by} onJump={onJump} />}
      <Text pin={pin} name={name} whole={whole} />
      <Tally agree={pin.agree} disagree={pin.disagree} post={pin.post} />
    </>
  );
}

/** What it says; of what is folded away or withheld, only that. Whoever wants to see it goes to the post. */
function Text({ pin, name, whole }: Pick<Props, "pin" | "name" | "whole">) {
  if (pin.post?.withheld) return <p class="case-note">{t("flags.withheld")}</p>;
  if (pin.post?.collapsed) return <p class="case-note">{t("flags.folded_short")}</p>;
  return whole ? (
    <p class="said">
      <Written text={pin.text} />
    </p>
  ) : (
    <Folded key={pin.text} text={pin.text} lines={LINES} of={name} />
  );
}
