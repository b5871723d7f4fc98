import { useState } from "preact/hooks";
import { Choice } from "../ask/Choice.tsx";
import { SPECIALTIES } from "../ask/options.ts";
import { Field } from "../design/Field.tsx";
import { zones } from "../reach/zones.ts";
import { t } from "../words/words.ts";
import { FormSheet } from "./FormSheet.tsx";
import type { Kept, RosterStore } from "./store.ts";
import "../words/more/rosters.ts";

/** A roster without shifts, for an institution that one keeps. */
export function AddSheet({ store, kept, onClose }: { store: RosterStore; kept: readonly Kept[]; onClose: () => void }) {
  const [wish, setWish] = useState({
    institution: kept.length === 1 ? (kept[0]?.institution ?? "") : "",
    name: "",
    specialty: SPECIALTIES[0]?.value ?? "",
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  return (
    <FormSheet title={t("rosters.add")} word={t("rosters.add")} send={() => store.add(wish)} onClose={onClose}>
      {(wrong) => (
        <>
          <Field
            label={t("rosters.institution")}
            hint={t("rosters.institution_hint")}
            value={wish.institution}
            maxLength={200}
            onInput={(event) => setWish({ ...wish, institution: event.currentTarget.value })}
          />
          <Field
            label={t("rosters.name")}
            error={wrong}
            value={wish.name}
            maxLength={80}
            onInput={(event) => setWish({ ...wish, name: event.currentTarget.value })}
          />
          <Choice
            name="specialty"
            label={t("rosters.specialty")}
            value={wish.specialty}
            options={SPECIALTIES.map(({ value, label }) => [value, label] as const)}
            onChange={(specialty) => setWish({ ...wish, specialty })}
          />
          <Choice
            name="zone"
            label={t("rosters.zone")}
            value={wish.zone}
            options={zones(wish.zone)}
            onChange={(zone) => setWish({ ...wish, zone })}
          />
        </>
      )}
    </FormSheet>
  );
}
