import { useEffect, useState } from "preact/hooks";

const SIDE_BY_SIDE = "(min-width: 70rem)";

/** Whether there is room for all three zones side by side. */
export function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(SIDE_BY_SIDE).matches);
  useEffect(() => {
    const query = matchMedia(SIDE_BY_SIDE);
    const turn = () => setWide(query.matches);
    query.addEventListener("change", turn);
    return () => query.removeEventListener("change", turn);
  }, []);
  return wide;
}
