// Made from docs/wire.schema.json by `npm run frames`. Edit neither this file nor its formatting.
// A server may be newer than this page: an event may have a `kind` that does not stand here.

export type ActState = "accepted" | "cannot" | "doing" | "done" | "stopped";

export type Acuity = "asap" | "routine" | "stat" | "urgent";

export type Change = "changed" | "closed" | "opened";

export type ErrorCode =
  | "bad_frame"
  | "conflict"
  | "forbidden"
  | "identifiers_found"
  | "invalid"
  | "not_found"
  | "not_joined"
  | "proof_needed"
  | "rate_limited"
  | "room_closed"
  | "second_factor"
  | "too_large"
  | "unauthenticated"
  | "unavailable"
  | "unknown_kind";

export type EvidenceType = "doi" | "experience" | "guideline" | "nct" | "pmcid" | "pmid" | "url";

export type LeftCode = "agreement_ended" | "asked" | "observers_off" | "removed" | "withdrawn";

export type Mode = "brief" | "contribute" | "follow" | "observe";

export type Help = "answered" | "nobody" | "paged";

export type ObserverMode = "delayed" | "live" | "off";

export type PageAnswer = "accept" | "decline";

export type PageState = "answered" | "over" | "replaced" | "ringing";

export type PostKind = "comment" | "finding" | "question" | "recommendation";

export type Reach = "institution" | "network" | "team" | "world";

export type Stance = "agree" | "disagree" | "withdraw";

export type FlagReason = "adverse_event" | "danger" | "identifying" | "spam";

export type Verdict = "confirmed" | "refuted" | "unknown";

/** Committed to disk, at `seq` of the room. Of what makes no event (`watch`, `step_up`): done. */
export type Ack = {
  readonly t: "ack";
  readonly re: string;
  readonly room?: string;
  readonly seq?: number;
  readonly at?: number;
  readonly duplicate?: boolean;
};

