import { useId } from "preact/hooks";
import { Acuity } from "../design/Acuity.tsx";
import { Since } from "../design/Moment.tsx";
import { Written } from "../design/Written.tsx";
import { language, list, specialty } from "../words/format.ts";
import { said, t } from "../words/words.ts";
import { foreign } from "./own.ts";
import type { Line } from "./store.ts";
import "./row.css";
import "../words/more/worklist.ts";

interface Props {
  line: Line;
  yours: boolean;
  /** Whether the reader may enter read-only instead, as a viewer. */
  mayFollow: boolean;
}

/** One case: how urgent, what, who is wanted, who is there, how long. The whole row opens it; a link of its own follows. */
export function Row({ line, yours, mayFollow }: Props) {
  const id = useId();
  const lonely = line.help === "nobody" && line.status === "open";
  return (
    <li
      class={`row row-${line.acuity} ${line.status === "closed" ? "row-closed" : `row-${line.help ?? "open"}`}`}
      data-room={line.room}
    >
      <span id={`${id}-acuity`} class="row-acuity">
        <Acuity level={line.acuity} />
      </span>
      <div class="row-case">
        <a
          id={`${id}-title`}
          href={`/case/${line.room}`}
          class="row-link said"
          aria-describedby={`${id}-acuity ${id}-who ${id}-since`}
        >
          <Written text={line.title} />
        </a>
        <Wanted line={line} yours={yours} />
      </div>
      <p id={`${id}-who`} class="row-who">
        <Who line={line} />
      </p>
      <p id={`${id}-since`} class="row-since">
        <span class="quiet">{t(lonely ? "worklist.waiting" : "worklist.open_for")} </span>
        <Since at={line.opened_at} />
      </p>
      {mayFollow && !yours && line.status === "open" && <Follow line={line} titled={`${id}-title`} />}
    </li>
  );
}

function Follow({ line, titled }: { line: Line; titled: string }) {
  return (
    <a
      href={`/case/${line.room}?as=follow`}
      class="row-follow"
      aria-describedby={titled}
      title={t("worklist.follow_says")}
    >
      {t("worklist.follow")}
    </a>
  );
}

function Wanted({ line, yours }: { line: Line; yours: boolean }) {
  const languages = foreign(line.languages);
  return (
    <p class="row-wanted">
      {yours && <span class="row-yours">{t("worklist.yours")}</span>}
      <span class="quiet">{t("worklist.wants")} </span>
      <span>{list(line.specialties.map(specialty))}</span>
      {languages.length > 0 && <span class="row-languages">{list(languages.map(language))}</span>}
    </p>
  );
}

function Who({ line }: { line: Line }) {
  const here = line.here ?? 0;
  const count = here > 0 && <span>{t("worklist.here", { count: here })}</span>;
  if (line.status === "closed") return t("worklist.closed");
  // One is here: the presenter, who waits.
  if (line.help === "nobody" && here <= 1) return <strong>{t("worklist.nobody")}</strong>;
  return (
    <>
      <Helped line={line} /> {count}
    </>
  );
}

/** How far help is. */
function Helped({ line: { help, help_at, opened_at } }: { line: Line }) {
  switch (help) {
    case "nobody":
      return <strong>{t("worklist.no_answer")}</strong>;
    case "paged":
      return <strong>{said("worklist.paged", { time: <Since at={help_at ?? opened_at} /> })}</strong>;
    case "answered":
      return <span>{t("worklist.answered")}</span>;
    default:
      return null;
  }
}
