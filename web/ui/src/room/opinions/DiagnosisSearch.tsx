import { useId, useRef, useState } from "preact/hooks";
import { Field } from "../../design/Field.tsx";
import { t } from "../../words/words.ts";
import { found } from "./diagnoses.ts";
import { added, type Line, MOST_CHARS, MOST_NAMED } from "./differential.ts";
import "../../words/more/opinions.ts";

interface Props {
  lines: readonly Line[];
  onLines: (lines: readonly Line[]) => void;
}

/** Find a diagnosis by its first letters, or take what is written: by a tap, or with Enter and the arrows. */
export function DiagnosisSearch({ lines, onLines }: Props) {
  const [typed, setTyped] = useState("");
  const id = useId();
  const box = useRef<HTMLElement>(null);
  if (lines.length >= MOST_NAMED) return <p class="act-says">{t("opinions.full")}</p>;
  const words = typed.trim().replace(/\s+/gu, " ");
  const hits = found(words);
  const take = (one: Pick<Line, "dx" | "code">) => {
    onLines(added(lines, one));
    setTyped("");
    box.current?.querySelector("input")?.focus();
  };
  const first = hits[0] ?? { dx: words };
  return (
    <section
      class="diagnosis-search"
      aria-label={t("opinions.search")}
      ref={box}
      onKeyDown={(event) => pressed(event, words ? () => take(first) : undefined)}
    >
      <Field
        label={t("opinions.search")}
        hint={t("opinions.search_hint")}
        type="search"
        value={typed}
        maxLength={MOST_CHARS}
        autocomplete="off"
        spellcheck={false}
        enterkeyhint="done"
        aria-controls={id}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <p class="quiet" aria-live="polite">
        {words.length > 1 ? t("opinions.found", { count: hits.length }) : ""}
      </p>
      <ul id={id} class="diagnosis-found">
        {hits.map((hit) => (
          <li key={hit.code}>
            <button type="button" class="diagnosis-hit" onClick={() => take(hit)}>
              <bdi>{hit.dx}</bdi> <span class="opinions-code">{hit.code}</span>
            </button>
          </li>
        ))}
        {words && (
          <li>
            <button type="button" class="diagnosis-hit" onClick={() => take({ dx: words })}>
              {t("opinions.as_written", { words })}
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}

/** Enter in the field takes the first, and sends nothing; the arrows go through what was found. */
function pressed(event: KeyboardEvent, take: (() => void) | undefined): void {
  if (event.isComposing) return;
  const inField = event.target instanceof HTMLInputElement;
  if (event.key === "Enter" && inField) {
    event.preventDefault();
    take?.();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  const stops = [...currentTarget.querySelectorAll<HTMLElement>("input, .diagnosis-hit")];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
