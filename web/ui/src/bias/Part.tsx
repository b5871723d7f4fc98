import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import type { Period, Sheet } from "./report.ts";
import { saved } from "./saving.ts";
import "../words/more/bias.ts";

interface Props {
  title: string;
  /** What is counted, and what that can not tell. */
  means: string;
  /** How many there are of what it rests on. */
  rests?: string | undefined;
  /** The table of which this is a part, as a file. */
  sheet?: Sheet;
  period: Period;
  children: ComponentChildren;
}

/** One question of the report: what is counted stands above the figures. */
export function Part({ title, means, rests, sheet, period, children }: Props) {
  const id = useId();
  return (
    <section class="bias-part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p class="bias-means">{means}</p>
      {rests && <p class="bias-rests">{rests}</p>}
      {children}
      {sheet && <SaveButton title={title} sheet={sheet} period={period} />}
    </section>
  );
}

/** How many lines there are, and how many of them are here. */
export function shownOf(shown: number, count: number): string {
  return shown < count ? t("bias.shown_of", { shown, count }) : t("bias.shown", { count });
}

function SaveButton({ title, sheet, period }: { title: string; sheet: Sheet; period: Period }) {
  const [wrong, setWrong] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setWrong(await saved(period, sheet));
    setBusy(false);
  };
  return (
    <div class="bias-save">
      <Button disabled={busy} aria-label={t("bias.save_of", { title })} onClick={() => void save()}>
        {t("bias.save")}
      </Button>
      <p class="bias-wrong" role="alert">
        {wrong}
      </p>
    </div>
  );
}
