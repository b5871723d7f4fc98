import { Button } from "../design/Button.tsx";
import { dateOf, timeOfDay } from "../words/format.ts";
import { t } from "../words/words.ts";
import { ChannelProof } from "./ChannelProof.tsx";
import { ChannelUses } from "./ChannelUses.tsx";
import type { Channel, ChannelsStore } from "./channels.ts";
import "../words/more/channels.ts";

export interface Props {
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
      {channel.verified_at === undefined && <ChannelProof store={store} channel={channel} />}
      {used && <ChannelUses store={store} channel={channel} />}
    </li>
  );
}

function stands({ verified_at, disabled_at, sent_at }: Channel): string {
  if (verified_at === undefined) return t("channels.unproved");
  if (disabled_at !== undefined) return t("channels.disabled", { when: dateOf(disabled_at) });
  return sent_at === undefined ? t("channels.never") : t("channels.sent", { when: dateOf(sent_at) });
}
