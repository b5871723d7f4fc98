import { useState } from "preact/hooks";
import { Button } from "../../design/Button.tsx";
import { Written } from "../../design/Written.tsx";
import { said, t } from "../../words/words.ts";
import { type Desk, nameIn } from "../desk.ts";
import type { HandOver } from "../fold/offices.ts";
import { progressOf, send } from "../people/progress.ts";
import { TakeOver } from "./TakeOver.tsx";
import "../../words/more/plan.ts";
import "./handingover.css";
import "../../words/more/room.ts";

/** That somebody is asked to take the case over: to them the question, to who presents it that it waits. */
export function HandingOver({ desk }: { desk: Desk }) {
  const { store, me, rights } = desk;
  const asked = store.card.value?.hand_over;
  if (!asked || !rights.value.writes) return null;
  if (asked.person === me.person) return <Asked key={asked.id} desk={desk} asked={asked} />;
  if (!rights.value.hands_over) return null;
  const name = <bdi>{nameIn(desk, asked.person)}</bdi>;
  return (
    <div class="handing">
      <p>{said("plan.handing", { name })}</p>
      <Back desk={desk} />
    </div>
  );
}

/** The presenter's own name takes the question back. */
function Back({ desk }: { desk: Desk }) {
  const { store } = desk;
  const progress = progressOf(store, "hand_over");
  const under = progress.is === "sending" || progress.is === "kept";
  const back = () => {
    if (!under) void send(desk, "hand_over", { person: store.card.value?.presenter ?? "" });
  };
  return (
    <Button aria-disabled={under} onClick={back}>
      {t(under ? `room.do_${progress.is}` : "plan.handing_back")}
    </Button>
  );
}

function Asked({ desk, asked }: { desk: Desk; asked: HandOver }) {
  const [answer, setAnswer] = useState<"accept" | "decline" | null>(null);
  const name = <bdi>{nameIn(desk, asked.by)}</bdi>;
  return (
    <section class="handing handing-you" aria-label={t("plan.hand_over")}>
      <p>
        <strong>{said("plan.handed_you", { name })}</strong>
      </p>
      {asked.note && (
        <p class="said">
          <span class="handing-word">{t("plan.handed_note")}</span> <Written text={asked.note} />
        </p>
      )}
      {answer ? (
        <TakeOver desk={desk} page={asked.id} answer={answer} onBack={() => setAnswer(null)} />
      ) : (
        <div class="handing-acts">
          <Button look="next" onClick={() => setAnswer("accept")}>
            {t("plan.handed_accept")}
          </Button>
          <Button onClick={() => setAnswer("decline")}>{t("plan.handed_decline")}</Button>
        </div>
      )}
    </section>
  );
}
