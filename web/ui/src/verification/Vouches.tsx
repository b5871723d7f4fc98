import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { Day } from "./Day.tsx";
import type { Act } from "./OwnVerification.tsx";
import type { Own, Vouch } from "./types.ts";
import "../words/more/verification.ts";

/** Who answers for one, and for whom one answers. */
export function Vouches({ api, own, act }: { api: Api; own: Own; act: Act }) {
  const [handle, setHandle] = useState("");
  const [wrong, setWrong] = useState<string>();
  const vouch = useSubmit(async () => {
    const refused = await act(() => api.post("/api/vouches", { handle }));
    setWrong(refused);
    if (!refused) setHandle("");
  });
  return (
    <section class="verify-part" aria-labelledby="vouches">
      <h2 id="vouches">{t("verification.vouches")}</h2>
      <p class="verify-note">{t("verification.vouches_says")}</p>
      <Rows vouches={own.vouched_by} says={t("verification.vouched_by")} />
      <Rows
        vouches={own.vouches_for}
        says={t("verification.vouches_for")}
        takeBack={(person) => void act(() => api.delete(`/api/vouches/${person}`)).then(setWrong)}
      />
      {own.may_vouch && (
        <form class="verify-form" onSubmit={vouch} noValidate>
          <Field
            label={t("verification.vouch_handle")}
            hint={t("verification.vouch_hint")}
            name="vouch"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={handle}
            error={wrong}
            onInput={(event) => setHandle(event.currentTarget.value.trim())}
          />
          <p>
            <Button type="submit">{t("verification.vouch")}</Button>
          </p>
        </form>
      )}
    </section>
  );
}

function Rows({
  vouches,
  says,
  takeBack,
}: {
  vouches: readonly Vouch[];
  says: string;
  takeBack?: (person: string) => void;
}) {
  if (vouches.length === 0) return null;
  return (
    <>
      <h3>{says}</h3>
      <ul class="verify-rows">
        {vouches.map((one) => (
          <li key={one.person} class="verify-row">
            <bdi>{one.handle}</bdi>
            <span>{one.revoked_at ? t("verification.taken_back") : <Day at={one.at} />}</span>
            {takeBack && !one.revoked_at && (
              <Button look="bare" onClick={() => takeBack(one.person)}>
                {t("verification.take_back")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
