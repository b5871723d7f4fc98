import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Shape } from "../design/Shape.tsx";

interface Props {
  title: string;
  /** What it is, where its title does not say enough. */
  says?: string;
  /** Null while it is not known. */
  items: readonly unknown[] | null;
  /** Said where there is nothing. */
  none: string;
  /** What is there, as items of a list. */
  children: ComponentChildren;
}

/** One of the moderators' lists. Its heading takes the focus when what had it is gone. */
export function Section({ title, says, items, none, children }: Props) {
  const id = useId();
  return (
    <section class="moderation-part" aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {says && <p class="moderation-says">{says}</p>}
      {items === null && <Shape rows={2} />}
      {items?.length === 0 && <p class="moderation-none">{none}</p>}
      {items !== null && items.length > 0 && <ul class="moderation-list">{children}</ul>}
    </section>
  );
}

/** The heading of the list in which `at` is: it takes the focus when `at` goes. */
export function headingOf(at: Element | null): HTMLElement | null {
  return at?.closest(".moderation-part")?.querySelector<HTMLElement>("h2") ?? null;
}
