import { useMemo } from "preact/hooks";
import { Choice } from "../ask/Choice.tsx";
import { SPECIALTIES } from "../ask/options.ts";
import { Field } from "../design/Field.tsx";
import { country } from "../words/format.ts";
import { intl } from "../words/locale.ts";
import { t } from "../words/words.ts";
import { type Claim, COUNTRIES, inCountry, licencesOf } from "./claim.ts";
import type { Licence } from "./types.ts";
import "../words/more/register.ts";

interface Props {
  claim: Claim;
  licences: readonly Licence[];
  onChange: (claim: Claim) => void;
}

/** Who one is and by which licence one works: held apart from the handle, which is all that others see. */
export function ClaimFields({ claim, licences, onChange }: Props) {
  const countries = useMemo(byName, []);
  return (
    <>
      <Field
        label={t("register.given")}
        name="given"
        autocomplete="given-name"
        value={claim.given}
        onInput={(event) => onChange({ ...claim, given: event.currentTarget.value })}
      />
      <Field
        label={t("register.family")}
        name="family"
        autocomplete="family-name"
        value={claim.family}
        onInput={(event) => onChange({ ...claim, family: event.currentTarget.value })}
      />
      <Field
        label={t("register.email")}
        hint={t("register.email_hint")}
        name="email"
        autocomplete="email"
        inputMode="email"
        value={claim.email}
        onInput={(event) => onChange({ ...claim, email: event.currentTarget.value.trim() })}
      />
      <Choice
        name="country"
        label={t("register.country")}
        value={claim.country}
        options={countries}
        onChange={(code) => onChange(inCountry(claim, code, licences))}
      />
      <Choice
        name="specialty"
        label={t("register.specialty")}
        value={claim.specialty}
        options={[["", t("register.none")], ...SPECIALTIES.map(({ value, label }) => [value, label] as const)]}
        onChange={(specialty) => onChange({ ...claim, specialty })}
      />
      {claim.country && <LicenceFields claim={claim} licences={licences} onChange={onChange} />}
    </>
  );
}

function LicenceFields({ claim, licences, onChange }: Props) {
  const known = licencesOf(licences, claim.country);
  const chosen = known.find((one) => one.register === claim.register);
  if (!chosen) return <p class="verify-note">{t("register.no_format")}</p>;
  return (
    <Field
      label={chosen.name}
      hint={t(chosen.guessed ? "register.number_guessed" : "register.number_hint", { example: chosen.example })}
      name="number"
      autocomplete="off"
      spellcheck={false}
      value={claim.number}
      onInput={(event) => onChange({ ...claim, number: event.currentTarget.value })}
    />
  );
}

function byName(): (readonly [string, string])[] {
  const { compare } = new Intl.Collator(intl);
  const named = COUNTRIES.map((code) => [code, country(code)] as const);
  return [["", t("register.choose")], ...named.sort((one, other) => compare(one[1], other[1]))];
}
