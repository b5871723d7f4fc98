import { useEffect, useRef, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Choices } from "../design/Choices.tsx";
import { kindOf } from "../observer/names.ts";
import { dateOf } from "../words/format.ts";
import { known, said, t } from "../words/words.ts";
import { money } from "./money.ts";
import { type Choice, FORMS, type Form, type ReceivedAward, type ReceivedAwards } from "./received.ts";
import "../words/more/awards.ts";
import "../words/more/observer.ts";

interface Props {
  award: ReceivedAward;
  choice: Choice;
  own: ReceivedAwards;
}

/** One award: what, for which case, from whom as far as one asked, and the answer to it. */
export function AwardCard({ award, choice, own }: Props) {
  const sum = money(award.paid_cents, award.currency);
  return (
    <li class="award" aria-label={t("awards.one", { sum, when: dateOf(award.revealed_at) })}>
      <p class="award-sum">{sum}</p>
      <p class="award-facts">
        {t("awards.revealed_at", { when: dateOf(award.revealed_at) })} ·{" "}
        {award.payer === null ? t("awards.from_kind", { kind: kindOf(award.kind) }) : <bdi>{award.payer}</bdi>} ·{" "}
        <a href={`/archive/${award.room}#${award.target}`}>{t("awards.to_post")}</a>
      </p>
      <Proof award={award} />
      {award.state === "void" ? (
        <p class="award-state">{voidOf(award.void)}</p>
      ) : award.state === "exported" ? (
        <p class="award-state">{t("awards.state_exported")}</p>
      ) : (
        <Answer award={award} choice={choice} own={own} />
      )}
    </li>
  );
}

/** What was committed to before the close, and what it takes to make that again. */
function Proof({ award: { room, commitment, nonce } }: { award: ReceivedAward }) {
  return (
    <details class="award-proof">
      <summary>{t("awards.proof")}</summary>
      <p>{said("awards.proof_says", { log: <a href={`/archive/${room}#log`}>{t("awards.proof_log")}</a> })}</p>
      <dl>
        <dt>{t("awards.proof_commitment")}</dt>
        <dd>
          <code>{commitment}</code>
        </dd>
        <dt>{t("awards.proof_nonce")}</dt>
        <dd>
          <code>{nonce}</code>
        </dd>
      </dl>
    </details>
  );
}

export function voidOf(why: string | null): string {
  const word = `awards.void_${why}`;
  return known(word) ? t(word) : t("awards.state_void");
}

function Answer({ award, choice, own }: Props) {
  const [form, setForm] = useState<Form>(award.form ?? choice.form);
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [told] = useState(award.payer);
  const act = async (work: Promise<string | undefined>, says: string) => {
    setBusy(true);
    const why = await work;
    setBusy(false);
    setWrong(why);
    if (why === undefined) announce(says);
  };
  const answered = award.state !== "revealed";
  const wanted = choice.way === "identified" && award.payer === null;
  return (
    <div class="award-answer" aria-busy={busy}>
      {answered && <p class="award-state">{stateOf(award)}</p>}
      {award.payer !== null && !answered && <Named payer={award.payer} told={told} />}
      {wanted && !answered && <p class="award-named">{t("awards.wanted_named")}</p>}
      <Choices
        legend={t("awards.form")}
        name={`award-form-${award.room}-${award.number}`}
        choices={FORMS.map((value) => ({ value, label: t(`awards.form_${value}`) }))}
        value={form}
        onChoose={setForm}
      />
      <div class="award-acts">
        <Button disabled={busy} onClick={() => void act(own.accept(award, form), t("awards.accepted"))}>
          {t(award.payer === null ? "awards.accept_blind" : "awards.accept_identified")}
        </Button>
        {award.payer === null && !(answered && award.way === "blind") && (
          <Button look="bare" disabled={busy} onClick={() => void act(own.name(award), t("awards.named_now"))}>
            {t("awards.name")}
          </Button>
        )}
        {award.state !== "declined" && (
          <Button look="bare" disabled={busy} onClick={() => void act(own.decline(award), t("awards.declined"))}>
            {t("awards.decline")}
          </Button>
        )}
      </div>
      <p class="award-wrong" role="alert">
        {wrong}
      </p>
    </div>
  );
}

/** Who pays, and what follows from it. It takes the focus from the button that asked, where one just has. */
function Named({ payer, told }: { payer: string; told: string | null }) {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (told === null) place.current?.focus();
  }, []);
  return (
    <p ref={place} class="award-named" tabIndex={-1}>
      {t("awards.named", { payer })}
    </p>
  );
}

function stateOf({ state, way, form }: ReceivedAward): string {
  if (state === "declined") return t("awards.state_declined");
  const how = { way: t(`awards.way_${way ?? "blind"}`), form: t(`awards.form_${form ?? "cash"}`) };
  return t(state === "accepted" ? "awards.state_accepted" : "awards.state_payable", how);
}
