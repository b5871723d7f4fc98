import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { nameOf } from "../../design/Person.tsx";
import { t } from "../../words/words.ts";
import { personOf } from "../people/names.ts";
import { progressOf, send } from "../people/progress.ts";
import type { PinnedPost } from "../store/store.ts";
import type { CaseProps } from "./CaseZone.tsx";
import { PinCard } from "./PinCard.tsx";
import "../../words/more/room.ts";

interface Props extends CaseProps {
  pin: PinnedPost;
  mayUnpin: boolean;
  /** It is pinned no longer, and had the focus. */
  onGone: () => void;
}

/** A pinned post of a live room, which those who may can unpin. */
export function Pin({ pin, mayUnpin, onGone, ...given }: Props) {
  const by = personOf(given.store, given.me, pin.by);
  const name = by ? nameOf(by) : t("room.case_someone");
  const item = useRef<HTMLLIElement>(null);
  useFocusLeft(item, onGone);
  return (
    <li ref={item} class="pin">
      <PinCard pin={pin} name={name} onJump={given.onJump}>
        {mayUnpin && <Unpin {...given} pin={pin} name={name} />}
      </PinCard>
      {pin.agree + pin.disagree === 0 && <p class="case-note">{t("room.case_no_stance")}</p>}
      {pin.shortened && <p class="case-note">{t("room.case_shortened")}</p>}
    </li>
  );
}

function Unpin({ pin, name, ...given }: CaseProps & { pin: PinnedPost; name: string }) {
  const same = (frame: { target: string }) => frame.target === pin.id;
  const progress = progressOf(given.store, "unpin", same);
  const under = progress.is === "sending" || progress.is === "kept";
  const unpin = () => void (under || send(given, "unpin", { target: pin.id }, same));
  return (
    <>
      <Button look="bare" aria-disabled={under} onClick={unpin}>
        {under ? t(`room.do_${progress.is}`) : t("room.case_unpin")}
        <span class="quiet"> {t("room.case_of", { name })}</span>
      </Button>
      {progress.is === "refused" && <p class="pin-refused said">{progress.says}</p>}
    </>
  );
}

/** What leaves the page must not take the focus with it. A layout effect, for it ends before the element is gone. */
function useFocusLeft(item: { current: HTMLElement | null }, onGone: () => void): void {
  useLayoutEffect(() => {
    const { current } = item;
    return () => {
      if (current?.contains(document.activeElement)) onGone();
    };
  }, []);
}
