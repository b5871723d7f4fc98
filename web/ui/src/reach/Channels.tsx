import { useEffect, useId, useMemo } from "preact/hooks";
import { AlarmSettings } from "../alarm/AlarmSettings.tsx";
import { Button } from "../design/Button.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import "../words/more/channels.ts";
import { AddChannel } from "./AddChannel.tsx";
import { ChannelRow } from "./ChannelRow.tsx";
import { ChannelsStore } from "./channels.ts";
import { PushHere } from "./PushHere.tsx";
import "./channels.css";

/** By what one is reached when the page is not open, and how it sounds when it is. */
export function Channels({ api }: { api: Api }) {
  const store = useMemo(() => new ChannelsStore(api), [api]);
  useEffect(() => void store.read(), [store]);
  const heading = useId();
  const all = store.all.value;
  return (
    <section class="channels" aria-labelledby={heading}>
      <h2 id={heading}>{t("channels.title")}</h2>
      <p class="channels-note">{t("channels.about")}</p>
      {store.error.value && (
        <p class="channels-wrong" role="alert">
          {store.error.value}
        </p>
      )}
      {all && (
        <>
          <PushHere store={store} channels={all.channels} />
          <ul class="channels-list">
            {all.channels.map((channel) => (
              <ChannelRow key={channel.id} store={store} channel={channel} />
            ))}
          </ul>
          <Secret store={store} />
          <AddChannel store={store} offered={all.offered} />
        </>
      )}
      <h3>{t("channels.sound")}</h3>
      <AlarmSettings />
    </section>
  );
}

function Secret({ store }: { store: ChannelsStore }) {
  const secret = store.secret.value;
  if (!secret) return null;
  const kept = () => {
    store.secret.value = undefined;
  };
  return (
    <div class="channels-secret" role="status">
      <p>{t("channels.secret")}</p>
      <code>{secret}</code>
      <p class="channels-acts">
        <Button onClick={() => void navigator.clipboard.writeText(secret)}>{t("channels.copy")}</Button>
        <Button onClick={kept}>{t("channels.secret_kept")}</Button>
      </p>
    </div>
  );
}
