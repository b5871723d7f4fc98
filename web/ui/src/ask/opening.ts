/** From the form to what is sent. */
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

function listed(resources: Fields["resources"]): Pick<OpenCase, "resources"> {
  const all = Object.entries(resources).map(([name, value]) => ({ name, value }));
  return all.length > 0 ? { resources: all } : {};
}

/** What is neither empty nor missing. */
export function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const some = Object.entries(fields).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return Object.fromEntries(some) as { [K in keyof T]?: NonNullable<T[K]> };
}
