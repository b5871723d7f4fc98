import type { Evidence } from "../../wire/frames.ts";
import { known, t } from "../../words/words.ts";
import { addressOf } from "./evidence.ts";
import "../../words/more/room.ts";

/** What a claim rests on; as links where it can be looked up. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <ul class="evidence" aria-label={t("room.post_evidence")}>
      {evidence.map((one, at) => (
        <li key={at}>
          <Reference of={one} />
          {one.level && <span class="evidence-level">{t("room.post_level", { level: one.level })}</span>}
        </li>
      ))}
    </ul>
  );
}

function Reference({ of }: { of: Evidence }) {
  const address = addressOf(of);
  const type = `room.evidence_${of.type}`;
  const label = (
    <>
      {known(type) ? t(type) : of.type} <bdi>{of.ref}</bdi>
    </>
  );
  if (address === null) return <span>{label}</span>;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  );
}
