import { useEffect, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { t } from "../words/words.ts";
import { FileForm } from "./FileForm.tsx";
import { Removing } from "./Removing.tsx";
import { ShiftForm } from "./ShiftForm.tsx";
import type { Roster, RosterStore, Shift } from "./store.ts";
import { timesOf } from "./times.ts";
import "../words/more/rosters.ts";

/** The shifts of a roster, and what can be done with it. */
export function ShiftsSheet({ store, roster, onClose }: { store: RosterStore; roster: Roster; onClose: () => void }) {
  const [wrong, setWrong] = useState<string>();
  useEffect(() => void store.open(roster.id).then(setWrong), [store, roster.id]);
  const shifts = store.shifts.value;
  return (
    <Sheet title={t("rosters.shifts_of", { name: roster.name })} onClose={onClose}>
      <div class="rosters-form">
        <p class="rosters-wrong" role="alert" hidden={!wrong}>
          {wrong}
        </p>
        {shifts === null && !wrong && <Shape rows={3} />}
        {shifts?.length === 0 && <p>{t("rosters.shifts_none")}</p>}
        <ul class="rosters-rows">
          {shifts?.map((shift) => (
            <Line
              key={shift.id}
              shift={shift}
              onRemove={async () => setWrong(await store.removeShift(roster.id, shift.id))}
            />
          ))}
        </ul>
        <ShiftForm store={store} roster={roster} />
        <FileForm store={store} roster={roster} />
        <Removing
          onRemove={async () => {
            const says = await store.remove(roster.id);
            setWrong(says);
            if (says !== undefined) return;
            announce(t("rosters.done"));
            onClose();
          }}
        />
      </div>
    </Sheet>
  );
}

function Line({ shift, onRemove }: { shift: Shift; onRemove: () => Promise<void> }) {
  return (
    <li class="rosters-row">
      <div>
        <b>
          <bdi>{shift.handle}</bdi>
        </b>
        <p class="rosters-note">{timesOf(shift)}</p>
      </div>
      <Button
        look="grave"
        aria-label={`${t("rosters.shift_remove")}: ${shift.handle}, ${timesOf(shift)}`}
        onClick={() => void onRemove()}
      >
        {t("rosters.shift_remove")}
      </Button>
    </li>
  );
}
