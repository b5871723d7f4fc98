import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

interface Props {
  name: string;
  /** What it holds now, in a few words. */
  now: ComponentChildren;
  /** Open whatever was tapped. */
  wanted?: boolean;
  children: () => ComponentChildren;
}

/** A part of the form that is made when it is first opened. */
export function Fold({ name, now, wanted = false, children }: Props) {
  const [opened, setOpened] = useState(wanted);
  return (
    <details class="ask-more" open={wanted} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>
        <span class="ask-more-name">{name}</span> <span class="ask-more-now">{now}</span>
      </summary>
      {(opened || wanted) && <div class="ask-more-fields">{children()}</div>}
    </details>
  );
}
