/** Draws of a long list only what is in sight, keeps to its end while one is there, and one's place elsewhere. */
import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type Range,
  type Rect,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useCallback, useLayoutEffect, useReducer, useState } from "preact/hooks";

export type Virtual = Virtualizer<HTMLElement, HTMLElement>;

/** How near to the end counts as being there, px. */
export const NEAR_END_PX = 64;

interface Long {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  /** Both are to be the same functions as long as the list is the same. */
  readonly keyOf: (index: number) => string;
  readonly heightOf: (index: number) => number;
  /** Stays drawn when it is out of sight, because it has the focus or something is written in it; -1 for none. */
  readonly keep: number;
}

export function useVirtual({ scroller, count, keyOf, heightOf, keep }: Long): Virtual {
  const [, redraw] = useReducer<number, undefined>((times) => times + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    getItemKey: keyOf,
    estimateSize: heightOf,
    rangeExtractor: useCallback((range: Range) => withKept(range, keep), [keep]),
    overscan: 6,
    anchorTo: "end" as const,
    followOnAppend: true,
    scrollEndThreshold: NEAR_END_PX,
    scrollPaddingStart: 12,
    scrollPaddingEnd: 60,
    paddingStart: 8,
    paddingEnd: 8,
    scrollToFn: elementScroll,
    observeElementOffset,
    observeElementRect: observeRect,
    onChange: () => redraw(undefined),
  };
  const [virtual] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtual.setOptions(options);
  useLayoutEffect(() => virtual._didMount(), []);
  useLayoutEffect(() => virtual._willUpdate());
  return virtual;
}

function withKept(range: Range, keep: number): number[] {
  const drawn = defaultRangeExtractor(range);
  const first = drawn[0] ?? 0;
  if (keep < 0 || keep >= range.count || drawn.includes(keep)) return drawn;
  return keep < first ? [keep, ...drawn] : [...drawn, keep];
}

/** A list that becomes lower (somebody writes more lines, a keyboard comes up) shows its end still. */
function observeRect(virtual: Virtual, tell: (rect: Rect) => void) {
  return observeElementRect(virtual, (rect) => {
    const before = virtual.scrollRect?.height ?? 0;
    const rest = virtual.getTotalSize() - before - (virtual.scrollOffset ?? 0);
    tell(rect);
    if (before > 0 && before !== rect.height && rest <= NEAR_END_PX) virtual.scrollToEnd();
  });
}
