import "./choices.css";

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** What follows from it. */
  readonly says?: string;
}

interface Props<T extends string> {
  legend: string;
  name: string;
  choices: readonly Choice<T>[];
  value: T | undefined;
  onChoose: (value: T) => void;
}

/** One of several, each with what follows from it. */
export function Choices<T extends string>({ legend, name, choices, value, onChoose }: Props<T>) {
  return (
    <fieldset class={choices.some((one) => one.says) ? "choices" : "choices choices-short"}>
      <legend>{legend}</legend>
      {choices.map((one) => (
        <label key={one.value} class="choice">
          <input type="radio" name={name} required checked={one.value === value} onChange={() => onChoose(one.value)} />
          <span>{one.label}</span>
          {one.says && <span class="choice-says">{one.says}</span>}
        </label>
      ))}
    </fieldset>
  );
}
