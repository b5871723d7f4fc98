import type { Evidence } from "../../wire/frames.ts";
import { known, t } from "../../words/words.ts";
import { levelWords } from "./levels.ts";
import { addressOf, normal } from "./references.ts";
import "./evidence.css";
import "../../words/more/evidence.ts";
import "../../words/more/room.ts";

/** What a claim rests on: each reference as a link where it can be looked up, how strong it is, and what is not known. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <ul class="evidence" aria-label={t("room.post_evidence")}>
      {evidence.map((one, at) => (
        <li key={at} class="evidence-chip">
          <Reference of={one} />
          <span class="evidence-level">{levelOf(one)}</span>
          {isNumbered(one) && <span class="evidence-level">{t("evidence.unresolved")}</span>}
        </li>
      ))}
    </ul>
  );
}

function Reference({ of }: { of: Evidence }) {
  const address = addressOf(of);
  const type = `evidence.${of.type}`;
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

/** How strong it is said to be, in the words of the scheme where they are known. */
export function levelOf(one: Evidence): string {
  const { level, scheme, question_type } = one;
  if (!level) return t("evidence.level_none");
  const words = levelWords(one);
  const question = `evidence.question_${question_type}`;
  if (words !== undefined && known(question)) return t("evidence.level_words", { level, question: t(question), words });
  return scheme ? t("evidence.level_of", { scheme, level }) : t("evidence.level_bare", { level });
}

function isNumbered({ type, ref }: Evidence): boolean {
  return type !== "guideline" && type !== "experience" && normal(type, ref) !== null;
}
