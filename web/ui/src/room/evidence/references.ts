/** How references are written, by the server's own file: realtime/rooms/evidence/references.py. */
import file from "../../../../../realtime/rooms/evidence/forms.json";
import type { Evidence } from "../../wire/frames.ts";

export type Kind = Evidence["type"];

export const EVIDENCE_KINDS: readonly Kind[] = ["pmid", "doi", "pmcid", "nct", "url", "guideline", "experience"];
/** Those that are written in one way only. */
const NUMBERED: readonly Kind[] = ["pmid", "pmcid", "doi", "nct"];
const CAPITALS: ReadonlySet<string> = new Set(file.capitals);
const FORMS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries(file.forms).map(([kind, form]) => [kind, new RegExp(`^(?:${form})$`, "i")]),
);

/** The reference as it is kept; null where it is not written as its kind is. Of guidelines and experience: any words. */
export function normal(kind: Kind, ref: string): string | null {
  const form = FORMS.get(kind);
  if (form === undefined) return ref.trim() === "" ? null : ref;
  const found = form.exec(kind === "url" ? ref : ref.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""));
  const kept = found?.slice(1).find((group) => group !== undefined);
  if (kept === undefined) return null;
  return CAPITALS.has(kind) ? kept.toUpperCase() : kept;
}

/** What two references to the same have in common. */
export function keyOf({ type, ref }: Evidence): string {
  const kept = normal(type, ref) ?? ref;
  return `${type} ${type === "doi" ? kept.toLowerCase() : kept}`;
}

/** Digits alone that are a PMID and not a year or a page. */
const BARE_PMID = /^[1-9][0-9]{5,7}$/;
const DOI_WITHIN =
  /^https?:\/\/\S+?\/(10\.[0-9]{4,9}\/[-._;()/:A-Za-z0-9]+?)(?:\.pdf|\/full(?:text)?|\/pdf|\/abstract)?(?:[?#]\S*)?$/i;

/** What was pasted or typed, as the evidence that it is; null where nothing tells. */
export function recognised(text: string): Pick<Evidence, "type" | "ref"> | null {
  const said = text.trim().replace(/^[<([]+|[>\].,;]+$/g, "");
  for (const type of NUMBERED) {
    const ref = type === "pmid" && /^[0-9]/.test(said) && !BARE_PMID.test(said) ? null : normal(type, said);
    if (ref !== null) return { type, ref };
  }
  const within = DOI_WITHIN.exec(said)?.[1];
  if (within !== undefined) return { type: "doi", ref: within };
  const url = normal("url", said);
  return url === null ? null : { type: "url", ref: url };
}

const PLACES: Partial<Record<Kind, string>> = {
  pmid: "https://pubmed.ncbi.nlm.nih.gov/",
  pmcid: "https://pmc.ncbi.nlm.nih.gov/articles/",
  doi: "https://doi.org/",
  nct: "https://clinicaltrials.gov/study/",
};

/** The web address of a piece of evidence, http or https; null where it has none. */
export function addressOf({ type, ref }: Evidence): string | null {
  const place = PLACES[type];
  const kept = normal(type, ref);
  if (kept !== null && place !== undefined) return place + encodeURI(kept).replace(/[?#]/g, encodeURIComponent);
  return type === "url" || type === "guideline" ? web(ref.trim()) : null;
}

function web(ref: string): string | null {
  if (!URL.canParse(ref)) return null;
  const { protocol, href } = new URL(ref);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
