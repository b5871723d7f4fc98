import { useEffect, useState } from "preact/hooks";
import { Button, ButtonLink } from "../../design/Button.tsx";
import { later, Over } from "../../design/later.tsx";
import { Refused } from "../../wire/refusals.ts";
import { t } from "../../words/words.ts";
import { type Desk, write } from "../desk.ts";
import { Composer } from "./Composer.tsx";
import { ComposerMuted } from "./ComposerMuted.tsx";
import "./composer.css";
import "../../words/more/room.ts";

const PollSheet = later(() => import("../polls/PollSheet.tsx").then((file) => file.PollSheet), Over);

/** Where one writes; or why not, and how to go on. */
export function ComposerPlace({ desk }: { desk: Desk }) {
  const { store, client } = desk;
  const muted = client.standing.muted.value;
  const seat = store.seat.value;
  const writes = "as" in seat && seat.as !== "observe";
  useEffect(() => (writes ? client.standing.wanted() : undefined), [client, writes]);
  if (seat.is === "left") return <p class="composer-place">{t(`room.line_left_${seat.code}`)}</p>;
  if (!("as" in seat)) return null;
  if (store.card.value?.status === "closed") return <Ended desk={desk} />;
  if (seat.as === "observe") return <Observing desk={desk} />;
  if (muted) return <ComposerMuted by={muted} />;
  return seat.as === "follow" ? <Following desk={desk} /> : <Writing desk={desk} />;
}

/** What one asks the room to vote on is written over all else: a form in a form would send both. */
function Writing({ desk }: { desk: Desk }) {
  const close = () => {
    desk.polling.value = false;
  };
  return (
    <>
      <Composer desk={desk} />
      {desk.polling.value && <PollSheet desk={desk} onClose={close} />}
    </>
  );
}

/** Under which terms an observer reads. */
function Observing({ desk }: { desk: Desk }) {
  const { mode, delay_s } = desk.store.here.value.observers;
  return (
    <div class="composer-place">
      <p>
        {t(mode === "delayed" ? "room.say_observe_delayed" : "room.say_observe_live", { seconds: delay_s })}{" "}
        <span class="composer-advice">{desk.store.advice.value}</span>
      </p>
    </div>
  );
}

function Following({ desk }: { desk: Desk }) {
  const [error, setError] = useState<string>();
  const up = () =>
    desk.store.stepUp().then(
      () => write(desk),
      (reason: unknown) => setError(reason instanceof Refused ? reason.message : t("room.say_step_up_down")),
    );
  return (
    <div class="composer-place composer-follow">
      <div>
        <p>{t("room.say_follow")}</p>
        {error && (
          <p class="composer-error" role="alert">
            {error}
          </p>
        )}
      </div>
      <Button look="next" onClick={up}>
        {t("room.say_step_up")}
      </Button>
    </div>
  );
}

function Ended({ desk }: { desk: Desk }) {
  const { store, me } = desk;
  const end = store.timeline.value.findLast((item) => item.is === "note" && item.entry.kind === "closed");
  const how = end?.is === "note" && end.entry.kind === "closed" ? end.entry.body.disposition : "";
  return (
    <div class="composer-place composer-follow">
      <p>
        <strong>{t("room.say_closed")}</strong> <bdi>{how}</bdi>
      </p>
      <div class="composer-links">
        {(store.card.value?.sealed_upto ?? 0) > 0 && (
          <ButtonLink href={`/archive/${store.id}`} icon="archive">
            {t("room.say_to_archive")}
          </ButtonLink>
        )}
        {me.role !== "observer" && (
          <ButtonLink href={`/ask?linked_to=${store.id}`} icon="ask">
            {t("room.say_linked")}
          </ButtonLink>
        )}
      </div>
    </div>
  );
}
