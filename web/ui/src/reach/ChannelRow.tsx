import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import { dateOf, timeOfDay } from "../words/format.ts";
import { t } from "../words/words.ts";
import { type Channel, type ChannelsStore, NOTICES, type NoticeKind, USED_FOR } from "./channels.ts";
import "../words/more/channels.ts";

interface Props {
  store: ChannelsStore;
  channel: Channel;
}

/** One channel: what is known of it, and what can be done. */
export function ChannelRow({ store, channel }: Props) {
  const { id, kind, label, address } = channel;
  const tried = store.tried.value[id];
  const used = channel.verified_at !== undefined && channel.disabled_at === undefined;
  return (
    <li class="channel">
      <div class="channel-head">
        <div>
          <b>{label || t(`channels.${kind}`)}</b>
          <span>
            {t(`channels.${kind}`)} · <bdi>{address}</bdi>
          </span>
          <span>{stands(channel)}</span>
        </div>
        <div class="channels-acts">
          {used && <Button onClick={() => void store.test(id)}>{t("channels.test")}</Button>}
          <Button look="grave" onClick={() => void store.remove(id)}>
            {t("channels.remove")}
          </Button>
        </div>
      </div>
      {tried && (
        <p class={tried.error === null ? "channel-went" : "channel-failed"} role="status">
          {tried.error === null
            ? t("channels.test_sent", { when: timeOfDay(tried.at) })
            : t("channels.test_failed", { error: tried.error })}
        </p>
      )}
      {channel.verified_at === undefined && <Proof store={store} channel={channel} />}
      {used && <Uses store={store} channel={channel} />}
    </li>
  );
}

function stands({ verified_at, disabled_at, sent_at }: Channel): string {
  if (verified_at === undefined) return t("channels.unproved");
  if (disabled_at !== undefined) return t("channels.disabled", { when: dateOf(disabled_at) });
  return sent_at === undefined ? t("channels.never") : t("channels.sent", { when: dateOf(sent_at) });
}

function Proof({ store, channel: { id, address } }: Props) {
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

/** For which notices it is wanted. */
function Uses({ store, channel: { id, kind, notices } }: Props) {
  const chosen = notices ?? NOTICES;
  const tick = (one: NoticeKind) =>
    void store.choose(id, chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  return (
    <details class="channel-uses">
      <summary>{t("channels.for")}</summary>
      {USED_FOR[kind].map((one) => (
        <label key={one} class="tick">
          <input type="checkbox" checked={chosen.includes(one)} onChange={() => tick(one)} />
          {t(`channels.for_${one}`)}
        </label>
      ))}
      <p class="channels-note">{t("channels.for_stat")}</p>
    </details>
  );
}
