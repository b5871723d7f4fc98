import { IconButton } from "../../design/Button.tsx";
import { t } from "../../words/words.ts";
import { type Line, restOf, STEP, weighed, without } from "./differential.ts";
import "../../words/more/opinions.ts";

interface Props {
  lines: readonly Line[];
  onLines: (lines: readonly Line[]) => void;
}

/** How likely each is: a slider that stops where the others leave nothing; what is left is something else. */
export function Likelihoods({ lines, onLines }: Props) {
  return (
    <section class="likelihoods" aria-label={t("opinions.named")}>
      <h3 class="opinions-head">{t("opinions.named")}</h3>
      {lines.length === 0 && <p class="act-says">{t("opinions.nothing")}</p>}
      <ul>
        {lines.map((line, index) => (
          <li key={`${line.code ?? ""} ${line.dx}`} class="likelihood">
            <span class="likelihood-dx">
              <bdi>{line.dx}</bdi> {line.code && <span class="opinions-code">{line.code}</span>}
            </span>
            <IconButton
              icon="close"
              name={t("opinions.remove", { dx: line.dx })}
              onClick={() => onLines(without(lines, index))}
            />
            <input
              type="range"
              min={STEP}
              max={100}
              step={STEP}
              value={line.percent}
              aria-label={t("opinions.likely", { dx: line.dx })}
              aria-valuetext={t("opinions.percent", { percent: line.percent })}
              onInput={(event) => {
                const changed = weighed(lines, index, event.currentTarget.valueAsNumber);
                event.currentTarget.value = String(changed[index]?.percent ?? line.percent);
                onLines(changed);
              }}
            />
            <output class="likelihood-percent">{t("opinions.percent", { percent: line.percent })}</output>
          </li>
        ))}
      </ul>
      {lines.length > 0 && <p class="likelihood-rest">{t("opinions.rest", { percent: restOf(lines) })}</p>}
    </section>
  );
}
