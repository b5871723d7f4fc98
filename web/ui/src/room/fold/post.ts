import type { By, Evidence, FlagReason, Picture, Stated } from "../../wire/frames.ts";

export type PostKind = "comment" | "question" | "finding" | "recommendation";

/** Who agrees with, or disputes, the present text of a post. `at` is Unix ms. */
export interface Stance {
  readonly by: By;
  readonly stance: "agree" | "disagree";
  readonly note?: string | undefined;
  readonly evidence: readonly Evidence[];
  /** Of who holds it, as they were then. */
  readonly interests: readonly Stated[];
  readonly at: number;
  readonly seq: number;
  /** What their word weighs here, 0 to 1, where the server knew. */
  readonly weight?: number | undefined;
  /** Whether they are of the same institution as the author of the post, where that is known. */
  readonly same_house?: boolean | undefined;
}

/** Someone took the present text for a danger, or for something that identifies a patient. `at` is Unix ms. */
export interface Warning {
  readonly by: By;
  readonly reason: FlagReason;
  readonly at: number;
  readonly seq: number;
}

/** What is known of a retraction. Who comes late may be sent the `digest` (hex) before the event that says why. */
export interface Retraction {
  readonly digest?: string | undefined;
  readonly reason?: string | undefined;
  readonly by?: By | undefined;
  readonly at?: number | undefined;
}

/**
 * A post as it is now. Never changed: what happens to it makes another object, so that `===` tells.
 *
 * `version` is 1 and grows with each amendment; `agree` and `disagree` are of the present text only, in order of their
 * making. A retracted post has no text, no evidence and no pictures. `released`: observers may see its pictures.
 */
export interface Post {
  readonly id: string;
  readonly seq: number;
  readonly at: number;
  readonly by: By;
  readonly kind: PostKind;
  readonly text: string;
  readonly lang?: string | undefined;
  readonly reply_to?: string | undefined;
  readonly contradicts?: string | undefined;
  readonly to?: string | undefined;
  readonly evidence: readonly Evidence[];
  readonly pictures: readonly Picture[];
  readonly released: boolean;
  readonly version: number;
  readonly amended_at?: number | undefined;
  readonly retracted?: Retraction | undefined;
  /** It has data of a trial that is not public: kept from observers, who may have been sent it before. */
  readonly trial_data?: boolean | undefined;
  /** Of its author, as they were then. Observers are told what each is of, and not who pays. */
  readonly interests: readonly Stated[];
  readonly agree: readonly Stance[];
  readonly disagree: readonly Stance[];
  /** Who warned of the present text, of what: each reason and person once, in order of their making. */
  readonly warnings: readonly Warning[];
  /** It is folded away; who wants to see it opens it. */
  readonly collapsed: boolean;
  /** This reader may not see what it says. */
  readonly withheld: boolean;
}
