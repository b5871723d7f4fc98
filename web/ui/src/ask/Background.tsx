import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import { AskText } from "./AskText.tsx";
import type { AskForm } from "./form.ts";
import "../words/more/ask.ts";

/** Background may come later: until somebody wants to write it, it is one button in its place. */
export function Background({ form }: { form: AskForm }) {
  const [wanted, setWanted] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const shown = wanted || form.fields.value.background !== "" || form.wrongs.value.has("background");
  useEffect(() => {
    if (wanted) place.current?.querySelector("textarea")?.focus();
  }, [wanted]);
  if (shown) {
    return (
      <div ref={place}>
        <AskText form={form} name="background" />
      </div>
    );
  }
  return (
    <div>
      <Button icon="ask" onClick={() => setWanted(true)}>
        {t("ask.add_background")}
      </Button>
    </div>
  );
}
