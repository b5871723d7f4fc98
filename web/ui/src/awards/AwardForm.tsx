import { useEffect, useRef, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { type Desk, shut } from "../room/desk.ts";
import { t } from "../words/words.ts";
import { own } from "./AwardAct.tsx";
import { left } from "./given.ts";
import { money, sums } from "./money.ts";
import "./awards.css";
import "../words/more/awards.ts";
import "../words/more/room.ts";

/** Where an observer awards a post: one tap on a sum gives it. */
export function AwardForm({ post, desk }: { post: string; desk: Desk }) {
  const [error, setError] = useState<string>();
  const place = useRef<HTMLFieldSetElement>(null);
  useEffect(() => place.current?.querySelector("button")?.focus(), []);
  const given = own.given.value;
  if (!given?.budget) return null;
  const { currency, budget } = given;
  const give = async (cents: number) => {
    try {
      await desk.store.command("award", { target: post, cents, currency });
      announce(t("awards.sealed"));
      shut(desk);
      void own.read();
    } catch {
      setError(t("room.say_not_kept"));
    }
  };
  return (
    <fieldset ref={place} class="post-form award-form" onKeyDown={(event) => event.key === "Escape" && shut(desk)}>
      <legend>{t("awards.how_much")}</legend>
      <div class="award-acts">
        {sums(given).map((cents) => (
          <Button key={cents} disabled={cents > left(budget)} onClick={() => void give(cents)}>
            {money(cents, currency)}
          </Button>
        ))}
        <Button look="bare" onClick={() => shut(desk)}>
          {t("common.cancel")}
        </Button>
      </div>
      <p class="awards-says">
        {t("awards.merit")} {t("awards.left", { left: money(left(budget), currency), year: String(budget.year) })}
      </p>
      <p class="award-wrong" role="alert">
        {error}
      </p>
    </fieldset>
  );
}
