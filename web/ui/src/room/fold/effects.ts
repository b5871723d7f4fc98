import type { Entry } from "../../wire/frames.ts";
import type { Post, Stance } from "./post.ts";

export type Posted = Extract<Entry, { kind: "post" }>;
type Amended = Extract<Entry, { kind: "amended" }>;
type Retracted = Extract<Entry, { kind: "retracted" }>;
type Released = Extract<Entry, { kind: "released" }>;
type Withheld = Extract<Entry, { kind: "withheld" }>;
type Corroborated = Extract<Entry, { kind: "corroborated" }>;
type Warned = Extract<Entry, { kind: "warned" }>;
type Collapsed = Extract<Entry, { kind: "collapsed" }>;
/** An event that changes the post which it names as its target. */
export type Effect = Amended | Retracted | Released | Withheld | Corroborated | Warned | Collapsed;

/** The post that an event makes. */
export function posted({ id, seq, at, by, body }: Posted): Post {
  const whole = "retracted" in body || "withheld" in body ? null : body;
  return {
    id,
    seq,
    at,
    by,
    kind: body.kind,
    text: whole?.text ?? "",
    lang: body.lang ?? undefined,
    reply_to: body.reply_to ?? undefined,
    contradicts: body.contradicts ?? undefined,
    to: body.to ?? undefined,
    evidence: body.evidence,
    pictures: whole?.pictures ?? [],
    released: false,
    version: 1,
    amended_at: undefined,
    retracted: "retracted" in body ? { digest: body.digest } : undefined,
    trial_data: body.trial_data === true,
    interests: body.interests ?? [],
    agree: [],
    disagree: [],
    warnings: [],
    collapsed: false,
    withheld: "withheld" in body,
  };
}

/** The post after an event about it. */
export function affected(post: Post, entry: Effect): Post {
  switch (entry.kind) {
    case "amended":
      return amended(post, entry);
    case "retracted":
      return retracted(post, entry);
    case "released":
      return { ...post, pictures: post.retracted ? [] : entry.body.pictures, released: true };
    case "withheld":
      return { ...post, trial_data: true };
    case "corroborated":
      return corroborated(post, entry);
    case "warned":
      return warned(post, entry);
    case "collapsed":
      return { ...post, collapsed: true, released: false };
  }
}

/** Stances on the earlier text, and warnings of it, no longer count; where only the evidence is another, they do. */
function amended(before: Post, { at, body }: Amended): Post {
  const withheld = "withheld" in body;
  const gone = withheld || "retracted" in body;
  const post = { ...before, evidence: gone ? [] : (body.evidence ?? before.evidence) };
  if (body.same_text) return { ...post, amended_at: at };
  const text = gone ? "" : body.text;
  const anew = { agree: [], disagree: [], warnings: [], collapsed: false };
  return { ...post, text, version: post.version + 1, amended_at: at, withheld, ...anew };
}

function warned(post: Post, { at, by, seq, body }: Warned): Post {
  const released = post.released && body.reason !== "identifying";
  return { ...post, released, warnings: [...post.warnings, { by, reason: body.reason, at, seq }] };
}

function retracted(post: Post, { at, by, body }: Retracted): Post {
  return {
    ...post,
    text: "",
    evidence: [],
    pictures: [],
    retracted: { ...post.retracted, reason: body.reason, by, at },
  };
}

function corroborated(post: Post, entry: Corroborated): Post {
  const { person } = entry.by;
  const others = (stances: readonly Stance[]) => stances.filter((stance) => stance.by.person !== person);
  const left = { agree: others(post.agree), disagree: others(post.disagree) };
  const { stance } = entry.body;
  if (stance === "withdraw") return { ...post, ...left };
  return { ...post, ...left, [stance]: [...left[stance], stanceOf(entry, stance)] };
}

function stanceOf({ seq, at, by, body }: Corroborated, stance: Stance["stance"]): Stance {
  const { weight, same_house } = body;
  const weighs = typeof weight === "number" ? { weight, same_house: same_house ?? undefined } : {};
  return {
    by,
    stance,
    note: body.note ?? undefined,
    evidence: body.evidence,
    interests: body.interests ?? [],
    at,
    seq,
    ...weighs,
  };
}
