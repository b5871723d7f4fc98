import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../words/words.ts";
import { type Box, between, isMeant, type Point, pressed } from "./boxes.ts";
import type { Reading } from "./reading.ts";
import "../words/more/darkroom.ts";

interface Props {
  reading: Reading;
  boxes: readonly Box[];
  /** Its pixels are the screen's. */
  full: boolean;
  fixed: boolean;
  onChange: (boxes: readonly Box[]) => void;
}

/** The picture with its black boxes: a pointer draws them, the keyboard moves them. */
export function Boxes({ reading, boxes, full, fixed, onChange }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState<Point | null>(null);
  const [to, setTo] = useState<Point | null>(null);
  const { canvas } = reading;
  useEffect(() => {
    canvas.className = "boxes-picture";
    place.current?.prepend(canvas);
  }, [canvas]);
  const at = (event: PointerEvent): Point => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  };
  const begin = (event: PointerEvent) => {
    if (fixed || !event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    place.current?.setPointerCapture(event.pointerId);
    setFrom(at(event));
    setTo(at(event));
  };
  const end = () => {
    if (from && to && isMeant(between(from, to))) onChange([...boxes, between(from, to)]);
    setFrom(null);
    setTo(null);
  };
  const drawing = from && to ? between(from, to) : null;
  return (
    <div
      ref={place}
      class={full ? "boxes boxes-full" : "boxes"}
      style={{ "--ratio": (canvas.width / canvas.height).toFixed(4), "--width": `${canvas.width}px` }}
      onPointerDown={begin}
      onPointerMove={(event) => from && setTo(at(event))}
      onPointerUp={end}
      onPointerCancel={() => setFrom(null)}
    >
      {boxes.map((box, index) => (
        <BlackBox
          key={index}
          box={box}
          at={index + 1}
          fixed={fixed}
          onChange={(next) => onChange(next ? boxes.with(index, next) : boxes.filter((_, other) => other !== index))}
        />
      ))}
      {drawing && <span class="black-box" style={styleOf(drawing)} />}
    </div>
  );
}

interface BoxProps {
  box: Box;
  at: number;
  fixed: boolean;
  /** It is another now, or gone. */
  onChange: (box: Box | null) => void;
}

function BlackBox({ box, at, fixed, onChange }: BoxProps) {
  const keys = (event: KeyboardEvent) => {
    const next = pressed(box, event.key, event.shiftKey);
    const goes = event.key === "Delete" || event.key === "Backspace";
    if (next === null && !goes) return;
    event.preventDefault();
    onChange(next);
  };
  return (
    <button
      type="button"
      class="black-box"
      style={styleOf(box)}
      disabled={fixed}
      aria-label={t("darkroom.box_name", { at })}
      onKeyDown={keys}
    />
  );
}

function styleOf({ x, y, width, height }: Box): Record<string, string> {
  const percent = (part: number) => `${(100 * part).toFixed(3)}%`;
  return { left: percent(x), top: percent(y), width: percent(width), height: percent(height) };
}
