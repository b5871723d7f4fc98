import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import "../words/more/rosters.ts";

/** Twice, for it takes all shifts along. */
export function Removing({ onRemove }: { onRemove: () => Promise<void> }) {
  const [sure, setSure] = useState(false);
  return (
    <p>
      <Button look="grave" onClick={() => (sure ? void onRemove() : setSure(true))}>
        {t(sure ? "rosters.remove_sure" : "rosters.remove")}
      </Button>
    </p>
  );
}
