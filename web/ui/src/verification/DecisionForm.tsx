import { useState } from "preact/hooks";
import { Choice } from "../ask/Choice.tsx";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { AreaField } from "../design/Field.tsx";
import { useSubmit } from "../design/useSubmit.ts";
import type { Api } from "../http/api.ts";
import { refusal } from "../signin/signin.ts";
import { t } from "../words/words.ts";
import type { Evidence, Request } from "./types.ts";
import "../words/more/verification.ts";

type Wish = "approve_1" | "approve_2" | "approve_3" | "more" | "refuse" | "refuse_0";

const WISHES: readonly Wish[] = ["approve_1", "approve_2", "approve_3", "more", "refuse", "refuse_0"];

/** What the moderator decides, and why: the person is shown the reason. */
export function DecisionForm({ api, request, onDecided }: { api: Api; request: Request; onDecided: () => void }) {
  const [wish, setWish] = useState<Wish>(stands(request.evidence) ? "approve_2" : "approve_1");
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<string>();
  const decide = useSubmit(async () => {
    const [decision, tier] = wish.split("_");
    const wanted = { decision, reason, ...(tier ? { tier: Number(tier) } : {}) };
    const send = () => api.post(`/api/moderation/verifications/${request.id}/decisions`, wanted);
    const refused = reason.trim() ? await refusal(send) : t("verification.reason_lacks");
    setWrong(refused);
    if (refused) return;
    announce(t("verification.decided", { handle: request.handle, decision: t(`verification.wish_${wish}`) }));
    onDecided();
  });
  return (
    <form class="verify-form verify-decide" onSubmit={decide} noValidate>
      <Choice
        name="decision"
        label={t("verification.decision")}
        value={wish}
        options={WISHES.map((one) => [one, t(`verification.wish_${one}`)] as const)}
        onChange={setWish}
      />
      <AreaField
        label={t("verification.reason")}
        hint={t("verification.reason_hint")}
        name="reason"
        value={reason}
        error={wrong}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <p>
        <Button look="next" type="submit">
          {t("verification.decide")}
        </Button>
      </p>
    </form>
  );
}

/** Whether what is known is enough for T2. */
function stands({ register, merit }: Evidence): boolean {
  return register === "match" || merit === true;
}
