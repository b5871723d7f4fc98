import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Sheet } from "../../design/Sheet.tsx";
import { CaseBody, CaseLine, type CaseProps } from "./CaseZone.tsx";
import "./case.css";

interface Props extends CaseProps {
  onClose: () => void;
  children?: ComponentChildren;
}

/** The case over the timeline, which keeps its place; `children` below. */
export function CaseSheet({ onClose, onJump, children, ...props }: Props) {
  const of = props.store.case.value;
  const jump = useAfterwards(onJump);
  if (!of) return null;
  const go = (id: string) => {
    jump.current = id;
    onClose();
  };
  return (
    <Sheet title={of.title} onClose={onClose}>
      <div class="zone zone-over case">
        <CaseLine store={props.store} of={of} />
        <CaseBody {...props} of={of} onJump={go} heading="h3" />
        {children}
      </div>
    </Sheet>
  );
}

/** The sheet gives the focus back when it closes; only then can the jump take it. */
function useAfterwards(onJump: (id: string) => void) {
  const wanted = useRef<string | null>(null);
  useEffect(
    () => () => {
      const { current } = wanted;
      if (current) queueMicrotask(() => onJump(current));
    },
    [],
  );
  return wanted;
}
