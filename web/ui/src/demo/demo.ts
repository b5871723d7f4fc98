/** The demonstration's own doors, which other servers do not have. */
import { signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import type { Ways } from "../signin/signin.ts";

const KEY = "curbside.demo";
/** Whether this server plays the demonstration, as it said when somebody signed in here. */
export const inDemo = signal(kept());

export interface DemoPerson {
  readonly handle: string;
  readonly role: string;
  readonly about: string;
}

/** The scripted consult: `room` is its case now; times are seconds of the script. */
export interface Play {
  readonly room: string;
  readonly title: string;
  readonly state: "waiting" | "playing" | "paused" | "over";
  readonly at_s: number;
  readonly length_s: number;
  readonly notice: string;
}

export interface Demo {
  readonly people: readonly DemoPerson[];
  readonly play: Play;
}

export const read = (api: Api): Promise<Demo> => api.get<Demo>("/api/demo");
export const enter = (api: Api, handle: string): Promise<unknown> => api.post("/api/demo/sessions", { handle });
export const direct = (api: Api, act: "play" | "pause" | "again"): Promise<{ play: Play }> =>
  api.post("/api/demo/play", { do: act });

/** Ask the server how one signs in and whether it plays the demonstration, which is kept. */
export async function askWhether(api: Api): Promise<Ways> {
  const ways = await api.get<Ways>("/api/signin");
  const { demo } = ways;
  inDemo.value = demo;
  try {
    localStorage.setItem(KEY, demo ? "on" : "off");
  } catch {
    // Without storage it lasts for this page.
  }
  return ways;
}

function kept(): boolean {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
}
