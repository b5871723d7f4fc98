import type { Doubt } from "../../identifiers/doubts.ts";
import { t } from "../../words/words.ts";
import "../../words/more/evidence.ts";

/** The field in which a doubt stands, where it is not the text itself. */
export function placeOf(field: string): string | undefined {
  return field === "text" ? undefined : t("evidence.ref");
}

/** The field of `form` in which a doubt stands gets the focus, with its words chosen: the next key replaces them. */
export function choose(form: HTMLFormElement | null, { field, place }: Doubt): void {
  const box = form?.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${field}"]`);
  if (!box) return;
  box.focus();
  box.setSelectionRange(...chosen(field, box.value, place));
}

/** Where `place`, in the code points that are sent, lies in what stands in the field. */
export function chosen(field: string, value: string, [from, to]: Doubt["place"]): [number, number] {
  // The space before a reference is not sent.
  const start = field === "text" ? 0 : value.length - value.trimStart().length;
  const points = [...value.slice(start)];
  const before = start + points.slice(0, from).join("").length;
  return [before, before + points.slice(from, to).join("").length];
}
