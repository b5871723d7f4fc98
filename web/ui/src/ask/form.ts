/** The form of one person while it is written, kept, sent, and perhaps refused. */
import { batch, signal } from "@preact/signals";
import { type Confirmation, confirming, type Doubt } from "../identifiers/doubts.ts";
import type { Urgency } from "../live/urgency.ts";
import type { OpenCase } from "../wire/opening.ts";
import type { Outbox } from "../wire/outbox.ts";
import type { Refusal } from "../wire/refusals.ts";
import { t } from "../words/words.ts";
import { type Unopened, unopened } from "../worklist/unopened.ts";
import { type Wrongs, wrongs } from "./checks.ts";
import { lookedOver } from "./doubting.ts";
import { type Draft, forgetDrafts, keep, kept, type Shelf } from "./draft.ts";
import { blank, type FieldName, type Fields, untouched } from "./fields.ts";
import { unfound } from "./findings.ts";
import { openCase } from "./opening.ts";
import "../words/more/ask.ts";

export interface Desk {
  readonly person: string;
  readonly outbox: Outbox;
  readonly shelf: Shelf;
  /** The languages of the browser, the preferred one first. */
  readonly languages: readonly string[];
  /** The case from which this one goes on. */
  readonly linked_to: string | null;
  /** What this deployment does by acuity and colour. */
  readonly urgency: Pick<Urgency, "does" | "minutes">;
  /** Unix ms. */
  readonly now: () => number;
  readonly newId: () => string;
}

const MOST_CONFIRMED = 50;

/** What happened to the draft. */
export type Notice =
  | { readonly is: "restored"; readonly at: number }
  | { readonly is: "dropped"; readonly draft: Draft };

