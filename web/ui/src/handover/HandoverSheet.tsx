import { ButtonLink } from "../design/Button.tsx";
import { Sheet } from "../design/Sheet.tsx";
import { t } from "../words/words.ts";
import { addressOf, FORMS } from "./address.ts";
import "../words/more/handover.ts";
import "./handover.css";
import "../design/drawings.ts";

/** The handover note of a case in each form: to print, to copy, for another system. */
export function HandoverSheet({ room, onClose }: { room: string; onClose: () => void }) {
  return (
    <Sheet title={t("handover.title")} onClose={onClose}>
      <p class="handover-says">{t("handover.says")}</p>
      <ul class="handover-forms">
        {FORMS.map((form) => (
          <li key={form}>
            <ButtonLink href={addressOf(room, form)} apart icon={form === "html" ? "print" : "list"}>
              {t(`handover.${form}`)}
            </ButtonLink>
            <p class="handover-for">{t(`handover.${form}_says`)}</p>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
