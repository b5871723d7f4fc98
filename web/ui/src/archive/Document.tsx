import { useEffect, useMemo } from "preact/hooks";
import type { Client } from "../live/client.ts";
import { Fact, Facts, Origin, Patient } from "../room/case/CaseFacts.tsx";
import { Asked, Isbar } from "../room/case/Isbar.tsx";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { DocumentHead } from "./DocumentHead.tsx";
import { HowItEnded } from "./HowItEnded.tsx";
import { Log } from "./Log.tsx";
import { OpinionsAtEnd } from "./OpinionsAtEnd.tsx";
import { Outcome } from "./Outcome.tsx";
import { Parts } from "./Parts.tsx";
import { PinnedAtEnd } from "./PinnedAtEnd.tsx";
import type { ArchivedRecord } from "./records.ts";
import { replay } from "./replay.ts";
import { Seals } from "./Seals.tsx";
import { useGrowing } from "./useGrowing.ts";
import "./document.css";
import "./print.css";
import "../words/more/room.ts";

interface Props {
  record: ArchivedRecord;
  client: Client;
  me: Me;
  /** There is a new outcome. */
  onRecorded: () => void;
}

/** A case after its end: how it ended, the case, what was pinned, the log, who took part, and the seal over it all. */
export function Document({ record, client, me, onRecorded }: Props) {
  const of = record.case;
  const presents = record.state.presenter === me.person;
  const replayed = useMemo(() => replay(record.events, of.presenter), [record]);
  const growing = useGrowing(replayed.items.length);
  const jump = (id: string) => growing.until(replayed.items.findIndex((item) => item.key === id) + 1, () => show(id));
  useEffect(() => {
    const named = location.hash.slice(1);
    const entry = replayed.placeOf(named);
    if (entry) jump(entry);
    else document.getElementById(named)?.scrollIntoView();
  }, []);
  return (
    <main class="page">
      <article class="document">
        <DocumentHead
          of={of}
          replayed={replayed}
          mayAsk={me.role !== "observer"}
          onPrint={() => growing.until(replayed.items.length, print)}
        />
        {replayed.ending && <HowItEnded ending={replayed.ending} />}
        <Outcome
          id={of.id}
          note={replayed.outcome}
          posts={replayed.posts}
          giving={presents ? { client, me, onRecorded } : null}
          onJump={jump}
        />
        <Asked of={of} heading="h2" whole />
        <Isbar of={of} heading="h2" whole />
        <Facts>
          <Patient of={of} />
          <Fact word="room.case_reach">{t(`room.case_reach_${of.reach}`)}</Fact>
          <Origin of={of} />
        </Facts>
        <PinnedAtEnd posts={replayed.pinned} refutedBy={replayed.refutedBy} onJump={jump} />
        <OpinionsAtEnd opinions={replayed.opinions} weighed={me.role !== "observer"} />
        <Log
          room={of.id}
          replayed={replayed}
          presenter={of.presenter}
          me={me.person}
          count={growing.count}
          onJump={jump}
        />
        <Parts parts={replayed.parts} presenter={of.presenter} />
        <Seals id={of.id} seals={record.seals} />
      </article>
    </main>
  );
}

function print(): void {
  window.print();
}

function show(id: string): void {
  const entry = document.getElementById(`entry-${id}`);
  entry?.scrollIntoView({ block: "center" });
  entry?.focus({ preventScroll: true });
}
