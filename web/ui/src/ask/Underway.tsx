import { Button } from "../design/Button.tsx";
import type { Outbox } from "../wire/outbox.ts";
import { t } from "../words/words.ts";
import { UnsentCase } from "../worklist/UnsentCase.tsx";
import type { Unopened } from "../worklist/unopened.ts";
import { type AskForm, free } from "./form.ts";
import { isRefused, type RefusedCase } from "./outcome.ts";
import "../words/more/ask.ts";

interface Props {
  form: AskForm;
  underway: readonly Unopened[];
  outbox: Outbox;
  /** The button that had the focus is gone. */
  onGone: () => void;
}

/** Cases that were sent before this one and are not open yet; what was refused can be mended or dropped. */
export function Underway({ form, underway, outbox, onGone }: Props) {
  const drop = async (refused: RefusedCase) => {
    await outbox.dismiss(refused.id);
    onGone();
  };
  return (
    <section class="ask-underway">
      <h2>{t("ask.underway")}</h2>
      <ul>
        {underway.map((one) => (
          <UnsentCase key={one.id} one={one}>
            {isRefused(one) && <Mending form={form} refused={one} drop={() => void drop(one)} />}
          </UnsentCase>
        ))}
      </ul>
    </section>
  );
}

function Mending({ form, refused, drop }: { form: AskForm; refused: RefusedCase; drop: () => void }) {
  return (
    <div class="ask-after">
      {free(form) && <Button onClick={() => void form.putBack(refused)}>{t("ask.mend")}</Button>}
      <Button look="grave" onClick={drop}>
        {t("ask.drop")}
      </Button>
    </div>
  );
}
