import { t } from "../../words/words.ts";
import { labelOf, PARTS } from "./marks.ts";
import { type Axis, type Mark, placeOf, WIDTH } from "./trend.ts";
import "../../words/more/vitals.ts";

interface Props {
  axis: Axis;
  parts: ReadonlyMap<number, readonly Mark[]>;
  /** The part whose acts are named. */
  looked: number;
  onLook: (part: number) => void;
}

/** What was done, below the trends and on their axis. The part that one points at, or has the focus on, is named. */
export function Meanwhile({ axis, parts, looked, onLook }: Props) {
  return (
    <div class="meanwhile">
      <ol class="meanwhile-line" aria-label={t("vitals.acts")} style={{ "--parts": PARTS }}>
        {[...parts].map(([part, marks]) => (
          <li key={part} style={{ gridColumn: part + 1 }}>
            <button
              type="button"
              class="meanwhile-part"
              aria-label={marks.map(labelOf).join(" ")}
              aria-pressed={part === looked}
              onFocus={() => onLook(part)}
              onPointerEnter={() => onLook(part)}
              onClick={() => onLook(part)}
            >
              {marks.map((mark) => (
                <Act key={mark.id} mark={mark} place={placeOf(mark.at, axis) * (PARTS / WIDTH) - part} />
              ))}
            </button>
          </li>
        ))}
      </ol>
      <ul>
        {parts.get(looked)?.map((mark) => (
          <li key={mark.id} class="meanwhile-says said">
            {labelOf(mark)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** `place`: from 0 to 1 of its part. */
function Act({ mark, place }: { mark: Mark; place: number }) {
  return <span class={`meanwhile-act meanwhile-${mark.state}`} style={{ "--place": `${place * 100}%` }} />;
}
