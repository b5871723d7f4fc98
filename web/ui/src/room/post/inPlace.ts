/** What all forms do that open at a post. */

/** The list makes room for a form, and finds its own place, over some frames: so many without a move are its end. */
const CALM_FRAMES = 3;

/** The focus is in the form, and the whole form in sight once the list has made room for it. */
export function shown(form: HTMLFormElement | null, block: "nearest" | "start" = "nearest"): () => void {
  form?.querySelector<HTMLElement>("input, select, textarea")?.focus({ preventScroll: true });
  let [top, calm] = [Number.NaN, 0];
  const look = () => {
    const now = form?.getBoundingClientRect().top ?? 0;
    calm = now === top ? calm + 1 : 0;
    top = now;
    if (calm < CALM_FRAMES) frame = requestAnimationFrame(look);
    else form?.scrollIntoView({ block });
  };
  let frame = requestAnimationFrame(look);
  return () => cancelAnimationFrame(frame);
}

/** Ctrl Enter sends, Escape closes. */
export function keys(send: (event: Event) => void, cancel: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event);
    else if (event.key === "Escape") cancel();
  };
}
