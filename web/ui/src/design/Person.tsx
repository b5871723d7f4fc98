import type { By } from "../wire/frames.ts";
import { country, specialty } from "../words/format.ts";
import { known, t } from "../words/words.ts";
import { Icon } from "./Icon.tsx";
import "./person.css";
import "../words/more/people.ts";

/** What a person is called: the handle, or the pseudonym that observers are given. */
export function nameOf(by: By): string {
  if (by.person === "system") return t("people.system");
  return by.handle || by.person;
}

/** Specialty or role, and country: "Paediatric intensive care, Switzerland". */
export function standingOf(by: By): string {
  const word = `common.${by.role}`;
  const what = by.specialty ? specialty(by.specialty) : known(word) ? t(word) : "";
  return [what, by.country ? country(by.country) : ""].filter(Boolean).join(", ");
}

/** A person in one line: name, whether verified, what they are and where. */
export function Person({ by, presents = false }: { by: By; presents?: boolean }) {
  const standing = standingOf(by);
  return (
    <span class="person">
      <bdi class="person-name">{nameOf(by)}</bdi>
      {by.name && <bdi class="person-real">{by.name}</bdi>}
      <Verified tier={by.tier} role={by.role} />
      {presents && <span class="person-presents">{t("people.presenter")}</span>}
      {standing && <span class="person-standing">{standing}</span>}
    </span>
  );
}

function Verified({ tier, role }: { tier: number | undefined; role: string | undefined }) {
  if (tier === undefined) return null;
  if (tier < 2) return <Unverified role={role} tier={tier} />;
  const says = t(tier >= 3 ? "people.tier_3" : "people.tier_2");
  return (
    <span class="person-verified" title={says}>
      <Icon name="check" />
      <span class="quiet">{says}</span>
    </span>
  );
}

/** Below T2 a clinician has only said who they are: their readers are told so. */
function Unverified({ role, tier }: { role: string | undefined; tier: number }) {
  if (role !== "clinician") return null;
  return (
    <span class="person-unverified" title={t(tier ? "people.tier_1" : "people.tier_0")}>
      {t("people.tier", { tier })}
      <span class="quiet">{t(tier ? "people.tier_1" : "people.tier_0")}</span>
    </span>
  );
}
