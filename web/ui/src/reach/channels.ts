/** By what one is reached, as the server says. */
import { type Signal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { Newest } from "../http/newest.ts";
import { refusal } from "../signin/signin.ts";
import { t } from "../words/words.ts";
import { mayNotify, setOwnChannel, subscribed } from "./push.ts";
import "../words/more/channels.ts";

export const KINDS = ["push", "email", "sms", "voice", "webhook"] as const;
export type Kind = (typeof KINDS)[number];
export const NOTICES = ["page", "hand_over", "mention", "follow_up", "award", "verification", "moderation"] as const;
export type NoticeKind = (typeof NOTICES)[number];

/** For which kinds of notices a channel of a kind is used at all (docs/channels.md). */
export const USED_FOR: Readonly<Record<Kind, readonly NoticeKind[]>> = {
  push: ["page", "hand_over", "mention", "follow_up"],
  webhook: ["page", "hand_over"],
  sms: ["page", "hand_over"],
  voice: ["page", "hand_over"],
  email: NOTICES,
};

/** Times are Unix ms. `notices`: what it is for; everything that it can be where this is not said. */
export interface Channel {
  readonly id: string;
  readonly kind: Kind;
  readonly label: string;
  readonly address: string;
  readonly notices?: readonly NoticeKind[];
  readonly verified_at?: number;
  readonly disabled_at?: number;
  readonly sent_at?: number;
}

export interface Tried {
  readonly at: number;
  readonly error: string | null;
}

interface All {
  readonly channels: readonly Channel[];
  readonly offered: readonly Kind[];
}

/** One's channels, read anew after each act. */
export class ChannelsStore {
  readonly all: Signal<All | null> = signal(null);
  /** What went wrong last, as a sentence. */
  readonly error: Signal<string | undefined> = signal(undefined);
  /** The secret of the webhook that was added just now. */
  readonly secret: Signal<string | undefined> = signal(undefined);
  /** What came of the last try of each channel. */
  readonly tried: Signal<Readonly<Record<string, Tried>>> = signal({});
  readonly #api: Api;
  readonly #newest = new Newest<All>();

  constructor(api: Api) {
    this.#api = api;
  }

  async read(): Promise<void> {
    const refused = await refusal(() =>
      this.#newest.ask(
        () => this.#api.get<All>("/api/me/channels"),
        (all) => {
          this.all.value = all;
        },
      ),
    );
    if (refused !== undefined) this.error.value = refused;
  }

  /** Add a number, a mailbox or a webhook; whether that was done. */
  add(kind: Kind, to: string, label: string): Promise<boolean> {
    return this.#act(async () => {
      const made = await this.#api.post<{ secret?: string }>("/api/me/channels", { kind, to, label });
      this.secret.value = made.secret;
    });
  }

  /** Turn push on in this browser, which asks its person: done on a tap. */
  async addPush(label: string): Promise<void> {
    if (!(await mayNotify())) return;
    await this.#act(async () => {
      const { key } = await this.#api.get<{ key: string }>("/api/push/key");
      const subscription = await subscribed(key);
      if (!subscription) return t("channels.push_failed");
      const { id } = await this.#api.post<Channel>("/api/me/channels", { kind: "push", label, subscription });
      return setOwnChannel(id);
    });
  }

  prove(channel: string, code: string): Promise<boolean> {
    return this.#act(() => this.#api.post(`/api/me/channels/${channel}/code`, { code }));
  }

  newCode(channel: string): Promise<boolean> {
    return this.#act(() => this.#api.put(`/api/me/channels/${channel}/code`));
  }

  choose(channel: string, notices: readonly NoticeKind[]): Promise<boolean> {
    return this.#act(() => this.#api.put(`/api/me/channels/${channel}`, { notices }));
  }

  remove(channel: string): Promise<boolean> {
    return this.#act(() => this.#api.delete(`/api/me/channels/${channel}`));
  }

  /** Have this channel rung. */
  test(channel: string): Promise<boolean> {
    return this.#act(async () => {
      const { error } = await this.#api.post<{ error: string | null }>(`/api/me/channels/${channel}/test`, {});
      this.tried.value = { ...this.tried.peek(), [channel]: { at: Date.now(), error } };
    });
  }

  /** What `act` gives as a sentence is what was wrong. */
  async #act(act: () => Promise<unknown>): Promise<boolean> {
    let wrong: unknown;
    const refused = await refusal(async () => {
      wrong = await act();
    });
    this.error.value = refused ?? (typeof wrong === "string" ? wrong : undefined);
    await this.read();
    return this.error.peek() === undefined;
  }
}
