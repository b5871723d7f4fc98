import { useMemo } from "preact/hooks";
import { t } from "../words/words.ts";
import { codeOf, lines, type Run } from "./writing.ts";
import "./written.css";

/** What somebody wrote, letter by letter, and which of `names` it mentions; what cannot be seen of it is named where it stands, and turns nothing. */
export function Written({ text, names }: { text: string; names?: readonly string[] | undefined }) {
  const written = useMemo(() => lines(text, names), [text, names]);
  return (
    <>
      {written.map((line, at) =>
        line.item ? (
          <span key={at} class="written-item">
            <Runs of={line.runs} />
          </span>
        ) : (
          <Runs key={at} of={line.runs} />
        ),
      )}
    </>
  );
}

function Runs({ of }: { of: readonly Run[] }) {
  return (
    <>
      {of.map((run, at) => (
        <RunView key={at} run={run} />
      ))}
    </>
  );
}

function RunView({ run }: { run: Run }) {
  switch (run.as) {
    case "plain":
      return <>{run.text}</>;
    case "strong":
      return <strong>{run.text}</strong>;
    case "mention":
      return <bdi class="written-mention">{run.text}</bdi>;
    case "mark":
      return (
        <span class="written-mark" aria-hidden="true">
          {run.text}
        </span>
      );
    case "unseen":
      return <Unseen character={run.text} />;
  }
}

/** An element of its own ends what the character would turn (UAX 9 §3.3.2, X8). */
function Unseen({ character }: { character: string }) {
  const code = codeOf(character);
  const says = t("common.unseen", { code });
  return (
    <bdi class="written-unseen" role="img" aria-label={says} title={says} data-code={code}>
      {character}
    </bdi>
  );
}
