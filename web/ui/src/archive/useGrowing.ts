import { useEffect, useRef, useState } from "preact/hooks";

/** How many are drawn in one go: few enough that the page answers between two of them. */
export const STRETCH = 25;

/** How many of `total` to draw: the first at once, then a stretch a frame. */
export function useGrowing(total: number) {
  const [count, setCount] = useState(2 * STRETCH);
  const drawn = useRef(count);
  const after = useRef<(() => void) | null>(null);
  drawn.current = count;
  useEffect(() => {
    if (count >= total) return undefined;
    const frame = requestAnimationFrame(() => setCount(count + STRETCH));
    return () => cancelAnimationFrame(frame);
  }, [count, total]);
  useEffect(() => {
    after.current?.();
    after.current = null;
  }, [count]);
  /** Draw at least the first `many`, then do `act`. */
  const until = (many: number, act: () => void) => {
    if (drawn.current >= Math.min(many, total)) return act();
    after.current = act;
    setCount(Math.ceil(many / STRETCH) * STRETCH);
  };
  return { count, until };
}
