import { useEffect, useState } from "preact/hooks";
import { Acuity } from "../design/Acuity.tsx";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import type { Api } from "../http/api.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import type { Call, Calls } from "./calls.ts";
import { type RungPerson, takerOf } from "./rung.ts";
import "../words/more/paging.ts";

const READ_MS = 10_000;

interface Props {
  api: Pick<Api, "get">;
  me: Me;
  call: Call;
  calls: Calls;
}

/**
 * A call that nobody need answer any more, and why: it was taken, or is over. It goes by itself, unless somebody was
 * about to answer.
 */
export function EndedCall({ api, me, call, calls }: Props) {
  const looked = calls.looked(call.notice);
  const says = sayOf(call, useTaker(api, call, looked), me);
  useEffect(() => announce(says), [says]);
  useEffect(() => {
    const timer = looked ? undefined : setTimeout(() => calls.putAway(call.notice), READ_MS);
    return () => clearTimeout(timer);
  }, [looked, calls, call.notice]);
  return (
    <div class="call call-ended">
      <p class="call-head">
        <Acuity level={call.acuity} />
        <span class="call-title said">{call.title}</span>
        <strong class="said">{says}</strong>
      </p>
      <div class="call-acts">
        <Button onClick={() => calls.putAway(call.notice)}>{t("paging.put_away")}</Button>
      </div>
    </div>
  );
}

function sayOf({ ended }: Call, taker: RungPerson | undefined, me: Me): string {
  if (ended === "over") return t("paging.over");
  if (!taker) return t("paging.taken");
  return taker.person === me.person ? t("paging.taken_yours") : t("paging.taken_by", { name: taker.handle });
}

/** Who has taken it. Only who was about to answer asks: reading a case leaves a line in its audit. */
function useTaker(api: Props["api"], { ended, room, page }: Call, asks: boolean): RungPerson | undefined {
  const [taker, setTaker] = useState<RungPerson>();
  useEffect(() => {
    if (ended === "taken" && asks) void takerOf(api, room, page).then(setTaker);
  }, [api, ended, room, page, asks]);
  return taker;
}