/** Say what becomes of a recommendation: from `accepted` on it is on the plan, where at most seven are open. `accepted` in a `stat` case has a `read_back`, which says what is to be done; `cannot` has a `reason`. */
export type Act = {
  readonly t: "act";
  readonly id: string;
  readonly room: string;
  readonly target: string;
  readonly state: ActState;
  readonly read_back?: string | undefined;
  readonly reason?: string | undefined;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** What became of a recommendation: its `state`, by whom and when. `version`: of the text that was accepted. `done`: the version that was done last, 0 where none was. `seq`: of the event that first took it up. */
export type ActNow = {
  readonly state: ActState;
  readonly by: By;
  readonly at: number;
  readonly version: number;
  readonly done: number;
  readonly seq: number;
  readonly read_back?: string;
  readonly reason?: string;
};

/** What became of recommendation `target`, whose text was `version` when it was accepted: 1, and 1 more with each amendment. */
export type Acted = {
  readonly target: string;
  readonly state: ActState;
  readonly version: number;
  readonly read_back?: string;
  readonly reason?: string;
  readonly not_identifying?: readonly Confirmed[];
};

/** Events that a brief seat is told at once, with the posts that they are of; their places are in `events` frames. Like a signal it may be dropped: each comes in order on the seat beside which this one stands. */
export type Ahead = {
  readonly t: "ahead";
  readonly room: string;
  readonly events: readonly unknown[];
};

/** Put another text, or other evidence, in the place of one's own. Corroborations of the earlier text no longer count. `evidence`: what it rests on now; as before unless said. */
export type Amend = {
  readonly t: "amend";
  readonly id: string;
  readonly room: string;
  readonly target: string;
  readonly text: string;
  readonly evidence?: readonly Evidence[] | undefined;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** Text or evidence of post `target` are others now. `evidence`: all of it; without it what there was stays. `same_text`: the text is what it was, so that what others hold of it stands. */
export type Amended = {
  readonly target: string;
  readonly text: string;
  readonly evidence?: readonly Evidence[];
  readonly same_text?: boolean;
  readonly not_identifying?: readonly Confirmed[];
};

/** Award a post, or the opening question, by the id of its event. It stays sealed until the room closes. Its `ack` has no `seq`: an award is no event, and no byte that anybody else is sent differs for it. */
export type Award = {
  readonly t: "award";
  readonly id: string;
  readonly room: string;
  readonly target: string;
  readonly cents: number;
  readonly currency: string;
};

/** What observers awarded in this room, in one event, right after `closed`. Where nothing was awarded there is none. `awards`: the commitments of the sealed awards, in the order of their ledger. Authors and payers read theirs, with amounts and nonces, at `GET /api/cases/{id}/awards`: to anybody else the log tells how many there are. */
export type AwardsRevealed = {
  readonly awards: readonly RevealedAward[];
};

/** Author of an event, as they were then. `tier` is 0 to 3. The server's own events have `person` only. `name`: the real one, where its owner has chosen to show it. Observers never get it. */
export type By = {
  readonly person: string;
  readonly handle?: string;
  readonly role?: string;
  readonly specialty?: string;
  readonly country?: string;
  readonly tier?: number;
  readonly name?: string;
};

/** This node is going: come back after `retry_after_ms`, drawn at random for each connection. */
export type Bye = {
  readonly t: "bye";
  readonly code: number;
  readonly retry_after_ms: number;
};

/** The clinical problem, de-identified, in ISBAR. `institution` and `network` bound its reach; observers get neither. `vitals_at`: when they were taken, Unix ms, which observers do not get either. */
export type Case = {
  readonly id: string;
  readonly title: string;
  readonly acuity: Acuity;
  readonly specialties: readonly string[];
  readonly languages: readonly string[];
  readonly age_band?: string;
  readonly sex?: string;
  readonly situation: string;
  readonly background?: string;
  readonly assessment: string;
  readonly request: string;
  readonly vitals?: readonly Vital[];
  readonly vitals_at?: number;
  readonly triage?: News2 | Esi | Manchester;
  readonly resources?: readonly Resource[];
  readonly template?: string;
  readonly opened_at: number;
  readonly presenter: string;
  readonly reach: Reach;
  readonly observers: ObserverSwitch;
  readonly status: string;
  readonly linked_to?: string;
  readonly institution?: string;
  readonly network?: string;
  readonly shortened?: boolean;
};

/** A line of the worklist. `waiting`: nobody but the presenter has posted. `here`: contributors present. `help`: whether the case has somebody, people are being asked for, or it has nobody; since `help_at`. */
export type CaseFrame = {
  readonly t: "case";
  readonly room: string;
  readonly change: Change;
  readonly title: string;
  readonly acuity: string;
  readonly specialties: readonly string[];
  readonly languages: readonly string[];
  readonly opened_at: number;
  readonly waiting: boolean;
  readonly here: number;
  readonly help: Help;
  readonly help_at: number;
};

/** All that this room had when the seat was taken has been sent; what follows is live. */
export type CaughtUp = {
  readonly t: "caught_up";
  readonly room: string;
  readonly seq: number;
};

export type ClientFrame =
  | Join
  | StepUp
  | Leave
  | Watch
  | Unwatch
  | Typing
  | Seen
  | Noticed
  | Ping
  | Award
  | Post
  | Amend
  | Retract
  | Withhold
  | Corroborate
  | Release
  | Pin
  | Unpin
  | Act
  | PollOpen
  | PollVote
  | PollClose
  | HandOver
  | Lead
  | Invite
  | Remove
  | Widen
  | Observers
  | Page
  | Respond
  | Vitals
  | Revise
  | Close
  | Outcome
  | Opine
  | Reveal
  | Flag;

/** End the consult. The room is sealed, and takes nothing more but outcomes. */
export type Close = {
  readonly t: "close";
  readonly id: string;
  readonly room: string;
  readonly disposition: string;
  readonly summary: string;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** The consult is over. Only outcomes and seals follow. `polls`: what those came to that were open. */
export type Closed = {
  readonly disposition: string;
  readonly summary: string;
  readonly polls?: readonly PollResult[];
  readonly not_identifying?: readonly Confirmed[];
};

/** Post `target` is folded away: two warned of it, or a moderator. Who wants to see it opens it. */
export type Collapsed = {
  readonly target: string;
  readonly reason: FlagReason;
};

/** On record: `rule` found what stands in `field` from `start` up to `end` (code points); its author let it be. */
export type Confirmed = readonly [number, number, string, string];

/** Take a stance on another's post as its text is now, or withdraw the one held. The last one counts. */
export type Corroborate = {
  readonly t: "corroborate";
  readonly id: string;
  readonly room: string;
  readonly target: string;
  readonly stance: Stance;
  readonly note?: string | undefined;
  readonly evidence?: readonly Evidence[] | undefined;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** The author's stance on post `target`, in place of the one they held. `interests`: theirs, as they were then. `weight`: what their word weighs there (docs/credibility.md), 0 to 1, where that was known. `same_house`: they are of the same institution as the author of the post, where both are of one. */
export type Corroborated = {
  readonly target: string;
  readonly stance: Stance;
  readonly note?: string;
  readonly evidence: readonly Evidence[];
  readonly weight?: number;
  readonly same_house?: boolean;
  readonly not_identifying?: readonly Confirmed[];
  readonly interests?: readonly Stated[];
};

/** How many open cases ask for this specialty (the first that they name) at this acuity. */
export type Count = {
  readonly specialty: string;
  readonly acuity: Acuity;
  readonly cases: number;
};

/** All open cases as counts, to watchers below T2: of most cases they are told nothing else. */
export type Counts = {
  readonly t: "counts";
  readonly counts: readonly Count[];
};

/** A diagnosis in its author's words, with how likely it is, and its `code` in ICD-10 where one was chosen. */
export type Diagnosis = {
  readonly dx: string;
  readonly probability: number;
  readonly code?: string | undefined;
};

/** Events whose bodies were `{withheld: true}` when they came, with what they say: this reader may know it now. After one's own answer, when all may read them, and after `joined`; some may come twice, or be older than `joined` reaches. */
export type Disclosed = {
  readonly t: "disclosed";
  readonly room: string;
  readonly events: readonly Entry[];
};

/** An event as it stands in `events` and `joined`: the `event` frame without `t` and `room`. */
export type Entry = {
  readonly seq: number;
  readonly check: string;
  readonly id: string;
  readonly at: number;
  readonly by: By;
  readonly target?: string;
} & (
  | { readonly kind: "opened"; readonly body: Opened }
  | { readonly kind: "post"; readonly body: Posted | RetractedPosted | WithheldPosted }
  | { readonly kind: "amended"; readonly body: Amended | RetractedAmended | WithheldAmended }
  | { readonly kind: "retracted"; readonly body: Retracted }
  | { readonly kind: "withheld"; readonly body: Withheld }
  | { readonly kind: "corroborated"; readonly body: Corroborated }
  | { readonly kind: "released"; readonly body: Released }
  | { readonly kind: "pinned"; readonly body: Pinned }
  | { readonly kind: "unpinned"; readonly body: Unpinned }
  | { readonly kind: "acted"; readonly body: Acted }
  | { readonly kind: "poll_opened"; readonly body: PollOpened }
  | { readonly kind: "poll_voted"; readonly body: PollVoted | WithheldBody }
  | { readonly kind: "poll_closed"; readonly body: PollClosed }
  | { readonly kind: "hand_over_asked"; readonly body: HandOverAsked }
  | { readonly kind: "handed_over"; readonly body: HandedOver }
  | { readonly kind: "led"; readonly body: Led }
  | { readonly kind: "invited"; readonly body: Invited }
  | { readonly kind: "removed"; readonly body: Removed }
  | { readonly kind: "widened"; readonly body: Widened }
  | { readonly kind: "observers_changed"; readonly body: ObserversChanged }
  | { readonly kind: "paged"; readonly body: Paged }
  | { readonly kind: "responded"; readonly body: Responded }
  | { readonly kind: "escalated"; readonly body: Escalated }
  | { readonly kind: "vitals_added"; readonly body: VitalsAdded }
  | { readonly kind: "revised"; readonly body: Revised }
  | { readonly kind: "opined"; readonly body: Opined | WithheldBody }
  | { readonly kind: "revealed"; readonly body: Revealed }
  | { readonly kind: "warned"; readonly body: Warned }
  | { readonly kind: "collapsed"; readonly body: Collapsed }
  | { readonly kind: "closed"; readonly body: Closed }
  | { readonly kind: "awards_revealed"; readonly body: AwardsRevealed }
  | { readonly kind: "outcome"; readonly body: OutcomeGiven }
  | { readonly kind: "sealed"; readonly body: Sealed }
);

/** A command was refused; nothing has changed. `spans` (code points) with `identifiers_found`: what to edit or confirm in `field` of the command, `text` unless named. */
export type ErrorFrame = {
  readonly t: "error";
  readonly re?: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly retry_after_ms?: number;
  readonly spans?: readonly Place[];
  readonly field?: string;
};

/** A tier of a page is over and nobody has taken it. The next one, if there is one, is `paged` with this. */
export type Escalated = {
  readonly page: string;
  readonly tier: number;
  readonly why: "declined" | "lapsed" | "nobody";
};

/** ESI by its questions. `age` and `immunised` matter to danger zone vitals and fever. */
export type Esi = {
  readonly system: "ESI";
  readonly version?: string;
  readonly value: number;
  readonly life_saving?: boolean;
  readonly high_risk?: boolean;
  readonly confused?: boolean;
  readonly severe_pain?: boolean;
  readonly resources?: "many" | "none" | "one";
  readonly age?: "0-28d" | "1-3m" | "3-8y" | "3m-3y" | "over_8y";
  readonly immunised?: boolean;
};

/** An event of a room, as its reader may see it. `target`: of which poll a ballot is whose `body` is withheld. */
export type EventFrame = {
  readonly t: "event";
  readonly room: string;
  readonly seq: number;
  readonly check: string;
  readonly id: string;
  readonly at: number;
  readonly by: By;
  readonly target?: string;
} & (
  | { readonly kind: "opened"; readonly body: Opened }
  | { readonly kind: "post"; readonly body: Posted | RetractedPosted | WithheldPosted }
  | { readonly kind: "amended"; readonly body: Amended | RetractedAmended | WithheldAmended }
  | { readonly kind: "retracted"; readonly body: Retracted }
  | { readonly kind: "withheld"; readonly body: Withheld }
  | { readonly kind: "corroborated"; readonly body: Corroborated }
  | { readonly kind: "released"; readonly body: Released }
  | { readonly kind: "pinned"; readonly body: Pinned }
  | { readonly kind: "unpinned"; readonly body: Unpinned }
  | { readonly kind: "acted"; readonly body: Acted }
  | { readonly kind: "poll_opened"; readonly body: PollOpened }
  | { readonly kind: "poll_voted"; readonly body: PollVoted | WithheldBody }
  | { readonly kind: "poll_closed"; readonly body: PollClosed }
  | { readonly kind: "hand_over_asked"; readonly body: HandOverAsked }
  | { readonly kind: "handed_over"; readonly body: HandedOver }
  | { readonly kind: "led"; readonly body: Led }
  | { readonly kind: "invited"; readonly body: Invited }
  | { readonly kind: "removed"; readonly body: Removed }
  | { readonly kind: "widened"; readonly body: Widened }
  | { readonly kind: "observers_changed"; readonly body: ObserversChanged }
  | { readonly kind: "paged"; readonly body: Paged }
  | { readonly kind: "responded"; readonly body: Responded }
  | { readonly kind: "escalated"; readonly body: Escalated }
  | { readonly kind: "vitals_added"; readonly body: VitalsAdded }
  | { readonly kind: "revised"; readonly body: Revised }
  | { readonly kind: "opined"; readonly body: Opined | WithheldBody }
  | { readonly kind: "revealed"; readonly body: Revealed }
  | { readonly kind: "warned"; readonly body: Warned }
  | { readonly kind: "collapsed"; readonly body: Collapsed }
  | { readonly kind: "closed"; readonly body: Closed }
  | { readonly kind: "awards_revealed"; readonly body: AwardsRevealed }
  | { readonly kind: "outcome"; readonly body: OutcomeGiven }
  | { readonly kind: "sealed"; readonly body: Sealed }
);

/** Several events at once, in order, without holes. */
export type Events = {
  readonly t: "events";
  readonly room: string;
  readonly events: readonly Entry[];
};

/** What a claim rests on. `level` is one of `scheme` (CEBM 2011 unless named) for its `question_type`. */
export type Evidence = {
  readonly type: EvidenceType;
  readonly ref: string;
  readonly level?: string | undefined;
  readonly scheme?: string | undefined;
  readonly question_type?: string | undefined;
};

/** Tell the moderators of a post. A verified contributor's `danger` or `identifying` also warns the room of it. */
export type Flag = {
  readonly t: "flag";
  readonly id: string;
  readonly room: string;
  readonly target: string;
  readonly reason: FlagReason;
  readonly note?: string | undefined;
};

/** Ask a person to take the case over; they are its presenter once they accept. The last one asked counts. To name the presenter takes the question back. */
export type HandOver = {
  readonly t: "hand_over";
  readonly id: string;
  readonly room: string;
  readonly person: string;
  readonly note?: string | undefined;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** A person was asked to take the case over. The presenter's own name: nobody is asked any more. */
export type HandOverAsked = {
  readonly person: string;
  readonly note?: string;
  readonly not_identifying?: readonly Confirmed[];
};

/** Who was asked by `by` to take the case over and has not answered yet. `id`: the `page` to answer. */
export type HandOverNow = {
  readonly id: string;
  readonly person: string;
  readonly by: string;
  readonly note?: string;
};

/** A person is the presenter from now on; who was may still enter. */
export type HandedOver = {
  readonly person: string;
};

/** Whether the journal and the backplane can be reached: when that changes, and after `welcome` if one is away. */
export type Health = {
  readonly t: "health";
  readonly journal: "away" | "ok";
  readonly backplane: "away" | "ok";
};

/** One contributor on the roster: `by` and since when, Unix ms. */
export type Here = {
  readonly person: string;
  readonly since: number;
  readonly handle?: string;
  readonly role?: string;
  readonly specialty?: string;
  readonly country?: string;
  readonly tier?: number;
  readonly name?: string;
};

/** Let a person in, whatever the reach of the case, also after they were removed. */
export type Invite = {
  readonly t: "invite";
  readonly id: string;
  readonly room: string;
  readonly person: string;
  readonly reason?: string | undefined;
};

/** A person may enter whatever the reach. */
export type Invited = {
  readonly person: string;
};

/** Take a seat in a room, from (`after`, `check`) on where this log has that position. `as: brief`: a second seat, on a connection of its own, for whoever is behind on a bad line with their first. It is sent no `event` frames but `ahead`: what is to be done, and what is asked of its person. */
export type Join = {
  readonly t: "join";
  readonly id: string;
  readonly room: string;
  readonly as?: "brief" | "contribute" | "follow" | undefined;
  readonly after?: number | undefined;
  readonly check?: string | undefined;
};

/** A seat was taken. `resumed`: what follows continues the client's log; else `state` and `events` replace it. */
export type Joined = {
  readonly t: "joined";
  readonly re: string;
  readonly room: string;
  readonly seq: number;
  readonly check: string;
  readonly role: string;
  readonly as: Mode;
  readonly case: Case;
  readonly roster: readonly Here[];
  readonly viewers: number;
  readonly observers: ObserversHere;
  readonly resumed: boolean;
  readonly advice: string;
  readonly state?: State;
  readonly events: readonly Entry[];
};

/** Let a person keep the plan beside the presenter. To name the presenter ends it. */
export type Lead = {
  readonly t: "lead";
  readonly id: string;
  readonly room: string;
  readonly person: string;
  readonly reason?: string | undefined;
};

/** Give the seat back. */
export type Leave = {
  readonly t: "leave";
  readonly id: string;
  readonly room: string;
};

/** A person keeps the plan beside the presenter. The presenter's own name: nobody does. */
export type Led = {
  readonly person: string;
};

/** The seat is gone. */
export type Left = {
  readonly t: "left";
  readonly re?: string;
  readonly room: string;
  readonly code: LeftCode;
};

/** What one may send: a frame, a text, and to one room, over all connections, a second on average. */
export type Limits = {
  readonly frame_bytes: number;
  readonly text_chars: number;
  readonly commands_per_s: number;
};

/** A colour of the Manchester Triage System. `within_min`: by when such a patient is to be seen here. */
export type Manchester = {
  readonly system: "MTS";
  readonly version?: string;
  readonly value: "blue" | "green" | "orange" | "red" | "yellow";
  readonly within_min?: number;
};

/** Who the server takes this connection for. */
export type Me = {
  readonly person: string;
  readonly handle: string;
  readonly role: string;
  readonly specialty: string;
  readonly tier: number;
};

/** Who one is has changed while connected: the tier, and the role that goes with it. It replaces `welcome`'s. */
export type MeNow = {
  readonly t: "me";
  readonly me: Me;
};

/** NEWS2 of the case's vital signs. `band` is the server's. */
export type News2 = {
  readonly system: "NEWS2";
  readonly version?: string;
  readonly value: number;
  readonly on_oxygen: boolean;
  readonly consciousness: "A" | "C" | "P" | "U" | "V";
  readonly scale?: 1 | 2;
  readonly pregnant?: boolean;
  readonly band?: "emergency" | "low" | "single_3" | "urgent" | "zero";
};

/** For one person, on all their connections, until one of them answers `noticed`. No clinical content. `ended`: it need not be looked at any more. Then it comes once more with why, to be taken away. */
export type NoticeFrame = {
  readonly t: "notice";
  readonly notice: string;
  readonly kind: "award" | "follow_up" | "hand_over" | "mention" | "moderation" | "page" | "verification";
  readonly text: string;
  readonly at: number;
  readonly room?: string;
  readonly page?: string;
  readonly acuity?: string;
  readonly deadline_at?: number;
  readonly ended?: "over" | "taken";
};

/** Somebody has looked at this notice of theirs, on whichever device: the others need not ring any longer. */
export type NoticeSeen = {
  readonly t: "notice_seen";
  readonly notice: string;
};

/** A notice has come to a device of its person, or they have seen it. */
export type Noticed = {
  readonly t: "noticed";
  readonly notice: string;
  readonly how: "delivered" | "seen";
};

/** How observers see the room: `off`, `live`, or `delayed` by `delay_s` seconds. `allow_kinds`, `allow_purposes`: which institutions may, where not all. */
export type ObserverSwitch = {
  readonly mode: ObserverMode;
  readonly delay_s: number;
  readonly allow_kinds?: readonly ("government" | "investor" | "pharma" | "research" | "technology")[];
  readonly allow_purposes?: readonly ("CLINTRCH" | "HMARKT" | "HOPERAT" | "HQUALIMP" | "HRESCH" | "PATSFTY" | "PUBHLTH")[];
};

/** Set how observers see the room. `delay_s` is for `delayed`; 60 unless said. `allow_kinds`, `allow_purposes`: only institutions of these kinds, with one of these purposes; all unless given. */
export type Observers = {
  readonly t: "observers";
  readonly id: string;
  readonly room: string;
  readonly mode: ObserverMode;
  readonly delay_s?: number | undefined;
  readonly allow_kinds?: readonly ("government" | "investor" | "pharma" | "research" | "technology")[] | undefined;
  readonly allow_purposes?: readonly ("CLINTRCH" | "HMARKT" | "HOPERAT" | "HQUALIMP" | "HRESCH" | "PATSFTY" | "PUBHLTH")[] | undefined;
};

/** How observers see the room from now on, and which, where not all. */
export type ObserversChanged = {
  readonly mode: ObserverMode;
  readonly delay_s: number;
  readonly allow_kinds?: readonly ("government" | "investor" | "pharma" | "research" | "technology")[];
  readonly allow_purposes?: readonly ("CLINTRCH" | "HMARKT" | "HOPERAT" | "HQUALIMP" | "HRESCH" | "PATSFTY" | "PUBHLTH")[];
};

/** How observers see this room, and how many of which kind of institution do. */
export type ObserversHere = {
  readonly mode: string;
  readonly delay_s: number;
  readonly total: number;
  readonly kinds: { readonly [name: string]: number };
};

/** A question that waits for the answer of `to`, as a pinned post is told. */
export type OpenQuestion = {
  readonly id: string;
  readonly seq: number;
  readonly by: string;
  readonly kind: string;
  readonly text: string;
  readonly agree: number;
  readonly disagree: number;
  readonly refuted_by?: string;
  readonly shortened?: true;
  readonly author: By;
  readonly to: string;
};

/** The case, and with it the room. Always the first event. */
export type Opened = {
  readonly case: Case;
  readonly not_identifying?: readonly Confirmed[];
};

/** Say what one thinks it is, and how likely each is; together at most 1. One reads the others' after that. The last one before the reveal counts. After it one still may, and it stands beside the pool as a late one. */
export type Opine = {
  readonly t: "opine";
  readonly id: string;
  readonly room: string;
  readonly differential: readonly Diagnosis[];
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** What its author thinks it is, the likeliest first or not; the rest up to 1 is something else. Given blind: copies for whom may not read it yet have `{withheld: true}` in its place. `weight`: what it weighs in the pool (docs/credibility.md), 0.05 to 3; without it 1, for too little is known of its author. */
export type Opined = {
  readonly differential: readonly Diagnosis[];
  readonly weight?: number;
  readonly not_identifying?: readonly Confirmed[];
};

/** How many have said what they think it is, the first 30 of them, and once all may read it the likeliest five of what they think together; `of`: so many were pooled. `opened`: the `seq` since which all may. */
export type OpinionsNow = {
  readonly given: number;
  readonly people: readonly string[];
  readonly opened?: number;
  readonly pool?: {
  readonly of: number;
  readonly diagnoses: readonly PooledDiagnosis[];
  readonly something_else: number;
};
};

/** Say how the case turned out, at any time, also after the close; the last one counts. `verdict`: of the working assessment. `supports`, `contradicts`: posts that turned out right, or wrong. */
export type Outcome = {
  readonly t: "outcome";
  readonly id: string;
  readonly room: string;
  readonly verdict: Verdict;
  readonly diagnosis?: string | undefined;
  readonly how_known?: string | undefined;
  readonly advice_used?: boolean | string | undefined;
  readonly state_24h?: string | undefined;
  readonly state_7d?: string | undefined;
  readonly harm?: boolean | string | undefined;
  readonly supports?: readonly string[] | undefined;
  readonly contradicts?: readonly string[] | undefined;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** How the case turned out, as its presenter knows it by now. The last one counts. `advice_used`, `harm`: yes, no, or how in words. */
export type OutcomeGiven = {
  readonly verdict: Verdict;
  readonly diagnosis?: string;
  readonly how_known?: string;
  readonly advice_used?: boolean | string;
  readonly state_24h?: string;
  readonly state_7d?: string;
  readonly harm?: boolean | string;
  readonly supports: readonly string[];
  readonly contradicts: readonly string[];
  readonly not_identifying?: readonly Confirmed[];
};

/** Ask for more people: of a specialty, or one person; without either, of the case's own specialties once more. Whom it rings is found when it rings. The command's `id` is the page's. */
export type Page = {
  readonly t: "page";
  readonly id: string;
  readonly room: string;
  readonly specialty?: string | undefined;
  readonly person?: string | undefined;
  readonly note?: string | undefined;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** What one whom a page rang has answered, and when. */
export type PageAnswered = {
  readonly person: string;
  readonly answer: PageAnswer;
  readonly at: number;
};

/** A page as it is now. `ringing`: somebody is waited for. `answered`: somebody has taken it. `over`: all tiers have rung and nobody took it. `replaced`: the case has become more urgent and is paged anew. */
export type PageNow = {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly specialty?: string;
  readonly person?: string;
  readonly state: PageState;
  readonly rings: readonly Ring[];
  readonly answers: readonly PageAnswered[];
};

/** A tier of a page rings these `people` until `deadline_at` (Unix ms). Tier 0 is somebody's wish for a page, and rings nobody. `specialty`, `person`: who is wanted, where that is said. */
export type Paged = {
  readonly page: string;
  readonly tier: number;
  readonly specialty?: string;
  readonly person?: string;
  readonly note?: string;
  readonly people?: readonly string[];
  readonly deadline_at: number;
  readonly not_identifying?: readonly Confirmed[];
};

/** A picture that was made anew from what its author brought: `sha256` (hex) is that of the file that is served. `width`, `height`: px. Who may not see it yet is told its `id` and `withheld` only. */
export type Picture = {
  readonly id: string;
  readonly type?: string;
  readonly width?: number;
  readonly height?: number;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly withheld?: boolean;
};

/** Keep a post in everybody's sight; at most 20 are. */
export type Pin = {
  readonly t: "pin";
  readonly id: string;
  readonly room: string;
  readonly target: string;
};

/** Say that one is there. */
export type Ping = {
  readonly t: "ping";
  readonly n?: number | undefined;
};

/** Post `target` is pinned. */
export type Pinned = {
  readonly target: string;
};

/** A pinned post as it is now. `agree`, `disagree`: how many hold that stance on its present text. `refuted_by`: the event that refutes it, an outcome or a post. `shortened`: only the beginning of a text that would have filled the frame. */
export type PinnedPost = {
  readonly id: string;
  readonly seq: number;
  readonly by: string;
  readonly kind: string;
  readonly text: string;
  readonly agree: number;
  readonly disagree: number;
  readonly refuted_by?: string;
  readonly shortened?: true;
};

/** A span as a refusal named it: `[from, to, rule]`. */
export type Place = readonly [number, number, string];

/** A recommendation on the plan, as a pinned post is told. `version`: of its present text. */
export type PlannedPost = {
  readonly id: string;
  readonly seq: number;
  readonly by: string;
  readonly kind: string;
  readonly text: string;
  readonly agree: number;
  readonly disagree: number;
  readonly refuted_by?: string;
  readonly shortened?: true;
  readonly author: By;
  readonly version: number;
  readonly contradicts?: string;
  readonly retracted?: true;
  readonly act: ActNow;
};

/** End a poll: its results are everybody's from now on, and it takes no more ballots. */
export type PollClose = {
  readonly t: "poll_close";
  readonly id: string;
  readonly room: string;
  readonly target: string;
};

/** Poll `target` takes no more ballots. `voters`: how many voted, `counts`: how many chose each option. Observers are told no numbers where fewer than eleven voted. */
export type PollClosed = {
  readonly target: string;
  readonly voters?: number;
  readonly counts?: readonly number[];
};

/** A poll as it is now. `ballots`, of an open one: who has voted, and the places of the options that they chose, none where the reader may not see that. `voters`, `counts`, of one that is over: how many voted, and how many chose each option. `shortened`: only the beginnings of texts that would have filled the frame. */
export type PollNow = {
  readonly id: string;
  readonly seq: number;
  readonly at: number;
  readonly by: By;
  readonly question: string;
  readonly options: readonly string[];
  readonly multiple: boolean;
  readonly open: boolean;
  readonly ballots?: { readonly [name: string]: readonly number[] };
  readonly voters?: number;
  readonly counts?: readonly number[];
  readonly shortened?: true;
};

/** Ask the room a question with two to ten options, one of which is to be chosen, or with `multiple` any. At most five polls are open. The command's `id` is the poll's. */
export type PollOpen = {
  readonly t: "poll_open";
  readonly id: string;
  readonly room: string;
  readonly question: string;
  readonly options: readonly string[];
  readonly multiple?: boolean | undefined;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** The room is asked a question with options. The event's `id` is the poll's. */
export type PollOpened = {
  readonly question: string;
  readonly options: readonly string[];
  readonly multiple?: boolean;
  readonly not_identifying?: readonly Confirmed[];
};

/** What a poll came to that ended with its room, as `poll_closed` says it. */
export type PollResult = {
  readonly target: string;
  readonly voters: number;
  readonly counts: readonly number[];
};

/** Give one's ballot: the places of the options that one chooses, from 0. The last one counts, until the close. */
export type PollVote = {
  readonly t: "poll_vote";
  readonly id: string;
  readonly room: string;
  readonly target: string;
  readonly choices: readonly number[];
};

/** The author's ballot in poll `target`, in place of the one they gave: places of options from 0, in order. */
export type PollVoted = {
  readonly target: string;
  readonly choices: readonly number[];
};

/** The answer to `ping`. */
export type Pong = {
  readonly t: "pong";
  readonly n?: number;
  readonly time: number;
};

/** A diagnosis as all together find it likely. `named`: so many named it, and found it `low` to `high` likely. */
export type PooledDiagnosis = {
  readonly dx: string;
  readonly code?: string;
  readonly probability: number;
  readonly low: number;
  readonly high: number;
  readonly named: number;
};

/** Say something to the room. `not_identifying`, here and in other commands: what its author has confirmed to identify nobody, as the words of a span or as the span `[from, to, rule]` that `identifiers_found` named. `trial_data`: it has data of a trial that is not public, so observers are not shown it. */
export type Post = {
  readonly t: "post";
  readonly id: string;
  readonly room: string;
  readonly text: string;
  readonly kind?: PostKind | undefined;
  readonly reply_to?: string | undefined;
  readonly contradicts?: string | undefined;
  readonly to?: string | undefined;
  readonly evidence?: readonly Evidence[] | undefined;
  readonly images?: readonly string[] | undefined;
  readonly lang?: string | undefined;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
  readonly trial_data?: boolean | undefined;
};

/** What somebody said. The event's `id` is the post's. `pictures`: what `images` names, in that order. `trial_data`: observers are not shown it. `interests`: of its author, as they were then, at most five. */
export type Posted = {
  readonly text: string;
  readonly kind: PostKind;
  readonly reply_to?: string;
  readonly contradicts?: string;
  readonly to?: string;
  readonly evidence: readonly Evidence[];
  readonly images: readonly string[];
  readonly pictures?: readonly Picture[];
  readonly lang?: string;
  readonly not_identifying?: readonly Confirmed[];
  readonly trial_data?: boolean;
  readonly interests?: readonly Stated[];
};

/** Who came and went since the last one; viewers and observers get the counts only. `as_of` is Unix ms. */
export type Presence = {
  readonly t: "presence";
  readonly room: string;
  readonly here: readonly Here[];
  readonly gone: readonly string[];
  readonly viewers: number;
  readonly observers: ObserversHere;
  readonly seen: { readonly [name: string]: number };
  readonly as_of: number;
};

/** What somebody says while nothing can be put on record: this is not, and may never be. To contributors only. It is renewed while its author tries, and the event with the same `id` takes its place. `gone`: it was refused or taken back, and has no text any more. After 60 s without renewal take it for never recorded. */
export type Provisional = {
  readonly t: "provisional";
  readonly room: string;
  readonly id: string;
  readonly by: By;
  readonly kind: PostKind;
  readonly text: string;
  readonly gone?: boolean;
};

/** Say, having looked at them, that the pictures of a post identify nobody: observers may see them from now on. */
export type Release = {
  readonly t: "release";
  readonly id: string;
  readonly room: string;
  readonly target: string;
};

/** The author of this event has looked at the pictures of post `target`: observers may see them. */
export type Released = {
  readonly target: string;
  readonly pictures: readonly Picture[];
};

/** Send a person out and keep them out. */
export type Remove = {
  readonly t: "remove";
  readonly id: string;
  readonly room: string;
  readonly person: string;
  readonly reason?: string | undefined;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** A person may not enter any more. */
export type Removed = {
  readonly person: string;
  readonly reason?: string;
  readonly not_identifying?: readonly Confirmed[];
};

/** `value`: whether there is one, or for `transfer_hours` how many. What nobody has said is left out. */
export type Resource = {
  readonly name: string;
  readonly value: boolean | number;
};

/** Answer a page, or a `hand_over`, whose id is the `page` then. A `stat` case is accepted by reading back its situation, a case that is handed over always; who declines a page says why. */
export type Respond = {
  readonly t: "respond";
  readonly id: string;
  readonly room: string;
  readonly page: string;
  readonly answer: PageAnswer;
  readonly read_back?: string | undefined;
  readonly reason?: string | undefined;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** Whom a page rings, or a hand-over asks, has answered. `read_back`: the situation as they have understood it. */
export type Responded = {
  readonly page: string;
  readonly answer: PageAnswer;
  readonly read_back?: string;
  readonly reason?: string;
  readonly not_identifying?: readonly Confirmed[];
};

/** Take a post back: it keeps its place and loses its text. */
export type Retract = {
  readonly t: "retract";
  readonly id: string;
  readonly room: string;
  readonly target: string;
  readonly reason: string;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** The text of post `target` was taken back. Copies sent from then on have its digest instead. */
export type Retracted = {
  readonly target: string;
  readonly reason: string;
  readonly not_identifying?: readonly Confirmed[];
};

/** The copy of a `Amended` whose text was retracted since: its salted digest instead. */
export type RetractedAmended = {
  readonly target: string;
  readonly same_text?: boolean;
  readonly not_identifying?: readonly Confirmed[];
  readonly retracted: true;
  readonly digest: string;
};

/** The copy of a `Posted` whose text was retracted since: its salted digest instead. */
export type RetractedPosted = {
  readonly kind: PostKind;
  readonly reply_to?: string;
  readonly contradicts?: string;
  readonly to?: string;
  readonly evidence: readonly Evidence[];
  readonly images: readonly string[];
  readonly pictures?: readonly Picture[];
  readonly lang?: string;
  readonly not_identifying?: readonly Confirmed[];
  readonly trial_data?: boolean;
  readonly interests?: readonly Stated[];
  readonly retracted: true;
  readonly digest: string;
};

/** Let everybody read what each thinks it is. By itself this happens some time after the first has said it. */
export type Reveal = {
  readonly t: "reveal";
  readonly id: string;
  readonly room: string;
};

/** All may read what each thinks it is, from now on. */
export type Revealed = {
};

/** An award as all may know it: SHA-256, 64 hex digits, of what it is, with a nonce. */
export type RevealedAward = {
  readonly commitment: string;
};

/** Say parts of the case anew: what is given takes the place of what was. The log keeps both. */
export type Revise = {
  readonly t: "revise";
  readonly id: string;
  readonly room: string;
  readonly acuity?: Acuity | undefined;
  readonly specialties?: readonly string[] | undefined;
  readonly background?: string | undefined;
  readonly assessment?: string | undefined;
  readonly request?: string | undefined;
  readonly not_identifying?: readonly (string | Place)[] | undefined;
};

/** Parts of the case are others now. */
export type Revised = {
  readonly acuity?: Acuity;
  readonly specialties?: readonly string[];
  readonly background?: string;
  readonly assessment?: string;
  readonly request?: string;
  readonly not_identifying?: readonly Confirmed[];
};

/** A tier that has rung: whom, since when and until when. */
export type Ring = {
  readonly tier: number;
  readonly at: number;
  readonly deadline_at: number;
  readonly people: readonly string[];
};

/** The log up to `upto`, from where the seal before it ends, is archived under the Merkle root `root` (hex). */
export type Sealed = {
  readonly upto: number;
  readonly root: string;
  readonly key_id: string;
};

/** Say up to where one has read. */
export type Seen = {
  readonly t: "seen";
  readonly room: string;
  readonly seq: number;
};

export type ServerFrame =
  | Welcome
  | Joined
  | CaughtUp
  | Left
  | Ack
  | EventFrame
  | Events
  | Disclosed
  | Ahead
  | TypingNow
  | Presence
  | Provisional
  | CaseFrame
  | Counts
  | MeNow
  | NoticeFrame
  | NoticeSeen
  | Health
  | ErrorFrame
  | Pong
  | Bye;

/** The folded room without its posts, but for the pinned ones, the plan and open questions. Observers get no `invited`, `removed`. `pages`: the newest five. `paged_at`, `answered_at`: since when people are asked for, and somebody else is here. `vitals`: by name the last twelve of each that were told, `[taken_at, value, unit]`. */
export type State = {
  readonly status: string;
  readonly presenter: string;
  readonly reach: string;
  readonly observers: ObserverSwitch;
  readonly waiting: boolean;
  readonly posts: number;
  readonly pinned: readonly PinnedPost[];
  readonly plan: readonly PlannedPost[];
  readonly questions: readonly OpenQuestion[];
  readonly polls?: readonly PollNow[];
  readonly lead?: string;
  readonly hand_over?: HandOverNow;
  readonly opinions?: OpinionsNow;
  readonly sealed_upto: number;
  readonly pages?: readonly PageNow[];
  readonly paged_at?: number;
  readonly answered_at?: number;
  readonly vitals: { readonly [name: string]: readonly (readonly [number, number, string])[] };
  readonly outcome?: Verdict;
  readonly outcome_known?: readonly ("diagnosis" | "advice_used" | "state_24h" | "state_7d" | "harm")[];
  readonly invited?: readonly string[];
  readonly removed?: readonly string[];
};

/** An interest of an event's author, as it was then. Observers are told its nature only. */
export type Stated = {
  readonly nature: string;
  readonly payer?: string;
  readonly since?: string;
  readonly source?: "declared" | "imported";
};

/** From viewer to contributor, on the same connection; nothing is sent again. */
export type StepUp = {
  readonly t: "step_up";
  readonly id: string;
  readonly room: string;
};

/** Say that one is typing; renewed at least every 6 s. */
export type Typing = {
  readonly t: "typing";
  readonly room: string;
  readonly on: boolean;
};

/** Someone began or ended typing. To contributors only. */
export type TypingNow = {
  readonly t: "typing";
  readonly room: string;
  readonly who: string;
  readonly on: boolean;
};

/** End `pin`. */
export type Unpin = {
  readonly t: "unpin";
  readonly id: string;
  readonly room: string;
  readonly target: string;
};

/** Post `target` is pinned no longer. */
export type Unpinned = {
  readonly target: string;
};

/** End `watch`. */
export type Unwatch = {
  readonly t: "unwatch";
  readonly id: string;
};

/** `name` as in the catalogue, `unit` in UCUM. What was given is kept as it was given. */
export type Vital = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
};

/** Say what was measured at `taken_at` (Unix ms; not in the future, at most a week ago). Each name once. */
export type Vitals = {
  readonly t: "vitals";
  readonly id: string;
  readonly room: string;
  readonly taken_at: number;
  readonly values: readonly Vital[];
};

/** What was measured at `taken_at`, Unix ms; observers are told when it was said instead. */
export type VitalsAdded = {
  readonly taken_at: number;
  readonly values: readonly Vital[];
};

/** Its author takes post `target`, as its text is now, for a danger, or for something that identifies a patient. */
export type Warned = {
  readonly target: string;
  readonly reason: FlagReason;
};

/** Follow the live worklist: `case` frames from now on, of these specialties and languages (all unless named). */
export type Watch = {
  readonly t: "watch";
  readonly id: string;
  readonly specialties?: readonly string[] | undefined;
  readonly languages?: readonly string[] | undefined;
};

/** Always the first frame. `connection`: with what the frames of an event stream are posted; a secret. */
export type Welcome = {
  readonly t: "welcome";
  readonly me: Me;
  readonly node: string;
  readonly time: number;
  readonly heartbeat_s: number;
  readonly limits: Limits;
  readonly connection?: string;
};

/** Let more physicians in: team, institution, network, world. Never fewer. */
export type Widen = {
  readonly t: "widen";
  readonly id: string;
  readonly room: string;
  readonly reach: Reach;
};

/** More physicians may enter. */
export type Widened = {
  readonly reach: Reach;
};

/** Post `target` is kept from observers. Their copies from then on have no text of it. */
export type Withheld = {
  readonly target: string;
  readonly reason: string;
};

/** The copy of a `Amended` whose text its reader may not see. */
export type WithheldAmended = {
  readonly target: string;
  readonly same_text?: boolean;
  readonly not_identifying?: readonly Confirmed[];
  readonly withheld: true;
};

/** The copy of a body that its reader may not see yet: of one size, whatever the body says. */
export type WithheldBody = {
  readonly withheld: true;
};

/** The copy of a `Posted` whose text its reader may not see. */
export type WithheldPosted = {
  readonly kind: PostKind;
  readonly reply_to?: string;
  readonly contradicts?: string;
  readonly to?: string;
  readonly evidence: readonly Evidence[];
  readonly images: readonly string[];
  readonly pictures?: readonly Picture[];
  readonly lang?: string;
  readonly not_identifying?: readonly Confirmed[];
  readonly trial_data?: boolean;
  readonly interests?: readonly Stated[];
  readonly withheld: true;
};

/** Keep a post from observers from now on: it has data of a trial that is not public. */
export type Withhold = {
  readonly t: "withhold";
  readonly id: string;
  readonly room: string;
  readonly target: string;
  readonly reason?: "trial_data" | undefined;
};
