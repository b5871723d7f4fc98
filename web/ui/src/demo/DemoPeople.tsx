import { useEffect, useState } from "preact/hooks";
import type { Api } from "../http/api.ts";
import { refusal } from "../signin/signin.ts";
import { t } from "../words/words.ts";
import { type DemoPerson, enter, read } from "./demo.ts";
import "../words/more/demo.ts";
import "../words/more/signin.ts";

/** The people one can be in the demonstration, one tap each. */
export function DemoPeople({ api, onIn }: { api: Api; onIn: () => void }) {
  const [people, setPeople] = useState<readonly DemoPerson[]>([]);
  const [error, setError] = useState<string>();
  useEffect(() => {
    void refusal(async () => setPeople((await read(api)).people)).then(setError);
  }, [api]);
  const be = async (handle: string) => {
    const refused = await refusal(() => enter(api, handle));
    setError(refused);
    if (!refused) onIn();
  };
  if (people.length === 0) return error ? <p role="alert">{error}</p> : null;
  return (
    <section class="demo-people" aria-labelledby="demo-people">
      <h2 id="demo-people">{t("demo.title")}</h2>
      <p>{t("demo.about")}</p>
      <ul>
        {people.map((person) => (
          <li key={person.handle}>
            <button type="button" class="demo-person" onClick={() => void be(person.handle)}>
              <b>{person.handle}</b>
              <span>{person.about}</span>
            </button>
          </li>
        ))}
      </ul>
      {error && <p role="alert">{error}</p>}
      <p class="demo-or">{t("signin.demo_or")}</p>
    </section>
  );
}
