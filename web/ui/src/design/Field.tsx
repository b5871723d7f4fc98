import type { InputHTMLAttributes, PartialInputHTMLAttributes, TextareaHTMLAttributes } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import "./field.css";

interface Said {
  label: string;
  /** An example or what it is for; below the label. */
  hint?: string | undefined;
  /** What is wrong and what to do; below the field. */
  error?: string | undefined;
  /** Said beside the label of what may be left empty. */
  optional?: string | undefined;
}
type Kind = "text" | "password" | "search" | "number" | "url" | "time" | "date" | "datetime-local";
type Input = Said & { type?: Kind } & Omit<
    PartialInputHTMLAttributes<HTMLInputElement>,
    "label" | "ref" | "role" | "type"
  >;
type Area = Said & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "label" | "ref">;

/** One line of text with its label. */
export function Field({ label, hint, error, optional, ...rest }: Input) {
  const ids = useNames(hint, error);
  return (
    <div class="field">
      <Label id={ids.field} {...{ label, hint, optional }} hintId={ids.hint} />
      <input
        {...(rest as InputHTMLAttributes)}
        id={ids.field}
        class="field-box"
        aria-describedby={ids.described}
        aria-invalid={error ? true : undefined}
      />
      <Wrong id={ids.error} error={error} />
    </div>
  );
}

/** Text of several lines; the box grows with what is in it. */
export function AreaField({ label, hint, error, optional, ...rest }: Area) {
  const ids = useNames(hint, error);
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => grow(box.current), [rest.value]);
  return (
    <div class="field">
      <Label id={ids.field} {...{ label, hint, optional }} hintId={ids.hint} />
      <textarea
        rows={2}
        {...rest}
        ref={box}
        id={ids.field}
        class="field-box field-area"
        aria-describedby={ids.described}
        aria-invalid={error ? true : undefined}
      />
      <Wrong id={ids.error} error={error} />
    </div>
  );
}

/** Make the box as high as its text. */
export function grow(box: HTMLTextAreaElement | null): void {
  if (!box) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

function Label({ id, label, hint, hintId, optional }: Said & { id: string; hintId: string }) {
  return (
    <>
      <label for={id} class="field-label">
        {label}
        {optional && <span class="field-optional"> {optional}</span>}
      </label>
      {hint && (
        <p id={hintId} class="field-hint">
          {hint}
        </p>
      )}
    </>
  );
}

function Wrong({ id, error }: { id: string; error: string | undefined }) {
  return (
    <p id={id} class="field-error" aria-live="polite" hidden={!error}>
      {error}
    </p>
  );
}

function useNames(hint: string | undefined, error: string | undefined) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return { field: id, hint: `${id}-hint`, error: `${id}-error`, described };
}
