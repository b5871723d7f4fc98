/** A draft's doubts: what in it may tell who the patient is, and what its author says of that. */
import type { Signal } from "@preact/signals";
import { type Confirmation, confirming, doubtsOf, lookOver, wordsOf } from "../../identifiers/doubts.ts";
import type { Refusal } from "../../wire/refusals.ts";
import { written } from "../evidence/rows.ts";
import type { Draft } from "./drafts.ts";

type Said = Pick<Draft, "text" | "evidence">;

/** Mark what in the draft is doubtful and not confirmed; whether anything is. */
export async function doubted(draft: Signal<Draft>): Promise<boolean> {
  const { text, evidence, confirmed } = draft.value;
  const cited = await wordsOf(written(evidence));
  const doubts = await lookOver({ text: text.trimEnd(), ...cited }, confirmed);
  draft.value = { ...draft.value, doubts: doubts.length > 0 ? doubts : undefined };
  return doubts.length > 0;
}

/** Say that what is marked identifies nobody. */
export function confirm(draft: Signal<Draft>): void {
  const { doubts = [], confirmed = [] } = draft.value;
  draft.value = { ...draft.value, doubts: undefined, confirmed: [...confirmed, ...confirming(doubts)] };
}

/** The draft with another text, or other evidence: what was marked is looked at anew. */
export function rewritten(draft: Draft, anew: Partial<Said>): Draft {
  return { ...draft, ...anew, doubts: undefined };
}

/** What the server found in what a refused command said. */
export function doubtsIn(refusal: Refusal | undefined, { text, evidence }: Said): Pick<Draft, "doubts"> {
  const { spans, field = "" } = refusal ?? {};
  if (!spans) return {};
  const [, at] = /^evidence\.(\d+)$/.exec(field) ?? [];
  return { doubts: at ? doubtsOf(field, evidence[Number(at)]?.ref ?? "", spans) : doubtsOf("text", text, spans) };
}

/** Whether a doubt stands in the evidence. */
export function inEvidence({ doubts = [] }: Draft): boolean {
  return doubts.some(({ field }) => field !== "text");
}

/** The field of a command; none where nothing is confirmed. */
export function confirmations(confirmed: readonly Confirmation[] = []) {
  return confirmed.length > 0 ? { not_identifying: confirmed.slice(-MOST) } : {};
}

const MOST = 50;
