import { useRef, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { calledIn, type ModerationDesk, type Sanction } from "./desk.ts";
import { ReasonForm } from "./ReasonForm.tsx";
import { SanctionLine } from "./SanctionLine.tsx";
import { headingOf, Section } from "./Section.tsx";
import "../words/more/moderation.ts";

interface Props {
  desk: ModerationDesk;
  me: Me;
  onHistory: (person: string) => void;
}

/** Who is muted, suspended or banned, the newest first. */
export function InForce({ desk, ...given }: Props) {
  const sanctions = desk.sanctions.value;
  return (
    <Section title={t("moderation.in_force")} items={sanctions} none={t("moderation.in_force_none")}>
      {sanctions?.map((one) => (
        <li key={one.id} class="sanction">
          <SanctionLine sanction={one} who={calledIn(one.names, one.person)} by={calledIn(one.names, one.by)} />
          <Acts sanction={one} desk={desk} {...given} />
        </li>
      ))}
    </Section>
  );
}

function Acts({ sanction, desk, me, onHistory }: Props & { sanction: Sanction }) {
  const [lifting, setLifting] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const lift = async (reason: string) => {
    const heading = headingOf(place.current);
    const wrong = await desk.lift(sanction, reason);
    if (wrong) return wrong;
    heading?.focus();
    announce(t("moderation.was_lifted"));
    return undefined;
  };
  if (lifting) {
    return (
      <div ref={place}>
        <ReasonForm
          label={t("moderation.lift_why")}
          hint={t("moderation.lift_why_hint")}
          send={t("moderation.lift")}
          onSend={lift}
          onCancel={() => setLifting(false)}
        />
      </div>
    );
  }
  return (
    <div class="moderation-acts">
      <Button onClick={() => onHistory(sanction.person)}>{t("moderation.history")}</Button>
      {sanction.person !== me.person && <Button onClick={() => setLifting(true)}>{t("moderation.lift")}</Button>}
    </div>
  );
}
