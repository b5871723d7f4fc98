import type { Api } from "../../http/api.ts";
import { known, t } from "../../words/words.ts";
import { kindOf } from "./observers.ts";
import "../../words/more/looks.ts";

/** One read of a case, as its presenter is told: of an observer the institution only. `at` is Unix ms. */
export interface Look {
  readonly at: number;
  readonly act: string;
  readonly detail: string;
  readonly handle?: string;
  /** What a moderator said who entered by office. */
  readonly why?: string;
  readonly institution?: string;
  readonly observer?: string;
}

/** A page of reads, newest first; `next` is null on the last one. */
export interface Looks {
  readonly reads: readonly Look[];
  readonly next: string | null;
}

/** The page that begins after `after`, or the first one. */
export function looksAt(api: Pick<Api, "get">, room: string, after: string | null): Promise<Looks> {
  const from = after === null ? "" : `?after=${encodeURIComponent(after)}`;
  return api.get<Looks>(`/api/cases/${encodeURIComponent(room)}/audit${from}`);
}

/** Who it was: "dr_ana", or "St. Olav (research)". */
export function whoLooked(look: Look): string {
  if (look.handle) return look.handle;
  const institution = look.institution || t("looks.observer");
  return look.observer ? t("looks.institution", { institution, kind: kindOf(look.observer) }) : institution;
}

/** What they did, and from where on they read: "read events after 12". */
export function howLooked(look: Look): string {
  const after = /^after (\d+)$/.exec(look.detail)?.[1];
  if (after !== undefined && after !== "0") return t("looks.after", { seq: after });
  if (look.act === "case_entered") return t("looks.case_entered", { why: look.why ?? "" });
  const word = `looks.${look.act}`;
  return known(word) ? t(word) : t("looks.case_read");
}
