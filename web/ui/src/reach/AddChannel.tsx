import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { t } from "../words/words.ts";
import type { ChannelsStore, Kind } from "./channels.ts";
import "../words/more/channels.ts";

type Typed = Exclude<Kind, "push">;

const TYPED: readonly Typed[] = ["sms", "voice", "email", "webhook"];
const KEYBOARDS: Readonly<Record<Typed, "tel" | "email" | "url">> = {
  sms: "tel",
  voice: "tel",
  email: "email",
  webhook: "url",
};

/** Adding what has an address: a number, a mailbox, a webhook; only what this server can send by. */
export function AddChannel({ store, offered }: { store: ChannelsStore; offered: readonly Kind[] }) {
  const kinds = TYPED.filter((kind) => offered.includes(kind));
  const [kind, setKind] = useState<Typed>();
  const [to, setTo] = useState("");
  const [label, setLabel] = useState("");
  const send = useSubmit(async () => {
    if (!kind || !(await store.add(kind, to.trim(), label.trim()))) return;
    setKind(undefined);
    setTo("");
    setLabel("");
  });
  return (
    <form class="channels-add" onSubmit={send} noValidate>
      <fieldset class="channels-kinds">
        <legend>{t("channels.add")}</legend>
        {kinds.map((one) => (
          <label key={one} class="tick">
            <input type="radio" name="channel-kind" checked={one === kind} onChange={() => setKind(one)} />
            {t(`channels.${one}`)}
          </label>
        ))}
      </fieldset>
      {kind && (
        <>
          <Field
            label={t(`channels.to_${kind}`)}
            hint={t(`channels.to_${kind}_hint`)}
            inputMode={KEYBOARDS[kind]}
            autocomplete={kind === "webhook" ? "off" : KEYBOARDS[kind]}
            dir="ltr"
            value={to}
            onInput={(event) => setTo(event.currentTarget.value)}
          />
          <Field
            label={t("channels.label")}
            hint={t("channels.label_hint")}
            maxLength={60}
            value={label}
            onInput={(event) => setLabel(event.currentTarget.value)}
          />
          <Button type="submit">{t("channels.add_go")}</Button>
        </>
      )}
    </form>
  );
}
