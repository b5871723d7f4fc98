import { useState } from "preact/hooks";
import { Button } from "../design/Button.tsx";
import { t } from "../words/words.ts";
import { MEASURES } from "./catalogue.ts";
import type { Wrong } from "./checks.ts";
import type { AllTyped, Typed } from "./typed.ts";
import { VitalField } from "./VitalField.tsx";
import "../words/more/vitals.ts";

const FIRST = ["respiratory_rate", "oxygen_saturation", "systolic", "heart_rate", "temperature"];

interface Props {
  /** Those that matter here, beside those that matter everywhere. */
  wanted: readonly string[];
  typed: AllTyped;
  wrong: ReadonlyMap<string, Wrong>;
  onType: (name: string, typed: Typed) => void;
}

/** Vital signs as they are read off; the rest are one tap away. */
export function VitalFields({ wanted, typed, wrong, onType }: Props) {
  const [all, setAll] = useState(false);
  const first = new Set([...FIRST, ...wanted, ...Object.keys(typed)]);
  const shown = [...MEASURES.keys()].filter((name) => all || first.has(name));
  return (
    <>
      <div class="vital-fields">
        {shown.map((name) => (
          <VitalField
            key={name}
            name={name}
            typed={typed[name]}
            wrong={wrong.get(name)}
            onType={(one) => onType(name, one)}
          />
        ))}
      </div>
      {!all && <Button onClick={() => setAll(true)}>{t("vitals.more")}</Button>}
    </>
  );
}
