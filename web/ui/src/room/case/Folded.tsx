import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { Written } from "../../design/Written.tsx";
import { t } from "../../words/words.ts";
import "./folded.css";
import "../../words/more/room.ts";

/** What somebody wrote, of which `lines` lines are seen until one asks for the rest. `of`: what it is, in words. */
export function Folded({ text, lines, of }: { text: string; lines: number; of: string }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLParagraphElement>(null);
  const id = useId();
  const long = useOverflow(box, open);
  return (
    <div class="folded">
      <p ref={box} id={id} class={open ? "said" : "said folded-text"} style={{ "--lines": lines }}>
        <Written text={text} />
      </p>
      {long && (
        <Button look="bare" class="folded-more" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {t(open ? "room.case_less" : "room.case_more")}
          <span class="quiet">: {of}</span>
        </Button>
      )}
    </div>
  );
}

/** Whether there is more than is seen; as it was then while all is. */
function useOverflow(box: { current: HTMLElement | null }, open: boolean): boolean {
  const [long, setLong] = useState(false);
  useLayoutEffect(() => {
    const { current } = box;
    if (!current || open) return undefined;
    const measure = () => setLong(current.scrollHeight > current.clientHeight + 1);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(current);
    return () => watch.disconnect();
  }, [open]);
  return long;
}
