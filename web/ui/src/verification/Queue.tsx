import { useEffect, useRef, useState } from "preact/hooks";
import { Blank } from "../design/Blank.tsx";
import { Button } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import type { Api } from "../http/api.ts";
import { refusal } from "../signin/signin.ts";
import { t } from "../words/words.ts";
import { RequestCard } from "./RequestCard.tsx";
import type { Request } from "./types.ts";
import "./verification.css";
import "../words/more/verification.ts";
import "../words/more/places.ts";

interface Page {
  readonly requests: readonly Request[];
  readonly total: number;
}

/** Who waits for a moderator, the longest first. */
export function Queue({ api }: { api: Api }) {
  const [page, setPage] = useState<Page>();
  const [failed, setFailed] = useState<string>();
  const title = useRef<HTMLHeadingElement>(null);
  const load = async () => {
    let read: Page | undefined;
    const refused = await refusal(async () => {
      read = await api.get<Page>("/api/moderation/verifications");
      setPage(read);
    });
    setFailed(refused);
    return read;
  };
  const decided = async (id: string) => {
    const before = page?.requests ?? [];
    const left = await load();
    const next = left && nextOf(id, before, left.requests);
    (document.getElementById(next ?? "") ?? title.current)?.focus();
  };
  useEffect(() => void load(), [api]);
  return (
    <main class="page verify" aria-busy={!page}>
      <h1 ref={title} tabIndex={-1}>
        {t("places.verifications")}
      </h1>
      {failed && (
        <Blank says={failed}>
          <Button onClick={() => void load()}>{t("common.retry")}</Button>
        </Blank>
      )}
      {!page && !failed && <Shape rows={4} />}
      {page && (
        <p class="verify-note">
          {page.total ? t("verification.queue", { count: page.total }) : t("verification.queue_empty")}
        </p>
      )}
      {page?.requests.map((one) => (
        <RequestCard key={one.id} api={api} request={one} onDecided={() => void decided(one.id)} />
      ))}
    </main>
  );
}

/** Which of `left` comes next after the request that was decided; of those that came meanwhile none. */
export function nextOf(id: string, before: readonly Request[], left: readonly Request[]): string | undefined {
  const known = new Set(left.map((one) => one.id));
  const at = before.findIndex((one) => one.id === id);
  return before.slice(at + 1).find((one) => known.has(one.id))?.id;
}
