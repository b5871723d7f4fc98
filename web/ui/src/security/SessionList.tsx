import { Button } from "../design/Button.tsx";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Named, Section } from "./Section.tsx";
import type { SecurityStore, Session } from "./security.ts";
import "../words/more/security.ts";

/** Where one is signed in. */
export function SessionList({ store }: { store: SecurityStore }) {
  const sessions = store.sessions.value;
  return (
    <Section title={t("security.sessions")} about={t("security.sessions_about")}>
      <ul class="security-list">
        {sessions.map((one) => (
          <Named key={one.id} name={one.agent || t("security.some_browser")} about={described(one)}>
            {!one.current && (
              <Button onClick={() => void store.act(() => store.api.delete(`/api/sessions/${one.id}`))}>
                {t("security.end")}
              </Button>
            )}
          </Named>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button look="grave" onClick={() => void store.act(() => store.api.delete("/api/sessions"))}>
          {t("security.end_others")}
        </Button>
      )}
    </Section>
  );
}

function described(one: Session): string {
  const when = one.current ? t("security.here") : t("security.active", { when: dateOf(one.active_at) });
  return [when, one.address, t(`security.way_${one.way}`)].filter(Boolean).join(" · ");
}
