/** A chart of two lines over months, drawn by uPlot in the page's own colours. */
import uPlot from "uplot";
import { duration, shortMonth } from "./durations.ts";
import { columnsOf, type Month } from "./times.ts";

const HEIGHT_PX = 170;
const AXIS_PX = 64;
const MONTHS_PX = 28;
const MONTH_PX = 44;

/** Colours as the page shows them now. */
export interface Colours {
  readonly median: string;
  readonly p90: string;
  readonly ink: string;
  readonly grid: string;
}

/** Draw `months` into `place`, as wide as it is. */
export function plot(place: HTMLElement, months: readonly Month[], colours: Colours): uPlot {
  return new uPlot(optionsOf(months, colours, place.clientWidth), columnsOf(months), place);
}

/** Make a chart as wide as its place. */
export function widen(chart: uPlot, width: number): void {
  if (width > 0 && width !== chart.width) chart.setSize({ width, height: HEIGHT_PX });
}

function optionsOf(months: readonly Month[], { median, p90, ink, grid }: Colours, width: number): uPlot.Options {
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { show: false }, font: "12px system-ui" };
  const labels = (_: uPlot, splits: number[]) => splits.map((at) => shortMonth(months[at]?.month ?? ""));
  return {
    width,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [-0.5, months.length - 0.5] },
      y: { range: (_, __, most) => [0, most * 1.1 || 1] },
    },
    axes: [
      { ...axis, size: MONTHS_PX, space: MONTH_PX, incrs: [1, 2, 3, 6], values: labels },
      { ...axis, size: AXIS_PX, values: (_, splits) => splits.map((ms) => duration(ms)) },
    ],
    series: [{}, lineOf(median), lineOf(p90, [6, 4])],
  };
}

function lineOf(stroke: string, dash: number[] = []): uPlot.Series {
  return { stroke, dash, width: 2, spanGaps: false, points: { show: true, size: 6, fill: stroke } };
}
