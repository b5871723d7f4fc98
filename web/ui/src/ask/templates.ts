/** What each complaint's template suggests, the server's own file: realtime/rooms/asking/templates.json. */
import file from "../../../../realtime/rooms/asking/templates.json";

export interface Template {
  readonly name: string;
  readonly specialties: readonly string[];
  readonly vitals: readonly string[];
  readonly resources: readonly string[];
  readonly pregnant?: boolean;
}

export const TEMPLATES: readonly Template[] = file.templates;

export function templateOf(name: string): Template | undefined {
  return TEMPLATES.find((one) => one.name === name);
}
