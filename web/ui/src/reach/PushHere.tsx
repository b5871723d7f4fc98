import { useEffect } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import type { Channel, ChannelsStore } from "./channels.ts";
import { lookAtPush, ownChannel, pushState } from "./push.ts";
import "../words/more/channels.ts";

/** Push in this browser: on, or what one has to do. */
export function PushHere({ store, channels }: { store: ChannelsStore; channels: readonly Channel[] }) {
  useEffect(() => void lookAtPush(), []);
  const own = channels.find(({ id }) => id === ownChannel());
  const state = pushState.value;
  if (state === "ready" && own && !own.disabled_at) return <p class="channels-on">{t("channels.push_on")}</p>;
  if (state === "missing" || state === "blocked") return <p class="channels-note">{t(`channels.push_${state}`)}</p>;
  return (
    <div class="channels-push">
      <p class="channels-note">{t("channels.push_about")}</p>
      <Button look="next" icon="bell" onClick={() => void store.addPush(t("channels.this_browser"))}>
        {t("channels.push_here")}
      </Button>
    </div>
  );
}
