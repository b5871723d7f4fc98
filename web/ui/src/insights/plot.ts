/** A chart of lines over months, drawn by uPlot in the page's own colours. */
import uPlot from "uplot";
import { columnsOf, type Drawing, type Tone } from "./drawing.ts";
import { shortMonth } from "./durations.ts";

const HEIGHT_PX = 170;
const AXIS_PX = 64;
const MONTHS_PX = 28;
const MONTH_PX = 44;

/** Colours as the page shows them now. */
export interface Colours {
  readonly curves: Readonly<Record<Tone, string>>;
  readonly ink: string;
  readonly grid: string;
}

const DASHES: Readonly<Record<Tone, number[]>> = { first: [], second: [6, 4], third: [2, 3] };

/** Draw `drawing` into `place`, as wide as it is. */
export function plot(place: HTMLElement, drawing: Drawing, colours: Colours): uPlot {
  return new uPlot(optionsOf(drawing, colours, place.clientWidth), columnsOf(drawing), place);
}

/** Make a chart as wide as its place. */
export function widen(chart: uPlot, width: number): void {
  if (width > 0 && width !== chart.width) chart.setSize({ width, height: HEIGHT_PX });
}

function optionsOf({ months, curves, write, most }: Drawing, colours: Colours, width: number): uPlot.Options {
  const { ink, grid } = colours;
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { show: false }, font: "12px system-ui" };
  const labels = (_: uPlot, splits: number[]) => splits.map((at) => shortMonth(months[at] ?? ""));
  return {
    width,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [-0.5, months.length - 0.5] },
      y: { range: (_, __, highest) => [0, most ?? (highest * 1.1 || 1)] },
    },
    axes: [
      { ...axis, size: MONTHS_PX, space: MONTH_PX, incrs: [1, 2, 3, 6], values: labels },
      { ...axis, size: AXIS_PX, values: (_, splits) => splits.map(write) },
    ],
    series: [{}, ...curves.map(({ tone }) => lineOf(colours.curves[tone], DASHES[tone]))],
  };
}

function lineOf(stroke: string, dash: number[]): uPlot.Series {
  return { stroke, dash, width: 2, spanGaps: false, points: { show: true, size: 6, fill: stroke } };
}
