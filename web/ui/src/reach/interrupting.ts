/** Whom a case would interrupt if it were sent now, in numbers. */
import type { Acuity, Reach } from "../wire/frames.ts";
import { list } from "../words/format.ts";
import { t } from "../words/words.ts";
import "../words/more/ringing.ts";

const GROUPS = ["on_call", "present", "others"] as const;
const REASONS = ["do_not_disturb", "quiet", "limit", "unverified"] as const;

/** The parts of a case that say whom it asks. */
export interface Asked {
  readonly acuity: Acuity;
  readonly specialties: readonly string[];
  readonly languages: readonly string[];
  readonly reach: Reach;
}

export interface Preview {
  readonly rings: number;
  readonly groups: Readonly<Record<(typeof GROUPS)[number], number>>;
  readonly passed_over: Readonly<Partial<Record<(typeof REASONS)[number], number>>>;
}

/** How many it rings, as a sentence. */
export function ringing({ acuity }: Asked, { rings }: Preview): string {
  if (acuity === "routine") return t("ringing.rings_not");
  return rings ? t("ringing.rings", { count: rings }) : t("ringing.rings_nobody");
}

/** Who is rung first, and who is not rung and why: a sentence each, where there is something to say. */
export function more({ rings, groups, passed_over }: Preview): readonly string[] {
  const order = GROUPS.filter((group) => groups[group]).map((group) =>
    t(`ringing.group_${group}`, { count: groups[group] }),
  );
  const reasons = REASONS.flatMap((why) => {
    const count = passed_over[why];
    return count ? [t(`ringing.why_${why}`, { count })] : [];
  });
  return [
    ...(rings > 1 ? [t("ringing.groups", { groups: list(order) })] : []),
    ...(reasons.length ? [t("ringing.passed_over", { reasons: list(reasons) })] : []),
  ];
}
