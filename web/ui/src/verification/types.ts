/** What the server says of verification, over HTTP. Times are Unix ms. */

/** Whether tiers are for this person. */
export const verifiable = ({ role }: { role?: string | undefined }): boolean =>
  role === "clinician" || role === "physician";

export interface Licence {
  readonly country: string;
  readonly register: string;
  readonly name: string;
  readonly example: string;
  /** Nobody has checked the format against the register. */
  readonly guessed: boolean;
}

export interface Forms {
  readonly open: boolean;
  readonly password_chars: number;
  readonly licences: readonly Licence[];
}

export interface Evidence {
  readonly confirmed: boolean;
  readonly documents: number;
  readonly format: "ok" | "wrong" | "unknown";
  readonly guessed: boolean;
  readonly register: "match" | "near" | "other_name" | "inactive" | "no_entry" | "no_file";
  readonly contested: boolean;
  readonly vouches: number;
  /** How cases turned out speaks for them. */
  readonly merit?: boolean;
}

export interface Identity {
  readonly family: string;
  readonly given: string;
  readonly email?: string;
  readonly country?: string;
  readonly register?: string;
  readonly number?: string;
}

export interface Document {
  readonly id: string;
  readonly kind: string;
  readonly size_bytes: number;
  readonly at: number;
}

export interface Decision {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly outcome: "approved" | "refused" | "more" | "earned" | "lapsed" | "lowered" | "taken";
  readonly tier_before: number;
  readonly tier: number;
  readonly reason: string;
}

export interface Request {
  readonly id: string;
  readonly person: string;
  readonly handle: string;
  readonly role: string;
  readonly specialty: string;
  readonly country: string;
  readonly tier: number;
  readonly kind: "claim" | "renewal" | "appeal";
  readonly state: "open" | "asked";
  readonly at: number;
  readonly evidence: Evidence;
  readonly contested?: string;
  readonly text?: string;
}

export interface Vouch {
  readonly person: string;
  readonly handle: string;
  readonly at: number;
  readonly revoked_at?: number;
}

export interface Own {
  readonly tier: number;
  readonly role: string;
  /** The real name as it is shown to all; empty where it is not. */
  readonly name: string;
  readonly until: number | null;
  readonly noticed_at: number | null;
  readonly mail: boolean;
  readonly evidence: Evidence;
  readonly missing: readonly ("confirm" | "document" | "licence" | "contested" | "register" | "vouches")[];
  readonly identity: Identity | null;
  readonly specialty: string;
  readonly documents: readonly Document[];
  readonly requests: readonly Request[];
  readonly decisions: readonly Decision[];
  readonly may_vouch: boolean;
  readonly vouched_by: readonly Vouch[];
  readonly vouches_for: readonly Vouch[];
  readonly openings: readonly { readonly by: string; readonly at: number; readonly reason: string }[];
}

/** What a moderator is shown who has said why. */
export interface Opened {
  readonly identity: Identity;
  readonly documents: readonly Document[];
  readonly decisions: readonly Decision[];
  readonly vouched_by: readonly { readonly vouch: Vouch; readonly refused: number }[];
}
