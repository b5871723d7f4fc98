import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import "./reach.css";

/** One part of the page, with what it is for. */
export function Part({ title, says, children }: { title: string; says?: string; children: ComponentChildren }) {
  const heading = useId();
  return (
    <section class="reach-part" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {says && <p class="reach-note">{says}</p>}
      {children}
    </section>
  );
}
