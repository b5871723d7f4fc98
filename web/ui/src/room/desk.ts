import { computed, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import { nameOf } from "../design/Person.tsx";
import type { Client } from "../live/client.ts";
import type { Me } from "../wire/frames.ts";
import { t } from "../words/words.ts";
import { type Draft, draftKey, joined, kept } from "./composer/drafts.ts";
import { personOf } from "./people/names.ts";
import { type Rights, rightsOf } from "./rights.ts";
import type { RoomStore } from "./store/store.ts";
import "../words/more/room.ts";

/** What one writes at a post: why one disputes or corroborates it, its new text, why it is taken back. */
export type WrittenKind = "dispute" | "note" | "amend" | "retract";
export type FormKind = WrittenKind | "flag" | "adverse" | "award" | "plan" | "cannot";

export interface Form {
  readonly post: string;
  readonly is: FormKind;
}

/** What a reader of a room has before them: the room, what they may do there, and what they hold in hand. */
export interface Desk {
  readonly store: RoomStore;
  readonly client: Client;
  /** Who sits here, as the server knows them now: a desk outlives a change of their tier or role. */
  readonly me: Me;
  readonly rights: ReadonlySignal<Rights>;
  /** The handles of those who are here or have spoken, longest first. */
  readonly handles: ReadonlySignal<readonly string[]>;
  /** The item that the keyboard is at, or that was tapped. */
  readonly current: Signal<string | null>;
  /** The item that is to be brought into sight and given the focus. */
  readonly wanted: Signal<string | null>;
  readonly form: Signal<Form | null>;
  /** Not null once all that there was when one came is here; `unread`: the item over which the unread line stands. */
  readonly began: Signal<{ readonly unread: string | null } | null>;
  readonly draft: Signal<Draft>;
  readonly draftKey: string;
  /** Files that are to be looked at before they are brought. */
  readonly bringing: Signal<readonly File[]>;
  /** Whether one writes a poll. */
  readonly polling: Signal<boolean>;
  /** Grows when the composer is to have the focus. */
  readonly writing: Signal<number>;
}

/** The desk of `me` in a room, with what they began to write here before. */
export function deskOf(store: RoomStore, client: Client, me: Me): Desk {
  const key = draftKey(me.person, store.id, "say");
  const known = computed(() => (client.link.me.value?.person === me.person ? client.link.me.value : me));
  return {
    store,
    client,
    get me() {
      return known.value;
    },
    rights: computed(() =>
      rightsOf(store.seat.value, store.card.value, known.value, client.standing.muted.value !== null),
    ),
    handles: computed(() => handlesIn(store)),
    current: signal(null),
    wanted: signal(null),
    form: signal(null),
    began: signal(null),
    draft: signal(kept(key)),
    draftKey: key,
    bringing: signal([]),
    polling: signal(false),
    writing: signal(0),
  };
}

function handlesIn({ here, timeline }: RoomStore): readonly string[] {
  const spoken = timeline.value.flatMap((item) => (item.is === "post" ? [item.post.by] : []));
  const handles = [...here.value.people, ...spoken].map(({ handle }) => handle ?? "");
  return [...new Set(handles)].filter((handle) => handle !== "").sort(longestFirst);
}

function longestFirst(one: string, other: string): number {
  return other.length - one.length || one.localeCompare(other);
}

/** Put the focus into the composer. */
export function write(desk: Desk): void {
  desk.writing.value += 1;
}

/** Begin to answer a post. */
export function reply(desk: Desk, post: string): void {
  desk.draft.value = { ...desk.draft.value, reply_to: post };
  write(desk);
}

/** Open a form at a post; what was written in it before is there still. */
export function open(desk: Desk, form: Form): void {
  desk.current.value = form.post;
  desk.form.value = form;
}

/** Close the form; the focus goes to its post. */
export function shut(desk: Desk): void {
  const at = desk.form.value?.post;
  desk.form.value = null;
  if (at !== undefined) desk.wanted.value = at;
}

/** Put a draft back into the composer, before what stands there. */
export function restore(desk: Desk, draft: Draft): void {
  desk.draft.value = joined(draft, desk.draft.value);
  write(desk);
}

/** What a person is called, as far as the room has said. The view that asks is not drawn again when it says more. */
export function nameIn({ store, me }: Desk, person: string): string {
  const by = untracked(() => personOf(store, me, { person }));
  return by ? nameOf(by) : t("room.line_someone");
}
