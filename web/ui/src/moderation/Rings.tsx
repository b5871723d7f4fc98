import { list } from "../words/format.ts";
import { t } from "../words/words.ts";
import { calledIn, type Ring } from "./desk.ts";
import { Section } from "./Section.tsx";
import { shareOf } from "./share.ts";
import "../words/more/moderation.ts";

/** People who mostly agree with each other: a place to look, no verdict. */
export function Rings({ rings }: { rings: readonly Ring[] | null }) {
  return (
    <Section
      title={t("moderation.rings")}
      says={t("moderation.rings_says")}
      items={rings}
      none={t("moderation.rings_none")}
    >
      {rings?.map((ring) => (
        <li key={ring.people.join(" ")} class="ring">
          <bdi class="ring-who">{list(ring.people.map((person) => calledIn(ring.names, person)))}</bdi>
          <p>{t("moderation.rings_share", { share: shareOf(ring.share), posts: ring.posts })}</p>
        </li>
      ))}
    </Section>
  );
}
