import { useEffect, useRef, useState } from "preact/hooks";

const AT_ONCE = 100;

/** How many of `total` to draw: the first at once, the rest a stretch a frame, so that the page answers meanwhile. */
export function useGrowing(total: number) {
  const [count, setCount] = useState(AT_ONCE);
  const after = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (count >= total) return undefined;
    const frame = requestAnimationFrame(() => setCount(count + AT_ONCE));
    return () => cancelAnimationFrame(frame);
  }, [count, total]);
  useEffect(() => {
    if (count < total || !after.current) return;
    after.current();
    after.current = null;
  });
  /** Draw all that is left, then do `act`. */
  const whole = (act: () => void) => {
    if (count >= total) return act();
    after.current = act;
    setCount(total);
  };
  return { count, whole };
}
