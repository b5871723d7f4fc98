import { useEffect } from "preact/hooks";
import { type Desk, restore } from "../desk.ts";
import { doubtsIn } from "./doubting.ts";
import { EMPTY } from "./drafts.ts";

/** A post in which the server found what may tell who the patient is comes back into the composer, if that is empty. */
export function useReturned(desk: Desk): void {
  const returned = desk.store.waiting.value.find(
    (one) => one.state === "refused" && one.frame.t === "post" && one.refusal.code === "identifiers_found",
  );
  const free = desk.draft.value.text === "";
  useEffect(() => {
    if (!free || returned?.state !== "refused" || returned.frame.t !== "post") return;
    const { text, kind = "comment", reply_to, to, evidence = [], not_identifying } = returned.frame;
    const doubts = doubtsIn(returned.refusal, text);
    restore(desk, { ...EMPTY, text, kind, reply_to, to, evidence, confirmed: not_identifying, ...doubts });
    void desk.client.outbox.dismiss(returned.id);
  }, [free, returned?.id]);
}
