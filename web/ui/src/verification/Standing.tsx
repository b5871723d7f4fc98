import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Icon } from "../design/Icon.tsx";
import type { Api } from "../http/api.ts";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { Act } from "./OwnVerification.tsx";
import type { Own } from "./types.ts";
import "../words/more/verification.ts";
import "../words/more/people.ts";

interface Props {
  api: Api;
  own: Own;
  act: Act;
}

/** The tier, until when, what the next one lacks, and the way to a moderator. */
export function Standing({ api, own, act }: Props) {
  return (
    <section class="verify-part verify-standing" aria-labelledby="standing">
      <h2 id="standing">
        {own.tier >= 2 && <Icon name="check" />} {t("people.tier", { tier: own.tier })}:{" "}
        {t(`verification.is_${own.tier as 0 | 1 | 2 | 3}`)}
      </h2>
      <p class="verify-note">{t(`verification.may_${own.tier as 0 | 1 | 2 | 3}`)}</p>
      {own.until !== null && <p>{t("verification.until", { date: dateOf(own.until) })}</p>}
      {own.missing.length > 0 && <Missing own={own} />}
      {own.missing.includes("confirm") && own.mail && <Confirm api={api} act={act} />}
      <Ask api={api} own={own} act={act} />
    </section>
  );
}

function Missing({ own }: { own: Own }) {
  return (
    <>
      <h3>{t("verification.missing")}</h3>
      <ul class="verify-missing">
        {own.missing.map((one) => (
          <li key={one}>{t(one === "confirm" && !own.mail ? "verification.no_mail" : `verification.lacks_${one}`)}</li>
        ))}
      </ul>
    </>
  );
}

function Confirm({ api, act }: Omit<Props, "own">) {
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [sent, setSent] = useState(false);
  const confirm = (event: Event) => {
    event.preventDefault();
    void act(() => api.post("/api/me/verification/code", { code })).then(setWrong);
  };
  const again = () =>
    void act(() => api.put("/api/me/verification/code")).then((refused) => {
      setWrong(refused);
      setSent(!refused);
    });
  return (
    <form class="verify-form" onSubmit={confirm} noValidate>
      <Field
        label={t("verification.code")}
        hint={t(sent ? "verification.code_sent" : "verification.code_hint")}
        name="code"
        inputMode="numeric"
        autocomplete="one-time-code"
        value={code}
        error={wrong}
        onInput={(event) => setCode(event.currentTarget.value.trim())}
      />
      <div class="verify-acts">
        <Button type="submit">{t("verification.confirm")}</Button>
        <Button look="bare" onClick={again}>
          {t("verification.code_again")}
        </Button>
      </div>
    </form>
  );
}

function Ask({ api, own, act }: Props) {
  const [wrong, setWrong] = useState<string>();
  const waits = own.requests.some(({ state }) => state === "open");
  const asked = own.requests.some(({ state }) => state === "asked");
  if (waits) return <p role="status">{t("verification.waits")}</p>;
  return (
    <div class="verify-form">
      {asked && <p class="verify-asked">{t("verification.asked_more")}</p>}
      <p>
        <Button
          look="next"
          onClick={() => void act(() => api.post("/api/me/verification/requests", {})).then(setWrong)}
        >
          {t(own.tier >= 2 ? "verification.renew" : "verification.ask")}
        </Button>
      </p>
      <p class="field-error" role="alert" hidden={!wrong}>
        {wrong}
      </p>
    </div>
  );
}
