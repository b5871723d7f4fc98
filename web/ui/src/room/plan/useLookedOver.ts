import { useState } from "preact/hooks";
import { type Confirmation, confirming, type Doubt, lookOver } from "../../identifiers/doubts.ts";
import { confirmations } from "../composer/doubting.ts";

type Confirmed = ReturnType<typeof confirmations>;

/** Sends texts once nothing in them is in doubt, or its author has confirmed it; `doubts` is what is to be asked. */
export function useLookedOver(send: (confirmed: Confirmed) => Promise<unknown>) {
  const [doubts, setDoubts] = useState<readonly Doubt[]>([]);
  const [confirmed, setConfirmed] = useState<readonly Confirmation[]>([]);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const ask = async (said: Readonly<Record<string, string>>, by = confirmed) => {
    const found = await lookOver(said, by);
    setTexts(said);
    setDoubts(found);
    if (found.length === 0) await send(confirmations(by));
  };
  const confirm = () => {
    const all = [...confirmed, ...confirming(doubts)];
    setConfirmed(all);
    void ask(texts, all);
  };
  return { doubts, ask, confirm, edit: () => setDoubts([]) };
}
