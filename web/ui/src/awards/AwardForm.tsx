import { useEffect, useRef, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import type { RoomStore } from "../room/store/store.ts";
import { t } from "../words/words.ts";
import { own } from "./AwardAct.tsx";
import { left } from "./given.ts";
import { money, sums } from "./money.ts";
import "./awards.css";
import "../words/more/awards.ts";
import "../words/more/room.ts";

interface Props {
  /** The post, or the case itself for its opening question. */
  target: string;
  store: Pick<RoomStore, "command">;
  onShut: () => void;
}

/** Where an observer awards what was said or asked: one tap on a sum gives it. */
export function AwardForm({ target, store, onShut }: Props) {
  const [error, setError] = useState<string>();
  const place = useRef<HTMLFieldSetElement>(null);
  useEffect(() => place.current?.querySelector("button")?.focus(), []);
  const given = own.given.value;
  if (!given?.budget) return null;
  const { currency, budget } = given;
  const give = async (cents: number) => {
    try {
      await store.command("award", { target, cents, currency });
      announce(t("awards.sealed"));
      onShut();
      void own.read();
    } catch {
      setError(t("room.say_not_kept"));
    }
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    // It may stand in a sheet, which Escape would take away as well.
    event.preventDefault();
    onShut();
  };
  return (
    <fieldset ref={place} class="post-form award-form" onKeyDown={keys}>
      <legend>{t("awards.how_much")}</legend>
      <div class="award-acts">
        {sums(given).map((cents) => (
          <Button key={cents} disabled={cents > left(budget)} onClick={() => void give(cents)}>
            {money(cents, currency)}
          </Button>
        ))}
        <Button look="bare" onClick={onShut}>
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
