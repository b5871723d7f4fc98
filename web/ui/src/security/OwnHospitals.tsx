import { useEffect, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { refusal } from "../signin/signin.ts";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import { Named, Section } from "./Section.tsx";
import type { Security, SecurityStore } from "./security.ts";
import "../words/more/security.ts";

interface Linked {
  readonly id: string;
  readonly name: string;
  readonly linked_at: number;
}

/** The hospitals with whose accounts one signs in, where there are any. */
export function OwnHospitals({ store, has }: { store: SecurityStore; has: Security }) {
  const [linked, setLinked] = useState<readonly Linked[]>([]);
  const load = async () => {
    const refused = await refusal(async () => {
      setLinked((await store.api.get<{ hospitals: readonly Linked[] }>("/api/hospitals")).hospitals);
    });
    if (refused) store.error.value = refused;
  };
  const some = has.hospitals.length > 0;
  useEffect(() => void (some && load()), [has]);
  if (!some || linked.length === 0) return null;
  return (
    <Section title={t("security.hospitals")} about={t("security.hospitals_about")}>
      <ul class="security-list">
        {linked.map((one) => (
          <Named key={one.id} name={one.name} about={t("security.linked", { when: dateOf(one.linked_at) })}>
            <Button look="grave" onClick={() => void store.act(() => store.api.delete(`/api/hospitals/${one.id}`))}>
              {t("security.remove")}
            </Button>
          </Named>
        ))}
      </ul>
    </Section>
  );
}
