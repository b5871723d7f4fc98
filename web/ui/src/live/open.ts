import type { Api } from "../http/api.ts";
import { openLink } from "../wire/reconnecting.ts";
import type { Surroundings } from "../wire/surroundings.ts";
import { type Client, clientOf } from "./client.ts";
import { nextFrame } from "./frame.ts";
import { LaterOutbox } from "./laterOutbox.ts";
import { memoryOf } from "./memory.ts";
import { SignedInOutbox } from "./outbox.ts";
import { readsOver } from "./reads.ts";
import { Stash } from "./stash.ts";

/** The client of this page; it connects at once where somebody is `signed_in`. `last`: who was here before, if any was. */
export function openClient(browser: Surroundings, api: Api, signed_in: boolean, last: string | null = null): Client {
  const link = openLink(browser, signed_in);
  return clientOf({
    link,
    second: () => openLink(browser),
    outbox: (rooms) => {
      const outlets = { link, rooms, api, surroundings: browser };
      const open = async (person: string) => (await import("../wire/outbox/open.ts")).openOutbox(person, outlets);
      const later = (person: string) => {
        const stash = new Stash(person, () => localStorage, browser.now);
        return new LaterOutbox(() => open(person), stash, browser, last !== null);
      };
      return new SignedInOutbox(later, last, link.me);
    },
    reads: readsOver(api),
    memory: memoryOf(() => localStorage),
    schedule: nextFrame,
  });
}
