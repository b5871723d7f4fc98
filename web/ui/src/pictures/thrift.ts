import { slow } from "../live/lateness.ts";

/** What some browsers tell of their line (Network Information API). */
interface NetworkInformation {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

const SLOW_TYPES: readonly string[] = ["slow-2g", "2g"];

/** Whether pictures are to wait until one asks for them: the line is slow, or whoever pays for it wants little. */
export function thrifty(): boolean {
  const { connection } = navigator as Navigator & { readonly connection?: NetworkInformation };
  return slow.value || connection?.saveData === true || SLOW_TYPES.includes(connection?.effectiveType ?? "");
}
