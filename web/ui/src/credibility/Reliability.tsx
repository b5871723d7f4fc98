import { number } from "../words/format.ts";
import { intl } from "../words/locale.ts";
import { t } from "../words/words.ts";
import type { Bin } from "./record.ts";
import "./numbers.css";
import "./reliability.css";
import "../words/more/credibility.ts";

const SIDE = 200;
const MARGIN = 40;
const TICKS = [0, 0.5, 1];
const LEAST_DOT = 3;
const MOST_DOT = 10;

const shares = new Intl.NumberFormat(intl, { style: "percent", maximumFractionDigits: 0 });

/** What was given how likely, and how often it was so. The table says the same: the picture is for the eye only. */
export function Reliability({ bins }: { bins: readonly Bin[] }) {
  return (
    <>
      <h4 class="reliability-title">{t("credibility.diagram")}</h4>
      <p class="reliability-says">{t("credibility.diagram_says")}</p>
      <Diagram bins={bins} />
      <BinsTable bins={bins} />
    </>
  );
}

function Diagram({ bins }: { bins: readonly Bin[] }) {
  const most = Math.max(...bins.map(({ n }) => n));
  const size = SIDE + 2 * MARGIN;
  return (
    <svg class="reliability" viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
      {TICKS.map((share) => (
        <g key={share} class="reliability-grid">
          <path d={`M${MARGIN} ${down(share)}h${SIDE}M${across(share)} ${MARGIN}v${SIDE}`} />
          <text x={MARGIN - 4} y={down(share) + 4} text-anchor="end">
            {shares.format(share)}
          </text>
          <text x={across(share)} y={SIDE + MARGIN + 16} text-anchor="middle">
            {shares.format(share)}
          </text>
        </g>
      ))}
      <path class="reliability-line" d={`M${across(0)} ${down(0)}L${across(1)} ${down(1)}`} />
      {bins.map((bin) => (
        <circle
          key={bin.low}
          class="reliability-dot"
          cx={across(bin.mean)}
          cy={down(bin.hits / bin.n)}
          r={dot(bin.n / most)}
        />
      ))}
      <text x={across(0.5)} y={size - 3} text-anchor="middle">
        {t("credibility.said")}
      </text>
      <text x={MARGIN} y={MARGIN - 12} text-anchor="start">
        {t("credibility.was")}
      </text>
    </svg>
  );
}

function BinsTable({ bins }: { bins: readonly Bin[] }) {
  return (
    <details class="numbers">
      <summary>{t("credibility.table")}</summary>
      <table class="figures">
        <caption class="quiet">{t("credibility.diagram")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("credibility.said")}</th>
            <th scope="col">{t("credibility.was")}</th>
            <th scope="col">{t("credibility.of")}</th>
          </tr>
        </thead>
        <tbody>
          {bins.map(({ low, n, mean, hits }) => (
            <tr key={low}>
              <th scope="row">{shares.format(mean)}</th>
              <td>{t("credibility.so", { hits, share: shares.format(hits / n) })}</td>
              <td>{number(n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Area, not width, says how many. */
export function dot(share: number): number {
  return Math.max(LEAST_DOT, MOST_DOT * Math.sqrt(share));
}

function across(share: number): number {
  return MARGIN + share * SIDE;
}

function down(share: number): number {
  return MARGIN + (1 - share) * SIDE;
}
