import { useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import type { PlannedPost } from "../store/store.ts";
import { ActForm } from "./ActForm.tsx";
import { act, asksFor, progressOfAct } from "./acting.ts";
import { type Deed, deedsOf } from "./deeds.ts";
import "../../words/more/plan.ts";
import "../../words/more/room.ts";

interface Props {
  item: PlannedPost;
  /** Whose recommendation it is. */
  name: string;
  desk: Desk;
}

/** What the presenter and whoever leads do with an act, and how far that is. */
export function ActDeeds({ item, name, desk }: Props) {
  const [asking, setAsking] = useState<Deed | null>(null);
  const progress = progressOfAct(desk, item.id);
  const under = progress.is === "sending" || progress.is === "kept";
  const choose = (deed: Deed) => {
    if (under) return;
    if (asksFor(desk, deed.state)) setAsking(deed);
    else void act(desk, { target: item.id, state: deed.state });
  };
  if (asking) {
    const deed = asking as Parameters<typeof ActForm>[0]["deed"];
    return <ActForm desk={desk} target={item.id} deed={deed} onClose={() => setAsking(null)} />;
  }
  return (
    <>
      <div class="plan-deeds">
        {deedsOf(item).map((deed) => (
          <Button
            key={deed.state}
            look={deed.next ? "next" : "plain"}
            aria-disabled={under}
            onClick={() => choose(deed)}
          >
            {t(deed.word)}
            <span class="quiet"> {t("plan.do_of", { name })}</span>
          </Button>
        ))}
      </div>
      {under && <p class="plan-told">{t(`room.do_${progress.is}`)}</p>}
      {progress.is === "refused" && <p class="plan-told plan-refused said">{progress.says}</p>}
    </>
  );
}
