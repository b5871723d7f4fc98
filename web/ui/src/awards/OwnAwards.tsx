import { useEffect, useMemo } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Choices } from "../design/Choices.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { AwardCard } from "./AwardCard.tsx";
import { type Choice, FORMS, type Received, ReceivedAwards, type Way } from "./received.ts";
import "./awards.css";
import "../words/more/awards.ts";

const WAYS: readonly Way[] = ["blind", "identified"];

/** An author's awards, once their cases are closed, and how they want them. */
export function OwnAwards({ api }: { api: Pick<Api, "get" | "post" | "put"> }) {
  const own = useMemo(() => new ReceivedAwards(api), [api]);
  useEffect(() => void own.read(), [own]);
  const received = own.received.value;
  return (
    <main class="page awards">
      <h1>{t("awards.title")}</h1>
      <p class="awards-says">{t("awards.says")}</p>
      {received ? <Lists own={own} received={received} /> : <Until own={own} />}
    </main>
  );
}

function Until({ own }: { own: ReceivedAwards }) {
  if (!own.failed.value) return <Shape rows={4} />;
  return (
    <Blank says={t("awards.failed")}>
      <Button onClick={() => void own.read()}>{t("common.retry")}</Button>
    </Blank>
  );
}

function Lists({ own, received }: { own: ReceivedAwards; received: Received }) {
  const { awards, choice } = received;
  return (
    <>
      {awards.length === 0 && <p class="awards-none">{t("awards.none")}</p>}
      {awards.length > 0 && (
        <ul class="awards-list">
          {awards.map((award) => (
            <AwardCard key={`${award.room}-${award.number}`} award={award} choice={choice} own={own} />
          ))}
        </ul>
      )}
      <Wanted own={own} choice={choice} />
    </>
  );
}

/** What the cards begin with; each award is still answered by itself. */
function Wanted({ own, choice }: { own: ReceivedAwards; choice: Choice }) {
  const choose = async (wish: Choice) => {
    const wrong = await own.choose(wish);
    announce(wrong ?? t("awards.chosen"));
  };
  return (
    <section class="awards-choice" aria-labelledby="awards-choice">
      <h2 id="awards-choice">{t("awards.choice")}</h2>
      <p class="awards-says">{t("awards.choice_says")}</p>
      <Choices
        legend={t("awards.way")}
        name="award-way"
        choices={WAYS.map((value) => ({ value, label: t(`awards.way_${value}`), says: t(`awards.way_${value}_says`) }))}
        value={choice.way}
        onChoose={(way) => void choose({ ...choice, way })}
      />
      <Choices
        legend={t("awards.form")}
        name="award-form"
        choices={FORMS.map((value) => ({ value, label: t(`awards.form_${value}`) }))}
        value={choice.form}
        onChoose={(form) => void choose({ ...choice, form })}
      />
    </section>
  );
}
