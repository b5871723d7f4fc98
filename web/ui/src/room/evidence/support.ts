import type { Post } from "../fold/post.ts";

/** Whether what a post says rests on anything: on evidence of its author, or of somebody who agrees with it. */
export function isSupported({ evidence, agree }: Pick<Post, "evidence" | "agree">): boolean {
  return evidence.length > 0 || agree.some((stance) => stance.evidence.length > 0);
}
