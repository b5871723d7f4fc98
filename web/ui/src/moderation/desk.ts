/** What moderators see and do: read from the server, and read anew after each act. */
import { signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { Problem } from "../http/problem.ts";
import type { OwnSanction } from "../live/standing.ts";
import type { FlagReason } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import "../words/more/moderation.ts";

type Names = Readonly<Record<string, string>>;

/** A flag, as the moderators have it. `told`: the room was warned as well. `at`: Unix ms. */
export interface Flagged {
  readonly id: string;
  readonly reason: FlagReason;
  readonly note: string;
  readonly person: string;
  readonly role: string;
  readonly kind: string;
  readonly told: boolean;
  readonly at: number;
}

/** A post with its flags that nobody has decided on: how many of which reason, and the newest of them. */
export interface FlaggedPost {
  readonly room: string;
  readonly target: string;
  readonly since: number;
  readonly count: number;
  readonly reasons: Readonly<Partial<Record<FlagReason, number>>>;
  readonly flags: readonly Flagged[];
  readonly names: Names;
}

export interface Sanction extends OwnSanction {
  readonly person: string;
  readonly by: string;
  readonly lifted_by: string | null;
  readonly names: Names;
}

/** People who mostly agree with each other. `share`: of 1, how much of what they agreed with they wrote themselves. */
export interface Ring {
  readonly people: readonly string[];
  readonly posts: number;
  readonly share: number;
  readonly names: Names;
}

export type Decision = "upheld" | "dismissed";

/** What is to be imposed. `person`: an id or a handle; `until`: Unix ms. */
export interface Wish {
  readonly person: string;
  readonly kind: Sanction["kind"];
  readonly reason: string;
  readonly until?: number;
}

type Way = Pick<Api, "get" | "post">;

/** What waits, what holds and what stands out. Each act returns the sentence that says why it could not be. */
export class ModerationDesk {
  /** Null until they are known. */
  readonly posts = signal<readonly FlaggedPost[] | null>(null);
  readonly sanctions = signal<readonly Sanction[] | null>(null);
  readonly rings = signal<readonly Ring[] | null>(null);
  readonly failed = signal(false);
  readonly #api: Way;

  constructor(api: Way) {
    this.#api = api;
  }

  async load(): Promise<void> {
    this.failed.value = false;
    try {
      await Promise.all([this.#flags(), this.#inForce(), this.#ringed()]);
    } catch {
      this.failed.value = true;
    }
  }

  /** All that was ever imposed on a person, the newest first. Rejects as `Api`. */
  async history(person: string): Promise<readonly Sanction[]> {
    const path = `/api/moderation/people/${encodeURIComponent(person)}/sanctions`;
    return (await this.#api.get<{ sanctions: readonly Sanction[] }>(path)).sanctions;
  }

  /** Decide on all flags of a post that wait. */
  decide({ room, target }: FlaggedPost, decision: Decision, reason: string): Promise<string | undefined> {
    return this.#done("/api/moderation/flags/decisions", { room, target, decision, reason }, () => this.#flags());
  }

  impose(wish: Wish): Promise<string | undefined> {
    return this.#done("/api/moderation/sanctions", wish, () => this.#inForce());
  }

  lift({ id }: Sanction, reason: string): Promise<string | undefined> {
    return this.#done(`/api/moderation/sanctions/${id}/lifting`, { reason }, () => this.#inForce());
  }

  async #done(path: string, content: unknown, renew: () => Promise<void>): Promise<string | undefined> {
    try {
      await this.#api.post(path, content);
    } catch (error) {
      return error instanceof Problem ? error.detail : t("moderation.unreached");
    }
    await renew().catch(() => {
      this.failed.value = true;
    });
    return undefined;
  }

  async #flags(): Promise<void> {
    this.posts.value = (await this.#api.get<{ posts: readonly FlaggedPost[] }>("/api/moderation/flags")).posts;
  }

  async #inForce(): Promise<void> {
    const answer = await this.#api.get<{ sanctions: readonly Sanction[] }>("/api/moderation/sanctions");
    this.sanctions.value = answer.sanctions;
  }

  async #ringed(): Promise<void> {
    this.rings.value = (await this.#api.get<{ rings: readonly Ring[] }>("/api/moderation/rings")).rings;
  }
}

/** What a person is called: the handle, where the server has told it. */
export function calledIn(names: Names, person: string): string {
  return names[person] ?? person;
}
