import { Acuity } from "../../design/Acuity.tsx";
import { t } from "../../words/words.ts";
import type { RoomStore } from "../store/store.ts";
import { FirstAdvice } from "./FirstAdvice.tsx";
import "./band.css";
import "../../words/more/room.ts";

/** The case in two lines, which open it: how urgent and what it is, what is asked and how much is pinned. */
export function CaseBand({ store, onOpen }: { store: RoomStore; onOpen: () => void }) {
  const of = store.case.value;
  if (!of) return <div class="band band-blank" aria-busy="true" />;
  const pins = store.pinned.value.length;
  return (
    <div class="band">
      <Acuity level={of.acuity} />
      <h1 class="band-title">
        <button type="button" class="band-open" aria-haspopup="dialog" onClick={onOpen}>
          <bdi>{of.title}</bdi>
        </button>
      </h1>
      <p class="band-asked">
        <bdi class="band-request">{of.request}</bdi>
        {pins > 0 && <span class="band-pins">{t("room.case_pins", { count: pins })}</span>}
      </p>
      <FirstAdvice store={store} />
    </div>
  );
}
