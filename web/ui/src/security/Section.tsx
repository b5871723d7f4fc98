import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** One part of the page, with what it is for. */
export function Section({ title, about, children }: { title: string; about: string; children: ComponentChildren }) {
  const heading = useId();
  return (
    <section class="security-part" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <p class="security-note">{about}</p>
      {children}
    </section>
  );
}

/** One thing of a list, what is known of it, and what can be done. */
export function Named({ name, about, children }: { name: string; about: string; children?: ComponentChildren }) {
  return (
    <li class="security-row">
      <div>
        <b>{name}</b>
        <span>{about}</span>
      </div>
      {children}
    </li>
  );
}
