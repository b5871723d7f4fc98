/** What all forms do that open at a post. */

/** The focus is in the form, and the whole form in sight once the list has made room for it. */
export function shown(form: HTMLFormElement | null, block: "nearest" | "start" = "nearest"): () => void {
  form?.querySelector<HTMLElement>("input, select, textarea")?.focus({ preventScroll: true });
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => form?.scrollIntoView({ block }));
  });
  return () => cancelAnimationFrame(frame);
}

/** Ctrl Enter sends, Escape closes. */
export function keys(send: (event: Event) => void, cancel: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event);
    else if (event.key === "Escape") cancel();
  };
}
