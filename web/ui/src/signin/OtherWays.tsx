import { useEffect, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { goTo } from "./hospital.ts";
import { refusal } from "./signin.ts";
import "../words/more/signin.ts";

interface Hospital {
  readonly id: string;
  readonly name: string;
}

/** The hospitals that sign their people in here, a button each. */
export function Hospitals({ api }: { api: Api }) {
  const [hospitals, setHospitals] = useState<readonly Hospital[]>([]);
  const [error, setError] = useState<string>();
  useEffect(() => {
    void refusal(async () => {
      const found = await api.get<{ hospitals: readonly Hospital[] }>("/api/signin/hospitals");
      setHospitals(found.hospitals);
    }).then(setError);
  }, [api]);
  const go = async (id: string) => {
    setError(await refusal(() => goTo(api, id)));
  };
  if (hospitals.length === 0 && !error) return null;
  return (
    <section class="signin-others" aria-label={t("signin.hospitals")}>
      {hospitals.map((hospital) => (
        <Button key={hospital.id} onClick={() => void go(hospital.id)}>
          {t("signin.hospital", { name: hospital.name })}
        </Button>
      ))}
      {error && <p role="alert">{error}</p>}
    </section>
  );
}
