import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Api } from "../http/api.ts";
import { Problem } from "../http/problem.ts";
import { confirming, type Doubt, doubtsOf, lookOver } from "../identifiers/doubts.ts";
import { t } from "../words/words.ts";
import { type Draft, type FieldName, type Report, wrongs } from "./report.ts";
import "../words/more/adverse.ts";

/** What became of a report: how many institutions are told, and until when (Unix ms) they are to acknowledge it. */
export interface Told {
  readonly institutions: number;
  readonly due_at: number;
}

type Wrongs = ReadonlyMap<FieldName, string>;

const TEXTS = ["product", "event"] as const;
const MOST_CONFIRMED = 50;

/** A report that is being written, and its way to the server. What is sent twice is kept there once. */
export class Reporting {
  readonly #api: Pick<Api, "post">;
  readonly #path: string;
  readonly #post: string;
  readonly #wrongs = signal<Wrongs>(new Map());
  readonly #doubts = signal<readonly Doubt[]>([]);
  readonly #refusal = signal<string | undefined>(undefined);
  readonly #sending = signal(false);
  readonly #told = signal<Told | null>(null);
  readonly draft: Signal<Draft>;

  constructor(api: Pick<Api, "post">, room: string, post: string, draft: Draft) {
    this.#api = api;
    this.#path = `/api/cases/${encodeURIComponent(room)}/adverse-events`;
    this.#post = post;
    this.draft = signal(draft);
  }

  /** What is wrong by field, once it was to be sent. */
  get wrongs(): ReadonlySignal<Wrongs> {
    return this.#wrongs;
  }

  /** What may tell who the patient is. */
  get doubts(): ReadonlySignal<readonly Doubt[]> {
    return this.#doubts;
  }

  /** Why it was not taken, as a sentence. */
  get refusal(): ReadonlySignal<string | undefined> {
    return this.#refusal;
  }

  get sending(): ReadonlySignal<boolean> {
    return this.#sending;
  }

  /** Null until it is on record. */
  get told(): ReadonlySignal<Told | null> {
    return this.#told;
  }

  set(name: FieldName, value: string): void {
    this.draft.value = { ...this.draft.peek(), report: { ...this.draft.peek().report, [name]: value } };
    this.#doubts.value = [];
    if (this.#wrongs.peek().has(name)) this.#wrongs.value = wrongs(this.draft.peek().report);
  }

  /** Say that what is marked identifies nobody. */
  confirm(): void {
    const { report, confirmed } = this.draft.peek();
    const all = [...confirmed, ...confirming(this.#doubts.peek())].slice(-MOST_CONFIRMED);
    this.draft.value = { report, confirmed: all };
    this.#doubts.value = [];
  }

  /** Send it, unless something is wrong or doubtful in it. Resolves with the first field that is wrong, if one is. */
  async send(): Promise<FieldName | undefined> {
    if (this.#sending.peek() || this.#told.peek()) return undefined;
    const { report, confirmed } = this.draft.peek();
    this.#refusal.value = undefined;
    this.#wrongs.value = wrongs(report);
    if (this.#wrongs.peek().size > 0) return this.#wrongs.peek().keys().next().value;
    this.#sending.value = true;
    try {
      this.#doubts.value = await lookOver({ product: report.product, event: report.event }, confirmed);
      if (this.#doubts.peek().length === 0) await this.#send(report, confirmed);
    } finally {
      this.#sending.value = false;
    }
    return undefined;
  }

  async #send(report: Report, confirmed: Draft["confirmed"]): Promise<void> {
    const confirmations = confirmed.length > 0 ? { not_identifying: confirmed } : {};
    try {
      this.#told.value = await this.#api.post<Told>(this.#path, { post: this.#post, ...report, ...confirmations });
    } catch (error) {
      if (!(error instanceof Problem)) this.#refusal.value = t("adverse.unreached");
      else if (error.spans) this.#doubts.value = found(report, error.spans);
      else this.#refusal.value = error.detail;
    }
  }
}

function found(report: Report, spans: NonNullable<Problem["spans"]>): Doubt[] {
  return TEXTS.flatMap((name) => doubtsOf(name, report[name], spans[name] ?? []));
}
