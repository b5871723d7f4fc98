import { useEffect, useRef, useState } from "preact/hooks";
import type { Me } from "../../wire/frames.ts";
import type { RoomStore } from "../store/store.ts";
import { asks } from "./acts.ts";

/** Whether the presenter is asked how it turned out: at once when the case closes before their eyes, until they leave it. */
export function useAsked({ seat, card }: Pick<RoomStore, "seat" | "card">, me: Me): [boolean, () => void] {
  const [asked, setAsked] = useState(false);
  const status = card.value?.status;
  const before = useRef(status);
  useEffect(() => {
    if (before.current === "open" && asks(seat.value, card.value, me)) setAsked(true);
    before.current = status;
  }, [status]);
  return [asked, () => setAsked(false)];
}
