/**
 * All that the page says, from the message files of the language. What every screen may say is part of the bundle; a
 * screen that comes later brings its own words along (`words/more`), before it is drawn.
 */

import specialties from "virtual:specialties/name";
import type acts from "./en/acts.json";
import type adverse from "./en/adverse.json";
import type alarm from "./en/alarm.json";
import app from "./en/app.json";
import type archive from "./en/archive.json";
import type ask from "./en/ask.json";
import type awards from "./en/awards.json";
import type bias from "./en/bias.json";
import type budgets from "./en/budgets.json";
import type channels from "./en/channels.json";
import common from "./en/common.json";
import type credibility from "./en/credibility.json";
import type darkroom from "./en/darkroom.json";
import type demo from "./en/demo.json";
import type evidence from "./en/evidence.json";
import type filtering from "./en/filtering.json";
import type flags from "./en/flags.json";
import type forms from "./en/forms.json";
import type handover from "./en/handover.json";
import type identifiers from "./en/identifiers.json";
import type insights from "./en/insights.json";
import type interests from "./en/interests.json";
import type keys from "./en/keys.json";
import type looks from "./en/looks.json";
import type measured from "./en/measured.json";
import type menu from "./en/menu.json";
import type moderation from "./en/moderation.json";
import type natures from "./en/natures.json";
import type newcomer from "./en/newcomer.json";
import type observer from "./en/observer.json";
import type opinions from "./en/opinions.json";
import type outcome from "./en/outcome.json";
import type paging from "./en/paging.json";
import type people from "./en/people.json";
import type pictures from "./en/pictures.json";
import type places from "./en/places.json";
import type plan from "./en/plan.json";
import type polls from "./en/polls.json";
import type reach from "./en/reach.json";
import type register from "./en/register.json";
import type ringing from "./en/ringing.json";
import type room from "./en/room.json";
import type rosters from "./en/rosters.json";
import type security from "./en/security.json";
import type setup from "./en/setup.json";
import type signin from "./en/signin.json";
import type surveying from "./en/surveying.json";
import type surveys from "./en/surveys.json";
import type templates from "./en/templates.json";
import type unsent from "./en/unsent.json";
import type verification from "./en/verification.json";
import type vitals from "./en/vitals.json";
import type webhooks from "./en/webhooks.json";
import type whom from "./en/whom.json";
import type worklist from "./en/worklist.json";
import { intl, locale } from "./locale.ts";
import { pseudo } from "./pseudo.ts";

interface Later {
  acts: typeof acts;
  adverse: typeof adverse;
  alarm: typeof alarm;
  archive: typeof archive;
  ask: typeof ask;
  awards: typeof awards;
  budgets: typeof budgets;
  bias: typeof bias;
  channels: typeof channels;
  credibility: typeof credibility;
  darkroom: typeof darkroom;
  demo: typeof demo;
  evidence: typeof evidence;
  filtering: typeof filtering;
  flags: typeof flags;
  forms: typeof forms;
  handover: typeof handover;
  identifiers: typeof identifiers;
  insights: typeof insights;
  interests: typeof interests;
  keys: typeof keys;
  looks: typeof looks;
  measured: typeof measured;
  menu: typeof menu;
  moderation: typeof moderation;
  natures: typeof natures;
  newcomer: typeof newcomer;
  observer: typeof observer;
  opinions: typeof opinions;
  outcome: typeof outcome;
  paging: typeof paging;
  people: typeof people;
  pictures: typeof pictures;
  places: typeof places;
  plan: typeof plan;
  polls: typeof polls;
  reach: typeof reach;
  register: typeof register;
  ringing: typeof ringing;
  room: typeof room;
  rosters: typeof rosters;
  security: typeof security;
  setup: typeof setup;
  signin: typeof signin;
  surveying: typeof surveying;
  surveys: typeof surveys;
  templates: typeof templates;
  unsent: typeof unsent;
  verification: typeof verification;
  vitals: typeof vitals;
  webhooks: typeof webhooks;
  whom: typeof whom;
  worklist: typeof worklist;
}

const now = { common, app, specialties };
type Files = typeof now & Later;
const en: Partial<Files> = now;
/** A message's name: its file, a dot, its key. */
export type Word = { [F in keyof Files]: `${F}.${keyof Files[F] & string}` }[keyof Files];
type Message = string | { [category: string]: string };
/** What stands in a message's `{places}`. `count` also chooses among its plural forms. */
export type Places = Record<string, string | number>;

const plurals = new Intl.PluralRules(intl);
const numbers = new Intl.NumberFormat(intl);

/** Words of a screen that has come. */
export function bring(words: Partial<Later>): void {
  Object.assign(en, words);
}

/** The message with its places filled in; numbers as the language writes them. */
export function t(word: Word, places: Places = {}): string {
  return pieces(word, places).join("");
}

/** The message as pieces, for a view that puts elements into its places. */
export function said<T>(word: Word, places: Record<string, string | number | T>): (string | T)[] {
  return pieces(word, places);
}

/** Whether there is such a message: for codes that come from outside, such as specialties. */
export function known(word: string): word is Word {
  const [file, key] = word.split(".", 2);
  return (
    file !== undefined &&
    key !== undefined &&
    Object.hasOwn(en, file) &&
    Object.hasOwn(en[file as keyof Files] ?? {}, key)
  );
}

function pieces<T>(word: Word, places: Record<string, string | number | T>): (string | T)[] {
  const message = form(found(word), places["count"]);
  return message.split(/\{(\w+)\}/).map((piece, at) => (at % 2 ? filled(places[piece]) : shown(piece)));
}

function found(word: Word): Message {
  const [file, key] = word.split(".") as [keyof Files, string];
  return (en[file] as Record<string, Message> | undefined)?.[key] ?? word;
}

function form(message: Message, count: unknown): string {
  if (typeof message === "string") return message;
  const category = typeof count === "number" ? plurals.select(count) : "other";
  return message[category] ?? message["other"] ?? "";
}

function filled<T>(place: string | number | T | undefined): string | T {
  if (place === undefined) return "";
  return typeof place === "number" ? numbers.format(place) : place;
}

function shown(text: string): string {
  return locale === "en" ? text : pseudo(text);
}
