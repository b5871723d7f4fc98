import { useEffect, useRef } from "preact/hooks";
import { Button, ButtonLink } from "../design/Button.tsx";
import type { Client } from "../live/client.ts";
import { t } from "../words/words.ts";
import { UnsentCase } from "../worklist/UnsentCase.tsx";
import type { Unopened } from "../worklist/unopened.ts";
import "../words/more/ask.ts";

interface Props {
  client: Client;
  underway: readonly Unopened[];
  onAnother: () => void;
}

/** The case is in the outbox, and not open yet. */
export function Kept({ client, underway, onAnother }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const up = client.link.state.value.is === "up";
  useEffect(() => heading.current?.focus(), []);
  return (
    <main class="page ask">
      <h1 ref={heading} tabIndex={-1}>
        {t("ask.kept_title")}
      </h1>
      <p>{t(up ? "ask.kept_opening" : "ask.kept_offline")}</p>
      <ul aria-label={t("ask.kept_list")}>
        {underway.map((one) => (
          <UnsentCase key={one.id} one={one} />
        ))}
      </ul>
      <div class="ask-after">
        <ButtonLink href="/" look="next">
          {t("app.to_worklist")}
        </ButtonLink>
        <Button onClick={onAnother}>{t("ask.another")}</Button>
      </div>
    </main>
  );
}
