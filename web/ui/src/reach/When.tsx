import { Choice } from "../ask/Choice.tsx";
import { Choices } from "../design/Choices.tsx";
import { Field } from "../design/Field.tsx";
import { t } from "../words/words.ts";
import { Part } from "./Part.tsx";
import type { Draft, ReachStore } from "./store.ts";
import { Weekly } from "./Weekly.tsx";
import { WORKDAYS } from "./weekly.ts";
import { zones } from "./zones.ts";
import "../words/more/reach.ts";

/** In which hours, and in which not. */
export function When({ store, draft }: { store: ReachStore; draft: Draft }) {
  const weekly = draft.rows.length > 0;
  return (
    <Part title={t("reach.when")} says={t("reach.when_says")}>
      <Choice
        name="zone"
        label={t("reach.zone")}
        value={draft.zone}
        options={zones(draft.zone)}
        onChange={(zone) => store.set("zone", zone)}
      />
      <Choices
        legend={t("reach.hours_choice")}
        name="hours"
        choices={[
          { value: "always", label: t("reach.hours_always") },
          { value: "weekly", label: t("reach.hours_weekly") },
        ]}
        value={weekly ? "weekly" : "always"}
        onChoose={(value) => store.set("rows", value === "weekly" ? [WORKDAYS] : [])}
      />
      {weekly && <Weekly rows={draft.rows} onChange={(rows) => store.set("rows", rows)} />}
      <Quiet store={store} draft={draft} />
    </Part>
  );
}

function Quiet({ store, draft: { quiet, stat_through } }: { store: ReachStore; draft: Draft }) {
  const times = [
    ["begins", t("reach.quiet_begins")],
    ["ends", t("reach.quiet_ends")],
  ] as const;
  return (
    <>
      <label class="tick">
        <input
          type="checkbox"
          checked={quiet !== null}
          onChange={() => store.set("quiet", quiet ? null : { begins: "22:00", ends: "07:00" })}
        />
        {t("reach.quiet_on")}
      </label>
      {quiet && (
        <div class="reach-times">
          {times.map(([name, label]) => (
            <Field
              key={name}
              type="time"
              label={label}
              value={quiet[name]}
              onInput={(event) => store.set("quiet", { ...quiet, [name]: event.currentTarget.value })}
            />
          ))}
        </div>
      )}
      <label class="tick">
        <input type="checkbox" checked={stat_through} onChange={() => store.set("stat_through", !stat_through)} />
        {t("reach.stat_through")}
      </label>
    </>
  );
}
