/** Where the focus goes in the form. */
import type { FieldName } from "./fields.ts";

/** Put the focus into the field, unfolded if need be. */
export function focusOn(form: HTMLFormElement | null, name: FieldName): void {
  const named = `[name="${name}"]`;
  const field =
    form?.querySelector<HTMLElement>(`${named}[aria-invalid="true"]`) ?? form?.querySelector<HTMLElement>(named);
  const fold = field?.closest("details");
  if (fold) fold.open = true;
  field?.focus();
}

/** Enter leads to the next field, as a form on paper does; Ctrl Enter sends from anywhere. */
export function moveOn(event: KeyboardEvent & { currentTarget: HTMLFormElement }, send: () => void): void {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
  const sends = event.ctrlKey || event.metaKey;
  if (!sends && !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  if (sends) send();
  else next(event.currentTarget, event.target as HTMLInputElement)?.focus();
}

function next(form: HTMLFormElement, from: HTMLInputElement): HTMLElement | undefined {
  const fields = [...form.querySelectorAll<HTMLInputElement>("input, select, textarea, button[type=submit]")];
  const after = fields.slice(fields.indexOf(from) + 1);
  return after.find((field) => field.offsetParent !== null && (field.type !== "radio" || field.name !== from.name));
}
