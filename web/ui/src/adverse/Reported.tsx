import { useEffect, useRef } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { dateOf } from "../words/format.ts";
import { t } from "../words/words.ts";
import type { Told } from "./reporting.ts";
import "../words/more/adverse.ts";

/** That a report is on record, in the place of its form. */
export function Reported({ told, onClose }: { told: Told; onClose: () => void }) {
  const close = useRef<HTMLButtonElement>(null);
  const says = saysOf(told);
  useEffect(() => {
    close.current?.focus();
    announce(says);
  }, []);
  return (
    <div class="post-form report">
      <p>{says}</p>
      <div class="post-form-foot">
        <Button innerRef={close} onClick={onClose}>
          {t("common.close")}
        </Button>
      </div>
    </div>
  );
}

function saysOf({ institutions, due_at }: Told): string {
  if (institutions === 0) return t("adverse.reported_none");
  return t("adverse.reported", { count: institutions, time: dateOf(due_at) });
}
