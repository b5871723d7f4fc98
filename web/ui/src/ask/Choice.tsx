import { useId } from "preact/hooks";

interface Props<V extends string> {
  name: string;
  label: string;
  value: V;
  /** Values and how they are called. */
  options: readonly (readonly [V, string])[];
  onChange: (value: V) => void;
  /** What the value means; below the box. */
  says?: string;
  error?: string | undefined;
  optional?: string;
}

/** One of a few, in a native list: a thumb knows it. */
export function Choice<V extends string>({ name, label, value, options, onChange, says, error, optional }: Props<V>) {
  const id = useId();
  const described = [says && `${id}-says`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <div class="field">
      <label for={id} class="field-label">
        {label} {optional && <span class="field-optional">{optional}</span>}
      </label>
      <select
        id={id}
        name={name}
        class="field-box"
        aria-describedby={described}
        aria-invalid={error ? true : undefined}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value as V)}
      >
        {options.map(([one, called]) => (
          <option key={one} value={one}>
            {called}
          </option>
        ))}
      </select>
      {says && (
        <p id={`${id}-says`} class="field-hint">
          {says}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} class="field-error">
          {error}
        </p>
      )}
    </div>
  );
}
