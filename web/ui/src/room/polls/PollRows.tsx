import { Icon } from "../../design/Icon.tsx";
import { t } from "../../words/words.ts";
import { type Standing, share } from "./standing.ts";
import "../../words/more/polls.ts";

interface Props {
  options: readonly string[];
  standing: Standing;
  /** Absent where there is nothing to be chosen. */
  onChoose?: (option: number) => void;
}

/** The options, each with a bar as long as its part of the voters, once one may see that. */
export function PollRows({ options, standing, onChoose }: Props) {
  return (
    <ul class="poll-rows">
      {options.map((option, n) => (
        <li key={n}>
          {onChoose ? (
            <button type="button" class="poll-row" aria-pressed={standing.mine.includes(n)} onClick={() => onChoose(n)}>
              <Row words={option} place={n} standing={standing} />
            </button>
          ) : (
            <div class="poll-row">
              <Row words={option} place={n} standing={standing} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Row({
  words,
  place,
  standing: { mine, counts, voters },
}: {
  words: string;
  place: number;
  standing: Standing;
}) {
  const count = counts?.[place];
  const chosen = mine.includes(place);
  return (
    <>
      {count !== undefined && <span class="poll-bar" style={{ inlineSize: `${100 * share(count, voters)}%` }} />}
      <span class="poll-mark">{chosen && <Icon name="check" />}</span>
      <bdi class="poll-words">{words}</bdi>
      {count !== undefined && (
        <span class="poll-count">
          {count}
          <span class="quiet"> {t("polls.of", { count: voters })}</span>
        </span>
      )}
    </>
  );
}
