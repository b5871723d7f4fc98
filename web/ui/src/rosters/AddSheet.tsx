import { useId, useState } from "preact/hooks";
import { Choice } from "../ask/Choice.tsx";
import { SPECIALTIES } from "../ask/options.ts";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { zones } from "../reach/zones.ts";
import { t } from "../words/words.ts";
import type { Kept, RosterStore } from "./store.ts";
import "../words/more/rosters.ts";

/** A roster without shifts, for an institution that one keeps. */
export function AddSheet({ store, kept, onClose }: { store: RosterStore; kept: readonly Kept[]; onClose: () => void }) {
  const form = useId();
  const [wrong, setWrong] = useState<string>();
  const [wish, setWish] = useState({
    institution: kept.length === 1 ? (kept[0]?.institution ?? "") : "",
    name: "",
    specialty: SPECIALTIES[0]?.value ?? "",
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const add = useSubmit(async () => {
    const says = await store.add(wish);
    setWrong(says);
    if (says !== undefined) return;
    announce(t("rosters.done"));
    onClose();
  });
  const foot = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button look="next" type="submit" form={form}>
        {t("rosters.add")}
      </Button>
    </>
  );
  return (
    <Sheet title={t("rosters.add")} onClose={onClose} foot={foot}>
      <form id={form} class="rosters-form" onSubmit={add} noValidate>
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
      </form>
    </Sheet>
  );
}
