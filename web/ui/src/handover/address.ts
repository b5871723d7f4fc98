export const FORMS = ["html", "text", "fhir"] as const;
export type Form = (typeof FORMS)[number];

/** Where the server gives the handover note of a case, with times in the reader's own zone as well. */
export function addressOf(room: string, form: Form): string {
  const query = new URLSearchParams({ format: form, tz: Intl.DateTimeFormat().resolvedOptions().timeZone });
  return `/api/cases/${encodeURIComponent(room)}/handover?${query}`;
}
