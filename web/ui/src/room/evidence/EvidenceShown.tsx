import { later, Nothing } from "../../design/later.tsx";
import type { Evidence } from "../../wire/frames.ts";

const EvidenceList = later(() => import("./EvidenceList.tsx").then((file) => file.EvidenceList), Nothing);

/** What a claim rests on: what reads it comes with the first claim that rests on something. */
export function EvidenceShown({ evidence }: { evidence: readonly Evidence[] }) {
  return evidence.length > 0 ? <EvidenceList evidence={evidence} /> : null;
}
