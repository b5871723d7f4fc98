/** Black boxes over a picture. Places and sizes are fractions of its width and height. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const STEP = 0.01;
const LEAST = 0.01;
/** In the upper left corner, where machines write names. */
export const FIRST: Box = { x: 0, y: 0, width: 0.6, height: 0.12 };

/** The box between two corners, as far as it lies on the picture. */
export function between(one: Point, other: Point): Box {
  const [left, right] = [within(Math.min(one.x, other.x)), within(Math.max(one.x, other.x))];
  const [top, bottom] = [within(Math.min(one.y, other.y)), within(Math.max(one.y, other.y))];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether it is large enough to have been meant. */
export function isMeant({ width, height }: Box): boolean {
  return width >= LEAST && height >= LEAST;
}

/** The box after an arrow key: moved, or with Shift made larger or smaller; null where the key does nothing to it. */
export function pressed(box: Box, key: string, shift: boolean): Box | null {
  const step = STEPS[key];
  if (step === undefined) return null;
  const [dx, dy] = step;
  if (shift) {
    const width = Math.min(1 - box.x, Math.max(LEAST, box.width + dx));
    const height = Math.min(1 - box.y, Math.max(LEAST, box.height + dy));
    return { ...box, width, height };
  }
  const x = Math.min(1 - box.width, Math.max(0, box.x + dx));
  const y = Math.min(1 - box.height, Math.max(0, box.y + dy));
  return { ...box, x, y };
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** The pixels that a box covers, each one that it touches: [x, y, width, height]. */
export function pixelsOf(box: Box, width: number, height: number): [number, number, number, number] {
  const [x, y] = [Math.floor(box.x * width), Math.floor(box.y * height)];
  return [x, y, Math.ceil((box.x + box.width) * width) - x, Math.ceil((box.y + box.height) * height) - y];
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
