/** Whether a pointer is at work over an element: it came, and moved a moment ago. Fingers give no such warning. */
import { useEffect, useRef, useState } from "preact/hooks";

const RESTS_MS = 5_000;

interface Hold {
  readonly on: boolean;
  readonly over: {
    onPointerEnter: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerLeave: () => void;
  };
}

export function useHold(): Hold {
  const [on, setOn] = useState(false);
  const timer = useRef(0);
  const release = () => {
    clearTimeout(timer.current);
    setOn(false);
  };
  const hold = (event: PointerEvent) => {
    if (event.pointerType === "touch") return;
    clearTimeout(timer.current);
    timer.current = window.setTimeout(release, RESTS_MS);
    setOn(true);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return { on, over: { onPointerEnter: hold, onPointerMove: hold, onPointerLeave: release } };
}
