import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { t } from "../words/words.ts";
import type { Props } from "./ChannelRow.tsx";
import "../words/more/channels.ts";

/** Giving the code that came by it. */
export function ChannelProof({ store, channel: { id, address } }: Props) {
  const [code, setCode] = useState("");
  const [again, setAgain] = useState(false);
  const prove = useSubmit(() => store.prove(id, code.trim()));
  return (
    <form class="channel-proof" onSubmit={prove} noValidate>
      <Field
        label={t("channels.code", { address })}
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={6}
        value={code}
        onInput={(event) => setCode(event.currentTarget.value)}
      />
      <div class="channels-acts">
        <Button type="submit">{t("channels.code_go")}</Button>
        <Button look="bare" onClick={() => void store.newCode(id).then(setAgain)}>
          {t("channels.code_again")}
        </Button>
      </div>
      {again && <p role="status">{t("channels.code_sent")}</p>}
    </form>
  );
}
