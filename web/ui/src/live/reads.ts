import type { Api } from "../http/api.ts";
import type { Asked, Preview } from "../reach/interrupting.ts";
import type { Observed } from "../room/people/observers.ts";
import type { Reads } from "../room/store/ports.ts";
import type { By, Case, Entry, State } from "../wire/frames.ts";
import type { CasePage, Cases } from "../worklist/ports.ts";
import type { OwnSanction, OwnSanctions } from "./standing.ts";
import type { Deployment, Urgencies } from "./urgency.ts";

interface Whole {
  readonly case: Case;
  readonly state: State;
  readonly seq: number;
}

/** What observers were shown. */
export interface Records {
  /** Of one case, by institution. */
  observed(room: string): Promise<readonly Observed[]>;
  /** Who has this handle, if a page for them would ring them now. Rejects with `Problem`, which says why it would not. */
  ringable(room: string, handle: string): Promise<By>;
  /** In numbers, whom a case would interrupt. */
  interrupts(asked: Asked): Promise<Preview>;
}

/** Rooms and lists of cases, read over HTTP. */
export function readsOver(api: Api): Reads & Cases & Records & OwnSanctions & Deployment {
  return {
    events: async (room, after, limit) => {
      const page = await api.get<{ events: readonly Entry[] }>(
        `/api/cases/${room}/events?after=${after}&limit=${limit}`,
      );
      return page.events;
    },
    whole: (room) => api.get<Whole>(`/api/cases/${room}`),
    sanctions: async () => (await api.get<{ sanctions: readonly OwnSanction[] }>("/api/me/sanctions")).sanctions,
    observed: async (room) =>
      (await api.get<{ observers: readonly Observed[] }>(`/api/cases/${room}/observers`)).observers,
    ringable: (room, handle) => api.post<By>(`/api/cases/${room}/pages/person`, { handle }),
    urgencies: () => api.get<Urgencies>("/api/acuity"),
    interrupts: (asked) => api.post<Preview>("/api/reach/preview", asked),
    open: (after) => api.get<CasePage>(`/api/cases?status=open&limit=200${after === null ? "" : `&after=${after}`}`),
  };
}
