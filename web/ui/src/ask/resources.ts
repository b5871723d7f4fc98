/** What can be said of a place, the server's own file: realtime/rooms/asking/resources.json. */
import file from "../../../../realtime/rooms/asking/resources.json";

export const HAVE: readonly string[] = file.have;
export const { most: MOST_HOURS, least: LEAST_HOURS } = file.hours.transfer_hours;

/** Those that matter to a template first. */
export function sorted(wanted: readonly string[]): readonly string[] {
  return [...HAVE].sort((one, other) => Number(wanted.includes(other)) - Number(wanted.includes(one)));
}
