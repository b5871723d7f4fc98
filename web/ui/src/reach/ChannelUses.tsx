import { t } from "../words/words.ts";
import type { Props } from "./ChannelRow.tsx";
import { NOTICES, type NoticeKind, USED_FOR } from "./channels.ts";
import "../words/more/channels.ts";

/** For which notices it is wanted. */
export function ChannelUses({ store, channel: { id, kind, notices } }: Props) {
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
