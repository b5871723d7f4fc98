import type { Evidence } from "../../wire/frames.ts";

type Kind = Evidence["type"];

export const EVIDENCE_KINDS: readonly Kind[] = ["pmid", "doi", "pmcid", "nct", "url", "guideline", "experience"];

/** Where each kind of reference is found; null for what is not written as such a reference is. */
const ADDRESSES: Record<Kind, (ref: string) => string | null> = {
  pmid: (ref) => matched(/^[1-9]\d{0,7}$/, ref, "https://pubmed.ncbi.nlm.nih.gov/"),
  pmcid: (ref) => matched(/^PMC\d+$/i, ref, "https://pmc.ncbi.nlm.nih.gov/articles/"),
  doi: (ref) => matched(/^10\.\d{4,9}\/\S+$/, ref, "https://doi.org/"),
  nct: (ref) => matched(/^NCT\d{8}$/i, ref, "https://clinicaltrials.gov/study/"),
  url: web,
  guideline: web,
  experience: () => null,
};

/** The web address of a piece of evidence, http or https; null where it has none. */
export function addressOf({ type, ref }: Evidence): string | null {
  return ADDRESSES[type]?.(ref.trim().replace(/^(pmid|doi):\s*/i, "")) ?? null;
}

function matched(form: RegExp, ref: string, place: string): string | null {
  return form.test(ref) ? place + encodeURI(ref).replace(/[?#]/g, encodeURIComponent) : null;
}

function web(ref: string): string | null {
  if (!URL.canParse(ref)) return null;
  const { protocol, href } = new URL(ref);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
