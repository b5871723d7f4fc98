import { useId } from "preact/hooks";
import { Chips } from "./Chips.tsx";
import { Offered } from "./Offered.tsx";
import { Often } from "./Often.tsx";
import type { Option } from "./picking.ts";
import { nameOf, usePicker } from "./usePicker.ts";
import "./picker.css";

export interface PickerProps {
  name: string;
  label: string;
  hint: string;
  error?: string | undefined;
  options: readonly Option[];
  /** What is offered as one tap below. */
  often?: readonly string[];
  /** Whether what is not among the options may be added. */
  open?: boolean;
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

/** Several of many, found by typing (ARIA combobox with a list); what is chosen stands above as chips. */
export function Picker(props: PickerProps) {
  const { name, label, hint, error, options, often = [], chosen } = props;
  const id = useId();
  const pick = usePicker(props, id);
  const labelOf = (value: string) => nameOf(options, value);
  return (
    <div class="field picker">
      <label for={id} class="field-label">
        {label}
      </label>
      <p id={`${id}-hint`} class="field-hint">
        {hint}
      </p>
      <Chips chosen={chosen} labelOf={labelOf} onRemove={pick.remove} />
      <div class="picker-box">
        <input
          {...pick.input}
          id={id}
          name={name}
          class="field-box"
          role="combobox"
          aria-expanded={pick.open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={pick.active}
          aria-describedby={`${id}-hint ${error ? `${id}-error` : ""}`}
          aria-invalid={error ? true : undefined}
          autocomplete="off"
          enterkeyhint="next"
        />
        <Offered id={`${id}-list`} label={label} pick={pick} />
      </div>
      <p id={`${id}-error`} class="field-error" aria-live="polite" hidden={!error}>
        {error}
      </p>
      <Often values={often.filter((value) => !chosen.includes(value))} labelOf={labelOf} add={pick.add} />
    </div>
  );
}
