import type { Api } from "../http/api.ts";
import { refusal } from "../signin/signin.ts";
import { t } from "../words/words.ts";
import { ReasonForm } from "./ReasonForm.tsx";
import "./moderation.css";
import "../words/more/moderation.ts";

interface Props {
  api: Pick<Api, "post">;
  /** The case's id. */
  room: string;
  onEntered: () => void;
  onTurnBack: () => void;
}

/** Asks a moderator why they enter a case that is not open to them. */
export function EnterByOffice({ api, room, onEntered, onTurnBack }: Props) {
  const enter = async (reason: string) => {
    const refused = await refusal(() => api.post(`/api/cases/${encodeURIComponent(room)}/entry`, { reason }));
    if (!refused) onEntered();
    return refused;
  };
  return (
    <div class="entering">
      <h1>{t("moderation.enter_title")}</h1>
      <p>{t("moderation.enter_says")}</p>
      <ReasonForm
        label={t("moderation.enter_why")}
        hint={t("moderation.enter_hint")}
        send={t("moderation.enter_go")}
        onSend={enter}
        onCancel={onTurnBack}
      />
    </div>
  );
}
