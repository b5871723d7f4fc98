/** Whether calls sound on this device, and how loud: kept here, for each device is somewhere else. */
import { signal } from "@preact/signals";

export interface Loudness {
  readonly on: boolean;
  /** 0.1 to 1. */
  readonly volume: number;
}

const KEY = "curbside.alarm";
const FIRST: Loudness = { on: true, volume: 0.7 };
const LEAST = 0.1;

export const loudness = signal<Loudness>(kept());

/** Keep this from now on. */
export function setLoudness(wanted: Loudness): void {
  loudness.value = { on: wanted.on, volume: bounded(wanted.volume) };
  try {
    localStorage.setItem(KEY, JSON.stringify(loudness.value));
  } catch {
    // Without storage it lasts for this page.
  }
}

function kept(): Loudness {
  try {
    const { on, volume } = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Loudness>;
    return { on: on ?? FIRST.on, volume: bounded(volume ?? FIRST.volume) };
  } catch {
    return FIRST;
  }
}

function bounded(volume: number): number {
  return Math.min(1, Math.max(LEAST, Number.isFinite(volume) ? volume : FIRST.volume));
}
