import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import type { Client } from "../live/client.ts";
import { progressOf } from "../room/people/progress.ts";
import { rightsOf } from "../room/rights.ts";
import type { RoomStore } from "../room/store/store.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { own } from "./AwardAct.tsx";
import { AwardForm } from "./AwardForm.tsx";
import "./awards.css";
import "../words/more/awards.ts";
import "../words/more/room.ts";

interface Props {
  store: RoomStore;
  client: Client;
  me: Me;
}

/** An observer's way to award what the case asks, where their institution has a budget. */
export function AwardOpening({ store, client, me }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (own.given.peek() === null) void own.read();
  }, []);
  const { awards } = rightsOf(store.seat.value, store.card.value, me, client.standing.muted.value !== null);
  if (!awards || !own.given.value?.budget) return null;
  const begin = () => {
    for (const { id, state, frame } of store.waiting.peek())
      if (state === "refused" && isOfCase(store)(frame)) void client.outbox.dismiss(id);
    setOpen(true);
  };
  const shut = () => {
    setOpen(false);
    // Once the button stands there again.
    setTimeout(() => button.current?.focus());
  };
  return (
    <div class="award-opening">
      {open ? (
        <AwardForm target={store.id} store={store} onShut={shut} />
      ) : (
        <Button innerRef={button} onClick={begin}>
          {t("awards.award_opening")}
        </Button>
      )}
      <p class="awards-says" role="status">
        {saidOf(store)}
      </p>
    </div>
  );
}

function saidOf(store: RoomStore): string {
  const progress = progressOf(store, "award", isOfCase(store));
  if (progress.is === "none") return "";
  const going = progress.is === "sending" ? "room.line_sending" : "room.line_not_on_record";
  const says = progress.is === "refused" ? t("room.line_refused", { message: progress.says }) : t(going);
  return `${t("room.post_doing_award")}: ${says}`;
}

/** Whether a command awards the opening question: its event has the id of the case. */
function isOfCase({ id }: RoomStore) {
  return (frame: object) => "target" in frame && frame.target === id;
}
