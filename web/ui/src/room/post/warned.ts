import type { FlagReason } from "../../wire/frames.ts";
import type { Post, Warning } from "../fold/post.ts";

/** The warnings of one reason, in order of their making. */
export interface WarnedOf {
  readonly reason: FlagReason;
  readonly warnings: readonly Warning[];
}

/** The warnings of a post by reason, the reason first of which somebody warned first. */
export function warnedOf({ warnings }: Pick<Post, "warnings">): readonly WarnedOf[] {
  const reasons = [...new Set(warnings.map((warning) => warning.reason))];
  return reasons.map((reason) => ({ reason, warnings: warnings.filter((warning) => warning.reason === reason) }));
}

/** Of what most warn: for that it is folded away. */
export function mostWarnedOf(post: Pick<Post, "warnings">): WarnedOf | undefined {
  return warnedOf(post).toSorted((one, other) => other.warnings.length - one.warnings.length)[0];
}
