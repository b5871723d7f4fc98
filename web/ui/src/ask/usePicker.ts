/** What a picker's box does with keys: the list follows what is typed, the focus stays in the box. */
import { useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { specialty } from "../words/format.ts";
import { t } from "../words/words.ts";
import { fetchOtherWords } from "./options.ts";
import type { PickerProps } from "./Picker.tsx";
import { type Option, offered, ownOption } from "./picking.ts";
import "../words/more/ask.ts";

type Offer = Option & { readonly own?: boolean };
/** `at`: the option that Enter takes; -1 is none. */
interface Box {
  readonly typed: string;
  readonly at: number;
  readonly open: boolean;
}
const CLOSED: Box = { typed: "", at: -1, open: false };

export function usePicker(props: PickerProps, id: string) {
  const [box, setBox] = useState(CLOSED);
  const offers = offersOf(props, box.typed);
  const open = box.open && offers.length > 0;
  const { add, remove } = useChoosing(props, () => setBox(CLOSED));

  const keys: Record<string, () => Box | undefined> = {
    ArrowDown: () => moved(box, 1, offers.length),
    ArrowUp: () => moved(box, box.at < 0 ? 0 : -1, offers.length),
    Escape: () => (open ? { ...box, open: false } : undefined),
    Enter: () => add(open ? offers[box.at]?.value : undefined),
    Backspace: () => (box.typed ? undefined : remove(props.chosen.at(-1))),
  };
  const pressed = (event: KeyboardEvent) => {
    const next = event.isComposing ? undefined : keys[event.key]?.();
    if (!next) return;
    event.preventDefault();
    setBox(next);
  };
  const input = {
    value: box.typed,
    onInput: (event: { currentTarget: HTMLInputElement }) => setBox(typing(event.currentTarget.value)),
    // Where they do not come, names find all the same.
    onFocus: () => void fetchOtherWords().catch(() => undefined),
    onClick: () => setBox({ ...box, open: true }),
    onBlur: () => setBox({ ...box, open: false }),
    onKeyDown: pressed,
  };
  return {
    input,
    offers,
    open,
    at: box.at,
    active: open && box.at >= 0 ? `${id}-list-${box.at}` : undefined,
    add,
    remove,
  };
}

/** What an option is called, also one that somebody added. */
export function nameOf(options: readonly Option[], value: string): string {
  return options.find((option) => option.value === value)?.label ?? specialty(value);
}

/** To add and to remove, and to say so; each leaves the box empty. */
function useChoosing({ options, chosen, onChange }: PickerProps, clear: () => void) {
  const change = (
    value: string | undefined,
    to: (value: string) => readonly string[],
    word: "ask.added" | "ask.removed",
  ) => {
    if (value === undefined) return undefined;
    onChange(to(value));
    announce(t(word, { what: nameOf(options, value) }));
    clear();
    return CLOSED;
  };
  return {
    add: (value: string | undefined) => change(value, (one) => [...chosen, one], "ask.added"),
    remove: (value: string | undefined) =>
      change(value, (one) => chosen.filter((other) => other !== one), "ask.removed"),
  };
}

function offersOf({ options, chosen, open }: PickerProps, typed: string): readonly Offer[] {
  const own = open ? ownOption(options, typed, chosen) : null;
  return [...offered(options, typed, chosen), ...(own ? [{ ...own, own: true }] : [])];
}

/** What is typed opens the list at its first option, which Enter takes. */
function typing(typed: string): Box {
  return { typed, at: typed.trim() ? 0 : -1, open: true };
}

function moved(box: Box, by: number, count: number): Box {
  return { ...box, open: true, at: (box.at + by + count) % Math.max(1, count) };
}
