import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import { theme } from "../app/theme.ts";
import type { Drawing } from "./drawing.ts";
import { type Colours, plot, widen } from "./plot.ts";
import "./chart.css";

/** Curves by month. The table beside it says the same: this is for the eye only. */
export function Chart({ drawing }: { drawing: Drawing }) {
  const box = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  useChart(box, place, drawing);
  return (
    <div ref={box} class="chart" aria-hidden="true">
      <p class="chart-legend">
        {drawing.curves.map(({ tone, says }) => (
          <span key={tone} class={`chart-${tone}`}>
            {says}
          </span>
        ))}
      </p>
      <div ref={place} class="chart-place" />
    </div>
  );
}

type Place = RefObject<HTMLDivElement | null>;

/** The chart in its place, drawn anew for other figures and in other colours, as wide as there is room. */
function useChart(box: Place, place: Place, drawing: Drawing): void {
  const dark = useDark();
  useEffect(() => {
    if (!box.current || !place.current) return undefined;
    const chart: uPlot = plot(place.current, drawing, coloursOf(box.current));
    const watching = new ResizeObserver(([entry]) => widen(chart, Math.floor(entry?.contentRect.width ?? 0)));
    watching.observe(place.current);
    return () => {
      watching.disconnect();
      chart.destroy();
    };
  }, [drawing, dark, theme.value]);
}

/** Whether the device is dark: a canvas does not follow by itself. */
function useDark(): boolean {
  const [query] = useState(() => matchMedia("(prefers-color-scheme: dark)"));
  const [dark, setDark] = useState(query.matches);
  useEffect(() => {
    const look = () => setDark(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, [query]);
  return dark;
}

function coloursOf(box: HTMLElement): Colours {
  const colour = (of: string) => getComputedStyle(box.querySelector(of) ?? box).color;
  const { color: ink, borderTopColor: grid } = getComputedStyle(box);
  const curves = { first: colour(".chart-first"), second: colour(".chart-second"), third: colour(".chart-third") };
  return { curves, ink, grid };
}
