import type { Here } from "../../wire/frames.ts";

/** Who presents the case, then the others as they came. */
export function presenterFirst(people: readonly Here[], presenter: string | undefined): readonly Here[] {
  const first = people.filter((here) => here.person === presenter);
  return [...first, ...people.filter((here) => here.person !== presenter)];
}
