import { useState } from "preact/hooks";
import { Choice } from "../ask/Choice.tsx";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { t } from "../words/words.ts";
import type { NewShift, Roster, RosterStore } from "./store.ts";
import "../words/more/rosters.ts";

const WEEKS = [1, 2, 3, 4, 5, 6, 8];
const EMPTY: NewShift = { handle: "", starts: "", ends: "", every_weeks: 0, until: null };

/** One more shift. */
export function ShiftForm({ store, roster }: { store: RosterStore; roster: Roster }) {
  const [shift, setShift] = useState(EMPTY);
  const [wrong, setWrong] = useState<string>();
  const set = (part: Partial<NewShift>) => setShift({ ...shift, ...part });
  const add = useSubmit(async () => {
    const says = await store.addShift(roster.id, shift);
    setWrong(says);
    if (says !== undefined) return;
    setShift({ ...EMPTY, starts: shift.ends });
    announce(t("rosters.done"));
  });
  return (
    <form class="rosters-form rosters-part" onSubmit={add} noValidate>
      <h3>{t("rosters.shift_add")}</h3>
      <Field
        label={t("rosters.handle")}
        error={wrong}
        value={shift.handle}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => set({ handle: event.currentTarget.value.trim() })}
      />
      <div class="rosters-times">
        {(["starts", "ends"] as const).map((name) => (
          <Field
            key={name}
            type="datetime-local"
            label={t(`rosters.${name}`)}
            value={shift[name]}
            onInput={(event) => set({ [name]: event.currentTarget.value })}
          />
        ))}
      </div>
      <Choice
        name="every"
        label={t("rosters.every")}
        value={String(shift.every_weeks)}
        options={[
          ["0", t("rosters.every_once")],
          ...WEEKS.map((count) => [String(count), t("rosters.every_weeks", { count })] as const),
        ]}
        onChange={(weeks) => set({ every_weeks: Number(weeks), ...(weeks === "0" ? { until: null } : {}) })}
      />
      {shift.every_weeks > 0 && (
        <Field
          type="date"
          label={t("rosters.until")}
          value={shift.until ?? ""}
          onInput={(event) => set({ until: event.currentTarget.value || null })}
        />
      )}
      <Button type="submit">{t("rosters.shift_add")}</Button>
    </form>
  );
}
