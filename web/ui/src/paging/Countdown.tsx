import { useEffect, useState } from "preact/hooks";
import { minutes } from "../words/minutes.ts";

const SECOND_MS = 1_000;

/** How long it is until then by the server's clock, moving on each second: "1:20". Nobody is told each second. */
export function Countdown({ until, now }: { until: number; now: () => number }) {
  const [left, setLeft] = useState(() => until - now());
  useEffect(() => {
    setLeft(until - now());
    const timer = setInterval(() => setLeft(until - now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [until, now]);
  return (
    <time class="figures" aria-live="off" dateTime={`PT${Math.max(0, Math.ceil(left / SECOND_MS))}S`}>
      {minutes(left)}
    </time>
  );
}
