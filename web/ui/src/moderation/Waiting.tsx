import { useRef, useState } from "preact/hooks";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { Moment, Since } from "../design/Moment.tsx";
import type { FlagReason } from "../wire/frames.ts";
import { known, said, t } from "../words/words.ts";
import { calledIn, type Decision, type Flagged, type FlaggedPost, type ModerationDesk } from "./desk.ts";
import { ReasonForm } from "./ReasonForm.tsx";
import { headingOf, Section } from "./Section.tsx";
import "../words/more/moderation.ts";
import "../words/more/flags.ts";
import "../words/more/people.ts";

/** The posts whose flags nobody has decided on, the longest waiting first. */
export function Waiting({ desk }: { desk: ModerationDesk }) {
  const posts = desk.posts.value;
  return (
    <Section title={t("moderation.flags")} items={posts} none={t("moderation.flags_none")}>
      {posts?.map((post) => (
        <Card key={`${post.room} ${post.target}`} post={post} desk={desk} />
      ))}
    </Section>
  );
}

function Card({ post, desk }: { post: FlaggedPost; desk: ModerationDesk }) {
  const reasons = Object.entries(post.reasons) as [FlagReason, number][];
  const more = post.count - post.flags.length;
  return (
    <li class="flagged">
      <p class="flagged-head">
        {reasons.map(([reason, count]) => (
          <strong key={reason} class="flagged-reason">
            {t(`moderation.count_${reason}`, { count })}
          </strong>
        ))}
        <span class="flagged-since">{said("moderation.flags_waits", { time: <Since at={post.since} /> })}</span>
      </p>
      <ul class="flagged-flags">
        {post.flags.map((flag) => (
          <One key={flag.id} flag={flag} name={calledIn(post.names, flag.person)} />
        ))}
        {more > 0 && <li class="flagged-more">{t("moderation.flags_more", { count: more })}</li>}
      </ul>
      <p>
        <a class="flagged-see" href={`/case/${post.room}#${post.target}`}>
          {t("moderation.flags_see")}
        </a>
      </p>
      <Deciding post={post} desk={desk} />
    </li>
  );
}

function One({ flag, name }: { flag: Flagged; name: string }) {
  const kind = `people.kind_${flag.kind}`;
  const role = `common.${flag.role}`;
  const standing = [known(role) ? t(role) : flag.role, known(kind) ? t(kind) : ""].filter(Boolean).join(", ");
  return (
    <li>
      <p class="flagged-by">
        <bdi class="flagged-who">{name}</bdi> <span>{standing}</span> · {t(`flags.reason_${flag.reason}`)}
        {flag.told && <> · {t("moderation.flags_told")}</>} · <Moment at={flag.at} />
      </p>
      {flag.note && <p class="said flagged-note">{flag.note}</p>}
    </li>
  );
}

function Deciding({ post, desk }: { post: FlaggedPost; desk: ModerationDesk }) {
  const [decision, setDecision] = useState<Decision | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const decide = async (reason: string) => {
    if (!decision) return undefined;
    const heading = headingOf(place.current);
    const wrong = await desk.decide(post, decision, reason);
    if (wrong) return wrong;
    heading?.focus();
    announce(t("moderation.decided"));
    return undefined;
  };
  if (decision) {
    return (
      <div ref={place}>
        <ReasonForm
          label={t(`moderation.why_${decision}`)}
          hint={t("moderation.why_decided_hint")}
          send={t(`moderation.decide_${decision}`)}
          onSend={decide}
          onCancel={() => setDecision(null)}
        />
      </div>
    );
  }
  return (
    <div class="moderation-acts">
      <Button onClick={() => setDecision("upheld")}>{t("moderation.decide_upheld")}</Button>
      <Button onClick={() => setDecision("dismissed")}>{t("moderation.decide_dismissed")}</Button>
    </div>
  );
}
