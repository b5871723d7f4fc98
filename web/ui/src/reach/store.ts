import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { Problem } from "../http/problem.ts";
import { t } from "../words/words.ts";
import { FOR_EVER_MS, type Profile, type Reach, unsaid } from "./profile.ts";
import { complete, hoursOf, type Row, rowsOf } from "./weekly.ts";
import "../words/more/reach.ts";

const HOUR_MS = 3_600_000;
export const LENGTHS = { hour: HOUR_MS, eight: 8 * HOUR_MS, for_ever: null } as const;
export type Length = keyof typeof LENGTHS;

/** What one changes before it is kept. `rows` are the weekly hours; none: at any time. */
export interface Draft extends Omit<Profile, "hours" | "undisturbed_until"> {
  readonly rows: readonly Row[];
}

/** When and for what one wants to be reached: as the server has it, and as it is being changed. */
export class ReachStore {
  readonly #api: Pick<Api, "get" | "put">;
  readonly #zone: string;
  readonly #now: () => number;
  readonly #said = signal<Reach | null>(null);
  readonly #draft = signal<Draft | null>(null);
  readonly #changed = signal(false);
  readonly #wrong = signal<string | undefined>(undefined);

  /** `zone` is the time zone of this device, for who has said none. */
  constructor(api: Pick<Api, "get" | "put">, zone: string, now: () => number = Date.now) {
    this.#api = api;
    this.#zone = zone;
    this.#now = now;
  }

  /** As the server has it; null until it has answered. */
  get said(): ReadonlySignal<Reach | null> {
    return this.#said;
  }

  get draft(): ReadonlySignal<Draft | null> {
    return this.#draft;
  }

  /** Whether the draft is not kept yet. */
  get changed(): ReadonlySignal<boolean> {
    return this.#changed;
  }

  /** What went wrong last, as a sentence. */
  get wrong(): ReadonlySignal<string | undefined> {
    return this.#wrong;
  }

  /** Ask the server. */
  async read(): Promise<void> {
    await this.#told(async () => this.#take(await this.#api.get<Reach>("/api/me/reach")));
  }

  set<K extends keyof Draft>(name: K, value: Draft[K]): void {
    const draft = this.#draft.peek();
    if (draft) this.#draft.value = { ...draft, [name]: value };
    this.#changed.value = true;
  }

  /** Keep the draft. Resolves with whether it is kept. */
  async keep(): Promise<boolean> {
    const draft = this.#draft.peek();
    if (!draft) return false;
    this.#wrong.value = lacking(draft);
    if (this.#wrong.value) return false;
    const { rows, ...rest } = draft;
    const { undisturbed_until } = this.#said.peek()?.profile ?? unsaid(draft.zone);
    const wish: Profile = { ...rest, hours: hoursOf(rows), undisturbed_until };
    return this.#told(async () => this.#take(await this.#api.put<Reach>("/api/me/reach", wish)));
  }

  /** Let nobody disturb one for so long; null: let cases reach one again. What is being changed stays as it is. */
  disturbNot(length: Length | null): Promise<boolean> {
    const ms = length === null ? 0 : LENGTHS[length];
    const until = length === null ? null : ms === null ? FOR_EVER_MS : this.#now() + ms;
    return this.#told(async () => {
      this.#said.value = await this.#api.put<Reach>("/api/me/reach/undisturbed", { until });
    });
  }

  #take(said: Reach): void {
    const { hours, undisturbed_until: _, ...rest } = said.profile ?? unsaid(this.#zone);
    this.#said.value = said;
    this.#draft.value = { ...rest, rows: rowsOf(hours) };
    this.#changed.value = false;
  }

  async #told(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.#wrong.value = undefined;
      return true;
    } catch (error) {
      this.#wrong.value = error instanceof Problem ? error.detail : t("reach.failed");
      return false;
    }
  }
}

function lacking({ rows, quiet }: Draft): string | undefined {
  if (!complete(rows)) return t("reach.needs_days");
  return quiet && !(quiet.begins && quiet.ends) ? t("reach.needs_quiet") : undefined;
}
