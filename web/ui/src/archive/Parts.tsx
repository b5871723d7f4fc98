import { Person } from "../design/Person.tsx";
import { t } from "../words/words.ts";
import type { Part } from "./replay.ts";
import "../words/more/archive.ts";

/** Who took part, and how much. */
export function Parts({ parts, presenter }: { parts: readonly Part[]; presenter: string }) {
  return (
    <section class="parts" aria-labelledby="parts">
      <h2 id="parts" tabIndex={-1}>
        {t("archive.parts")}
      </h2>
      <ul class="parts-list">
        {parts.map((part) => (
          <li key={part.by.person}>
            <Person by={part.by} presents={part.by.person === presenter} />
            <p class="parts-did">{didOf(part)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function didOf({ posts, stances }: Part): string {
  const did = [posts && t("archive.posts", { count: posts }), stances && t("archive.stances", { count: stances })];
  return did.filter(Boolean).join(" · ");
}
