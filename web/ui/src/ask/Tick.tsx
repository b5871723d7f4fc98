interface Props {
  label: string;
  on: boolean;
  onTick: (on: boolean) => void;
}

/** Something that is so or not. */
export function Tick({ label, on, onTick }: Props) {
  return (
    <label class="tick">
      <input type="checkbox" checked={on} onChange={(event) => onTick(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
