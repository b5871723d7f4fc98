/** Between the form and what is sent. */
import type { OpenCase } from "../wire/opening.ts";
import type { Fields } from "./fields.ts";

/** The case as it is sent, without what was measured; null while no acuity is chosen. What is left empty is left out. */
export function openCase(fields: Fields): OpenCase | null {
  const { acuity, age_band, sex, background, observers, linked_to, template, findings: _, resources, ...rest } = fields;
  if (acuity === null) return null;
  return {
    ...rest,
    acuity,
    ...given({ age_band, sex, background, observers, linked_to, template }),
    ...listed(resources),
  };
}

/** The form as it was when this case was sent, without what was measured. `empty`: what stands where nothing was said. */
export function fieldsOf(wish: OpenCase, empty: Fields): Fields {
  const { observers, not_identifying: _, vitals: _v, vitals_at: _at, triage: _t, resources = [], ...rest } = wish;
  const mode = typeof observers === "object" ? observers.mode : (observers ?? null);
  const there = Object.fromEntries(resources.map(({ name, value }) => [name, value]));
  return { ...empty, ...given(rest), resources: there, observers: mode };
}

function listed(resources: Fields["resources"]): Pick<OpenCase, "resources"> {
  const all = Object.entries(resources).map(([name, value]) => ({ name, value }));
  return all.length > 0 ? { resources: all } : {};
}

/** What is neither empty nor missing. */
function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const some = Object.entries(fields).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return Object.fromEntries(some) as { [K in keyof T]?: NonNullable<T[K]> };
}