export class AskForm {
  readonly fields;
  /** What is wrong, by field: nothing before the first try. */
  readonly wrongs = signal<Wrongs>(new Map());
  /** Why the server did not open the case, where that is about no one field. */
  readonly refusal = signal<string | null>(null);
  /** What in the texts may tell who the patient is. */
  readonly doubts = signal<readonly Doubt[]>([]);
  /** How many refused cases were put back into the form. */
  readonly returned = signal(0);
  readonly notice = signal<Notice | null>(null);
  /** Whether the draft outlives this page. */
  readonly durable = signal(true);
  /** Between the tap and the moment when the case is in the outbox. */
  readonly sending = signal(false);
  /** The words of the case are taken: what is written now comes too late for it, so nothing should be. */
  readonly taken = signal(false);
  readonly #desk: Desk;
  readonly #empty: Fields;
  #id: string;
  #tried = false;
  #confirmed: readonly Confirmation[] = [];

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#empty = blank(desk.languages, desk.linked_to);
    const draft = kept(desk.person, this.#empty, desk.shelf);
    this.#id = draft?.id ?? desk.newId();
    this.fields = signal<Fields>(draft ? { ...draft.fields, ...linked(desk) } : this.#empty);
    if (draft) this.notice.value = { is: "restored", at: draft.saved_at };
  }

  get urgency(): Desk["urgency"] {
    return this.#desk.urgency;
  }

  /** Write into a field; kept at once. What was wrong there is not any more as soon as it is right. */
  set<N extends FieldName>(name: N, value: Fields[N]): void {
    this.fields.value = { ...this.fields.peek(), [name]: value };
    if (this.doubts.peek().length > 0) this.doubts.value = [];
    if (this.notice.peek()?.is === "dropped") this.notice.value = null;
    if (this.wrongs.peek().has(name) && !wrongs(this.fields.peek()).has(name)) this.#judge(name);
    this.#keep();
  }

  /** The field was left: say what is wrong there, if this person has tried to send. */
  left(name: FieldName): void {
    if (this.#tried) this.#judge(name);
  }

  /** Give the case to the outbox. Returns the first field that is wrong, "doubts" where some are, or null: nothing is. */
  async submit(): Promise<FieldName | "doubts" | null> {
    if (this.sending.peek()) return null;
    this.#tried = true;
    this.refusal.value = null;
    this.sending.value = true;
    try {
      const wish = await this.#wish();
      if (!wish) return this.#firstWrong() ?? "doubts";
      const sent = this.fields.peek();
      this.taken.value = true;
      await this.#put(wish);
      batch(() => this.#clearSent(sent));
      return null;
    } finally {
      this.taken.value = false;
      this.sending.value = false;
    }
  }

  /** Say that what is marked identifies nobody. */
  confirm(): void {
    this.#confirmed = [...this.#confirmed, ...confirming(this.doubts.peek())].slice(-MOST_CONFIRMED);
    this.doubts.value = [];
  }

  /** Empty the form; `bringBack` undoes it. */
  startAnew(): void {
    const draft = this.#draft();
    this.#clear();
    this.notice.value = { is: "dropped", draft };
  }

  bringBack(): void {
    const notice = this.notice.peek();
    if (notice?.is !== "dropped") return;
    this.#id = notice.draft.id;
    this.fields.value = notice.draft.fields;
    this.notice.value = null;
    this.#keep();
  }

  /**
   * Put a case that the server refused into the form again, with the reason where it belongs; nothing where the form is
   * in use by then, or what puts it back does not come.
   */
  async putBack(refused: Unopened & { readonly refusal: Refusal }): Promise<void> {
    const file = await import("./returning.ts").catch(() => null);
    if (!file || !untouched(this.fields.peek())) return;
    const { fields, confirmed, doubts, wrongs, reason } = file.returned(refused, this.#empty);
    this.#clear();
    this.#tried = true;
    this.#confirmed = confirmed;
    batch(() => {
      this.fields.value = fields;
      this.doubts.value = doubts;
      this.wrongs.value = wrongs;
      this.refusal.value = reason;
      this.returned.value += 1;
    });
    this.#keep();
    await this.#desk.outbox.dismiss(refused.id);
  }

  /** The case as it is written once nothing but the outbox is waited for; null where something is wrong or in doubt. */
  async #wish(): Promise<OpenCase | null> {
    const fields = this.fields.peek();
    this.wrongs.value = wrongs(fields);
    const worded = openCase(fields);
    if (this.wrongs.peek().size > 0 || !worded) return null;
    const wish = { ...worded, ...(await this.#measured()) };
    if (this.wrongs.peek().size > 0) return null;
    const doubts = await lookedOver(fields, this.#confirmed);
    // What was written meanwhile belongs to the case.
    if (this.fields.peek() !== fields) return this.#wish();
    this.doubts.value = doubts;
    if (doubts.length > 0) return null;
    return this.#confirmed.length > 0 ? { ...wish, not_identifying: this.#confirmed } : wish;
  }

  /** What of the case was measured. What no patient has is said to be wrong. */
  async #measured(): Promise<Partial<OpenCase>> {
    const { findings, age_band } = this.fields.peek();
    if (unfound(findings)) return {};
    const { measured, worked } = await import("./working.ts");
    if (worked(findings, age_band).wrong.size > 0) this.wrongs.value = new Map([["findings", t("ask.wrong_findings")]]);
    return measured(findings, age_band, this.#desk.now());
  }

  async #put(wish: OpenCase): Promise<void> {
    const { outbox, newId } = this.#desk;
    const twin = unopened(outbox.waiting.peek()).find((one) => one.id === this.#id);
    if (twin && same(twin.frame.case, wish)) return;
    // Another tab has sent an earlier state of this draft: these words are another case.
    if (twin) this.#id = newId();
    await outbox.put({ t: "open_case", id: this.#id, case: wish });
  }

  #judge(name: FieldName): void {
    const wrong = wrongs(this.fields.peek()).get(name);
    const all = new Map(this.wrongs.peek());
    if (wrong) all.set(name, wrong);
    else all.delete(name);
    this.wrongs.value = all;
  }

  #firstWrong(): FieldName | null {
    return this.wrongs.peek().keys().next().value ?? null;
  }

  #clear(): void {
    this.#id = this.#desk.newId();
    this.#tried = false;
    this.fields.value = this.#empty;
    this.wrongs.value = new Map();
    this.doubts.value = [];
    this.#confirmed = [];
    this.refusal.value = null;
    this.notice.value = null;
    forgetDrafts(this.#desk.person, this.#desk.shelf);
  }

  /** What was written all the same once the words were taken is not lost: another case begins with it. */
  #clearSent(sent: Fields): void {
    const late = Object.entries(this.fields.peek()).filter(([name, said]) => said !== sent[name as FieldName]);
    this.#clear();
    if (late.length === 0) return;
    this.fields.value = { ...this.#empty, ...Object.fromEntries(late) };
    this.#keep();
  }

  #keep(): void {
    this.durable.value = keep(this.#desk.person, this.#draft(), this.#desk.shelf);
  }

  #draft(): Draft {
    return { id: this.#id, saved_at: this.#desk.now(), fields: this.fields.peek() };
  }
}

/** Whether the form holds nothing, so that another case may take its place. */
export function free(form: AskForm): boolean {
  return untouched(form.fields.value);
}

function linked({ linked_to }: Desk): Partial<Fields> {
  return linked_to ? { linked_to } : {};
}

function same(one: OpenCase, other: OpenCase): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
