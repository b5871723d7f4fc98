import { useEffect, useRef } from "preact/hooks";

/** The form's box has the focus as soon as the form is there. */
export function useFirst() {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("textarea")?.focus(), []);
  return form;
}
