/** What of a case its presenter may say anew. */
import type { Case, Revised } from "../../wire/frames.ts";

export type Revisable = Pick<Case, "acuity" | "specialties" | "background" | "assessment" | "request">;

export function revisableIn({ acuity, specialties, background, assessment, request }: Case): Revisable {
  return { acuity, specialties, assessment, request, ...(background === undefined ? {} : { background }) };
}

/** `of` with what was revised. */
export function revised<T extends Revisable>(of: T, { not_identifying: _, ...said }: Revised): T {
  return { ...of, ...said };
}
