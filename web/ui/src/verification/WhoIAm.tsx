import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import type { Api } from "../http/api.ts";
import { t } from "../words/words.ts";
import { ClaimFields } from "./ClaimFields.tsx";
import { claimOf } from "./claim.ts";
import type { Act } from "./OwnVerification.tsx";
import type { Forms, Own } from "./types.ts";
import "../words/more/register.ts";
import "../words/more/verification.ts";

/** Who one has said that one is, to be changed. */
export function WhoIAm({ api, own, forms, act }: { api: Api; own: Own; forms: Forms; act: Act }) {
  const [open, setOpen] = useState(own.identity === null);
  const [claim, setClaim] = useState(() => claimOf(own.identity, own.specialty));
  const [wrong, setWrong] = useState<string>();
  const keep = async (event: Event) => {
    event.preventDefault();
    const refused =
      claim.family && claim.country
        ? await act(() => api.put("/api/me/verification", claim))
        : t("verification.who_lacks");
    setWrong(refused);
    if (!refused) setOpen(false);
  };
  return (
    <section class="verify-part" aria-labelledby="who">
      <h2 id="who">{t("register.who")}</h2>
      <p class="verify-note">{t("register.apart")}</p>
      {own.identity && !open && (
        <>
          <p>
            <bdi>{`${own.identity.given} ${own.identity.family}`.trim()}</bdi>
            {own.identity.number && <span class="verify-number">{own.identity.number}</span>}
          </p>
          <p class="verify-note">{t(`verification.register_${own.evidence.register}`)}</p>
          <p>
            <Button onClick={() => setOpen(true)}>{t("verification.change")}</Button>
          </p>
        </>
      )}
      {open && (
        <form class="verify-form" onSubmit={keep} noValidate aria-label={t("register.who")}>
          {own.tier > 0 && own.identity && <p class="verify-asked">{t("verification.change_anew")}</p>}
          <ClaimFields claim={claim} licences={forms.licences} onChange={setClaim} />
          <p class="field-error" role="alert" hidden={!wrong}>
            {wrong}
          </p>
          <div class="verify-acts">
            <Button type="submit">{t("verification.keep")}</Button>
            {own.identity && (
              <Button look="bare" onClick={() => setOpen(false)}>
                {t("common.cancel")}
              </Button>
            )}
          </div>
        </form>
      )}
    </section>
  );
}
