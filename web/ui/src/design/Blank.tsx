import type { ComponentChildren } from "preact";
import "./shape.css";

/** What stands where there is nothing: a sentence, and the action that fills it. */
export function Blank({ says, children }: { says: string; children?: ComponentChildren }) {
  return (
    <div class="blank">
      <p>{says}</p>
      {children}
    </div>
  );
}
