import { later, Nothing } from "../../design/later.tsx";
import { Moment } from "../../design/Moment.tsx";
import { Person } from "../../design/Person.tsx";
import { Written } from "../../design/Written.tsx";
import { t } from "../../words/words.ts";
import { EvidenceShown } from "../evidence/EvidenceShown.tsx";
import type { Stance } from "../fold/post.ts";
import "../../words/more/room.ts";

const StatedInterests = later(() => import("../../interests/Stated.tsx").then((file) => file.StatedInterests), Nothing);

/** One stance: whose, since when, why, and what it rests on. */
export function StanceOf({ stance }: { stance: Stance }) {
  return (
    <li class="stance-one">
      <p class="stance-by">
        <Person by={stance.by} /> <Moment at={stance.at} />
      </p>
      {stance.interests.length > 0 && <StatedInterests interests={stance.interests} />}
      {stance.note ? (
        <p class="said">
          <Written text={stance.note} />
        </p>
      ) : (
        <p class="stance-bare">{t("room.post_no_reason")}</p>
      )}
      <EvidenceShown evidence={stance.evidence} />
    </li>
  );
}
