import { useEffect, useState } from "preact/hooks";
import { useLocation } from "../app/location.tsx";
import { Blank } from "../design/Blank.tsx";
import { Button, ButtonLink } from "../design/Button.tsx";
import { later, Over } from "../design/later.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { Problem } from "../http/problem.ts";
import type { Client } from "../live/client.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { Document } from "./Document.tsx";
import type { ArchivedRecord } from "./records.ts";
import "../words/more/archive.ts";

const EnterByOffice = later(() => import("../moderation/EnterByOffice.tsx").then((file) => file.EnterByOffice), Over);

type Reading = { is: "loading" | "unknown" | "shut" | "failed" } | { is: "here"; record: ArchivedRecord };

interface Props {
  id: string;
  api: Pick<Api, "get" | "post">;
  client: Client;
  me: Me;
}

/** One sealed case as a document. */
export function ArchivedCase({ id, api, client, me }: Props) {
  const [reading, again] = useRecord(id, api);
  const { route } = useLocation();
  if (reading.is === "here") return <Document record={reading.record} client={client} me={me} onRecorded={again} />;
  return (
    <main class="page">
      <h1 class="quiet">{t("archive.title")}</h1>
      {reading.is === "loading" && <Shape rows={6} />}
      {reading.is === "unknown" && (
        <Blank says={t("archive.unknown")}>
          <ButtonLink href={`/case/${id}`}>{t("archive.to_room")}</ButtonLink>
        </Blank>
      )}
      {reading.is === "shut" && (
        <EnterByOffice api={api} room={id} onEntered={again} onTurnBack={() => route("/archive")} />
      )}
      {reading.is === "failed" && (
        <Blank says={t("archive.failed")}>
          <Button onClick={again}>{t("common.retry")}</Button>
        </Blank>
      )}
    </main>
  );
}

function useRecord(id: string, api: Pick<Api, "get">): [Reading, () => void] {
  const [reading, setReading] = useState<Reading>({ is: "loading" });
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const giveUp = new AbortController();
    setReading({ is: "loading" });
    api
      .get<ArchivedRecord>(`/api/archive/${encodeURIComponent(id)}`, { signal: giveUp.signal })
      .then((record) => setReading({ is: "here", record }))
      .catch((error: unknown) => giveUp.signal.aborted || setReading({ is: why(error) }));
    return () => giveUp.abort();
  }, [id, api, times]);
  return [reading, () => setTimes(times + 1)];
}

/** Only moderators are told that a case is shut: it is unknown to everybody else. */
function why(error: unknown): "unknown" | "shut" | "failed" {
  if (!(error instanceof Problem)) return "failed";
  return error.status === 404 ? "unknown" : error.status === 403 ? "shut" : "failed";
}
