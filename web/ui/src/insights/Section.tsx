import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { t } from "../words/words.ts";
import { addressOf, type Choice, type Kind } from "./told.ts";
import "../words/more/insights.ts";

interface Props {
  readonly kind: Kind;
  readonly choice: Choice;
  /** As which files they may be had. */
  readonly files: readonly string[];
  readonly children: ComponentChildren;
}

/** Figures of one kind: what they are about, and where to have them as a file. */
export function Section({ kind, choice, files, children }: Props) {
  const id = useId();
  return (
    <section class="insights-kind" aria-labelledby={id}>
      <h2 id={id}>{t(`insights.title_${kind}`)}</h2>
      <p class="insights-says">{t(`insights.says_${kind}`)}</p>
      {children}
      <p class="insights-files">
        {files.map((file) => (
          <a key={file} href={addressOf(kind, choice, file)} download>
            {t("insights.download", { what: t(`insights.title_${kind}`), file: FILES[file] ?? file })}
          </a>
        ))}
      </p>
    </section>
  );
}

const FILES: Readonly<Record<string, string>> = { csv: "CSV", parquet: "Parquet" };
