import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Acuity } from "../design/Acuity.tsx";
import { Blank } from "../design/Blank.tsx";
import { ButtonLink } from "../design/Button.tsx";
import { Shape } from "../design/Shape.tsx";
import { Written } from "../design/Written.tsx";
import { dateOf, list as listed, specialty } from "../words/format.ts";
import { t } from "../words/words.ts";
import { filtered } from "./filter.ts";
import type { ArchivedLines } from "./list.ts";
import type { ClosedLine } from "./records.ts";
import "../words/more/archive.ts";

/** Those that are being sealed, then the sealed ones; what there is to say where there are none. */
export function ArchivedRows({ list, words }: { list: ArchivedLines; words: string }) {
  const sealing = filtered(list.sealing.value, words);
  const lines = filtered(list.lines.value, words);
  if (sealing.length + lines.length === 0) return <None list={list} />;
  return (
    <ol class="archive-rows">
      {sealing.map((line) => (
        <Row key={line.id} line={line} href={`/case/${line.id}`}>
          <strong>{t("archive.sealing")}</strong>
        </Row>
      ))}
      {lines.map((line) => (
        <Row key={line.id} line={line} href={`/archive/${line.id}`}>
          {t("archive.events", { count: line.events })}
        </Row>
      ))}
    </ol>
  );
}

function None({ list }: { list: ArchivedLines }) {
  if (list.state.value === "loading") return <Shape rows={5} />;
  if (list.state.value === "failed") return null;
  if (list.lines.value.length > 0) return <Blank says={t("archive.no_match")} />;
  return (
    <Blank says={t("archive.none")}>
      <ButtonLink href="/">{t("app.to_worklist")}</ButtonLink>
    </Blank>
  );
}

function Row({ line, href, children }: { line: ClosedLine; href: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <li class="archive-row">
      <span id={`${id}-acuity`} class="archive-acuity">
        <Acuity level={line.acuity} />
      </span>
      <div class="archive-case">
        <a href={href} class="archive-link said" aria-describedby={`${id}-acuity ${id}-state ${id}-when`}>
          <Written text={line.title} />
        </a>
        <p class="archive-wanted">{listed(line.specialties.map(specialty))}</p>
      </div>
      <p id={`${id}-state`} class="archive-state">
        {children}
      </p>
      <p id={`${id}-when`} class="archive-when">
        <span class="quiet">{t("archive.closed")} </span>
        {line.closed_at && <time dateTime={new Date(line.closed_at).toISOString()}>{dateOf(line.closed_at)}</time>}
      </p>
    </li>
  );
}
