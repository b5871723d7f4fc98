import { useLayoutEffect, useState } from "preact/hooks";
import { announce } from "../../design/announce.ts";
import { t } from "../../words/words.ts";
import type { Desk } from "../desk.ts";
import { rewritten } from "./doubting.ts";
import { completed, offered, type Typed, typedAt } from "./mentioning.ts";
import "../../words/more/room.ts";

type Box = { readonly current: HTMLTextAreaElement | null };
interface Offer {
  readonly typed: Typed;
  readonly names: readonly string[];
  /** The name that Enter takes. */
  readonly at: number;
}

/** Offers the names of people here while one types one, and what its keys do: they are asked before those of the box. */
export function useMentions(desk: Desk, box: Box) {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  useLayoutEffect(() => {
    if (cursor !== null) box.current?.setSelectionRange(cursor, cursor);
    setCursor(null);
  }, [cursor]);
  const look = () => {
    const { value, selectionStart } = box.current ?? { value: "", selectionStart: 0 };
    const typed = typedAt(value, selectionStart);
    const names = typed ? offered(desk.handles.value, typed) : [];
    if (names.length > 0 && names.length !== offer?.names.length)
      announce(t("room.say_mention", { count: names.length }));
    setOffer(typed && names.length > 0 ? { typed, names, at: 0 } : null);
  };
  const take = (name: string) => {
    if (!offer || !box.current) return;
    const done = completed(desk.draft.value.text, offer.typed, box.current.selectionStart, name);
    desk.draft.value = rewritten(desk.draft.value, { text: done.text });
    setOffer(null);
    setCursor(done.cursor);
    box.current.focus();
  };
  return { offer, look, take, close: () => setOffer(null), pressed: keysOf(offer, setOffer, take) };
}

/** Whether the key was for the list. */
function keysOf(offer: Offer | null, set: (offer: Offer | null) => void, take: (name: string) => void) {
  return (event: KeyboardEvent): boolean => {
    if (!offer || event.isComposing) return false;
    const count = offer.names.length;
    const keys: Record<string, () => void> = {
      ArrowDown: () => set({ ...offer, at: (offer.at + 1) % count }),
      ArrowUp: () => set({ ...offer, at: (offer.at + count - 1) % count }),
      Enter: () => take(offer.names[offer.at] ?? ""),
      Tab: () => take(offer.names[offer.at] ?? ""),
      Escape: () => set(null),
    };
    const act = event.shiftKey || event.ctrlKey || event.metaKey ? undefined : keys[event.key];
    if (!act) return false;
    event.preventDefault();
    act();
    return true;
  };
}
