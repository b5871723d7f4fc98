"""Why a command is refused: one code of the wire and one plain sentence each."""

from enum import Enum
from typing import Literal

ErrorCode = Literal[
    "bad_frame",
    "unknown_kind",
    "too_large",
    "unauthenticated",
    "second_factor",
    "proof_needed",
    "forbidden",
    "not_found",
    "not_joined",
    "room_closed",
    "conflict",
    "invalid",
    "identifiers_found",
    "rate_limited",
    "unavailable",
]


class Refusal(Enum):
    """A refusal: (code, message). A refused command changes nothing."""

    NOT_FOUND = ("not_found", "There is no such case, or you may not enter it. Check the id.")
    READ_ONLY = ("forbidden", "You follow this room read-only. Step up to contribute.")
    READING_TOKEN = ("forbidden", "This token only reads. Make one with the scope `write` for this, or sign in.")
    OBSERVER = ("forbidden", "Observers read only. This room takes commands from its contributors.")
    SAY_WHY = (
        "forbidden",
        "This case is not open to you. Say why you enter: `POST /api/cases/{id}/entry` with `reason`.",
    )
    NOT_A_VIEWER = ("forbidden", "Only a viewer can step up, and you already contribute or observe here.")
    MAY_NOT_FOLLOW = ("forbidden", "Only verified physicians and moderators follow as viewers. Join to contribute.")
    MAY_NOT_CONTRIBUTE = ("forbidden", "Observers cannot contribute. Join without `as`, or with another account.")
    NOT_YOURS = ("forbidden", "Only those who hold that office in this room may do this: ask the presenter.")
    NOT_THE_AUTHOR = ("forbidden", "Only the author of a post may change it.")
    PHYSICIANS_ONLY = ("forbidden", "Only verified physicians corroborate or dispute. Reply to the post instead.")
    OWN_POST = ("forbidden", "You cannot corroborate your own post.")
    CLOSED = ("room_closed", "This room is closed. Open a new case that links to it, or read it in the archive.")
    NO_SUCH_POST = ("invalid", "`target` is not a post of this room. Take the id of a post.")
    NO_SUCH_REPLY = ("invalid", "`reply_to` or `contradicts` is not a post of this room. Take the id of a post.")
    NO_SUCH_CLAIM = ("invalid", "`supports` or `contradicts` names no post of this room. Take the ids of posts.")
    RIGHT_AND_WRONG = ("invalid", "The outcome both supports and contradicts one post. Name it on one side.")
    RETRACTED = ("invalid", "That post has been retracted. Nothing can be added to it.")
    EMPTY_TEXT = ("invalid", "The text is empty. Write what you want to say.")
    CONTROL_CHARACTERS = ("invalid", "The text has control characters. Take out all but line breaks and tabs.")
    SAME_TEXT = ("invalid", "Text and evidence are the same as before. Nothing was amended.")
    EVIDENCE = ("invalid", "This evidence cannot be taken as it is written. Mend what is named.")
    UNKNOWN_IMAGE = ("invalid", "`images` names no picture that you have brought here, looked at and not posted yet.")
    NO_PICTURES = ("invalid", "That post has no pictures. There is nothing to show to observers.")
    RELEASED = ("invalid", "Observers may see the pictures of that post already.")
    HIDDEN = (
        "invalid",
        "Somebody has warned of that post. Amend or retract it before observers see its pictures.",
    )
    NO_OPINION = ("invalid", "You have no corroboration on this post to withdraw.")
    SAME_OPINION = ("invalid", "You already hold this stance on this text. Withdraw it, or take the other.")
    ALREADY_PINNED = ("invalid", "That post is pinned already.")
    NOT_PINNED = ("invalid", "That post is not pinned.")
    PIN_DOSE = (
        "invalid",
        "It gives a dose without evidence. Its author amends it, or a physician corroborates it, with evidence first.",
    )
    PIN_DRUG = (
        "invalid",
        "It gives a drug without evidence. Its author amends it, or a physician corroborates it, with evidence first.",
    )
    TOO_MANY_PINS = ("invalid", "A room has at most 20 pinned posts. Unpin one first.")
    NO_RECOMMENDATION = ("invalid", "Only recommendations go on the plan. Take the id of one.")
    NOT_ON_PLAN = ("invalid", "That recommendation is not on the plan. Accept it first, or say that it cannot be done.")
    NOT_NEXT = ("invalid", "That cannot follow on what the plan says of it now. Look at the plan again.")
    PLAN_FULL = ("invalid", "Seven are open on the plan, and there is one pair of hands. End or stop one first.")
    CANNOT_WHY = ("invalid", "Its author has to know why it cannot be done here. Say it in `reason`.")
    READ_BACK = ("invalid", "Read it back: say in your own words what is to be done, in `read_back`.")
    TOO_MANY_QUESTIONS = ("invalid", "Twenty questions wait for an answer here. Answer one first, or ask without `to`.")
    NO_SUCH_POLL = ("invalid", "`target` is not a poll of this room. Take the id of a poll.")
    POLL_OVER = ("invalid", "That poll is closed, and its results stand. Open another, or post what you think.")
    NOT_THE_OPENER = ("forbidden", "Only who opened a poll, or the presenter, closes it. Ask one of them.")
    TOO_MANY_POLLS = ("invalid", "Five polls are open here already. Close one first, or wait until one is.")
    SAME_OPTIONS = ("invalid", "Two options say the same. Make them differ, or leave one out.")
    NO_SUCH_OPTION = ("invalid", "`choices` names an option that this poll does not have. The first one is 0.")
    SAME_CHOICE = ("invalid", "`choices` names one option twice. Name each once.")
    ONE_CHOICE = ("invalid", "This poll takes one choice. Name one option.")
    SAME_BALLOT = ("invalid", "Your ballot says that already, and it counts.")
    ASKED_ALREADY = ("invalid", "That person is asked already. Wait for their answer, or ask another.")
    PRESENTS_ALREADY = ("invalid", "That person presents this case already. Ask another.")
    LEADS_ALREADY = ("invalid", "That person leads already. Name another, or the presenter to end it.")
    MAY_NOT_ENTER = ("invalid", "That person may not enter this case. Invite them first.")
    IS_REMOVED = ("invalid", "That person was removed from this room. Invite them again first.")
    SAME_FLAG = ("invalid", "You have flagged this text for that already. The moderators know of it.")
    NOT_TOLD = ("forbidden", "The room is told of dangers and identifiers only, by its verified contributors.")
    MUTED = (
        "forbidden",
        "A moderator has muted you: you may read, not write. “What moderators imposed on you” in the menu says why.",
    )
    NOT_WIDER = ("invalid", "A case's reach only ever gets wider: team, institution, network, world.")
    SAME_OBSERVERS = ("invalid", "Observers already have that mode and delay.")
    PRESENTER_STAYS = ("invalid", "The presenter cannot be invited to or removed from their own case.")
    ALREADY_INVITED = ("invalid", "That person is invited already.")
    NOT_HERE = ("invalid", "That person has no place in this room to be removed from.")
    NOBODY_RUNG_HERE = (
        "invalid",
        "This server rings nobody (its operator has switched that off). Call people by the means that you have, and "
        "invite them.",
    )
    NO_SUCH_PAGE = ("invalid", "`page` is not a page of this room. Take the id of a page.")
    NOT_PAGED = ("forbidden", "This page has not rung you, so you cannot answer it. Post what you know instead.")
    TAKEN = ("invalid", "Somebody has taken this page already. Come in and help, or leave it to them.")
    REPLACED = (
        "invalid",
        "This page is over: the case has become more urgent and is paged anew. Answer the newer page.",
    )
    SAME_ANSWER = ("invalid", "You have given that answer already.")
    NO_READ_BACK = ("invalid", "Who takes a `stat` case reads it back: say its situation in a line of your own.")
    NO_REASON = ("invalid", "Say in a word why you decline. The next are asked at once.")
    STAT_NEEDS_T2 = (
        "forbidden",
        "Only verified physicians (T2 and higher) take a `stat` case. Decline, so others are asked.",
    )
    ROUTINE_PAGES_NOBODY = ("invalid", "A routine case pages nobody. Invite whom you want, or wait for those who look.")
    ONE_WISH = ("invalid", "A page is for a specialty or for a person. Send two pages for both.")
    NOT_TO_BE_PAGED = ("invalid", "You and the presenter cannot be paged: you are in this case already.")
    RINGING = ("invalid", "They are being asked already. Wait for their answer, or for the deadline.")
    TOO_MANY_PAGES = ("invalid", "A room pages at most 20 times, and 3 at once. Invite whom you need.")
    NO_SUCH_PERSON = ("invalid", "There is no verified person with that id. Check it.")
    AGE_OVER_89 = ("invalid", "An age over 89 can identify a patient. Write `90+`.")
    IDENTIFIERS = (
        "identifiers_found",
        "This may tell who a patient is. Edit what is marked, or confirm that it identifies nobody.",
    )
    CASE_INCOMPLETE = ("invalid", "A case needs a title, situation, assessment and request. Fill in what is empty.")
    CASE_TOO_LARGE = ("too_large", "A case takes up to 64 KiB of text in all. Shorten it.")
    VITALS = ("invalid", "These vital signs cannot be read. Mend what is named.")
    TRIAGE = ("invalid", "That triage does not fit the vital signs. Work it out again.")
    VITALS_WHEN = (
        "invalid",
        "Say with `vitals_at` when the vital signs were taken, in Unix ms: not in the future, nor a week ago.",
    )
    SAME_CASE = ("invalid", "The case says that already. Say what is to be another way: nothing was revised.")
    RESOURCES = ("invalid", "These resources cannot be read. Mend what is named.")
    NO_SUCH_TEMPLATE = ("invalid", "There is no such template. Leave `template` out, or take one of docs/acuity.md.")
    NEWS2_NOT_FOR = ("invalid", "NEWS2 is not for people under 16 nor in pregnancy. Leave it out.")
    NO_SPECIALTY = ("invalid", "Name at least one specialty that you want to hear from.")
    OPINES_NOT = (
        "forbidden",
        "Verified physicians and the presenter say what they think it is. Post what you know instead.",
    )
    OVER_CERTAIN = ("invalid", "Together these are more than certain. Lower them until they make at most 1.")
    NAMED_TWICE = ("invalid", "One diagnosis is named twice. Name each once.")
    TOO_MANY_OPINIONS = (
        "invalid",
        "You have given five opinions here, and the last one stands. Post what has changed.",
    )
    NO_OPINIONS = ("invalid", "Nobody has said yet what they think it is. There is nothing to show.")
    REVEALED = ("invalid", "The opinions are shown to all already.")
    SEEN_AHEAD = ("invalid", "`seq` is ahead of this room. Say what you have seen.")
    ALREADY_WITHHELD = ("invalid", "That post is kept from observers already.")
    NO_AGREEMENT = ("forbidden", "Your institution has no data-use agreement here. Ask the operator for one.")
    NOT_ACCEPTED = ("forbidden", "Accept your institution's data-use agreement first: read it on your first page.")
    SUSPENDED = ("forbidden", "Your institution's access is suspended. Ask the operator why.")
    TERM_OVER = ("forbidden", "The term of your institution's agreement is over. Ask the operator to renew it.")
    HOURS_USED = ("forbidden", "The hours of your institution's plan are used up. Ask the operator for more.")
    SEATS_TAKEN = ("forbidden", "All seats of your institution's plan are taken. Leave another room first.")
    OBSERVERS_AWARD = ("forbidden", "Only observers under an agreement award posts, in a room that they observe.")
    NO_AWARD_BUDGET = ("invalid", "Your institution has no budget for awards here. Ask the operator for one.")
    AWARD_AMOUNT = ("invalid", "That amount cannot be awarded here. Take one within the bounds, in the right currency.")
    AWARD_WITHHELD = ("invalid", "That post is kept from observers, or was warned of. Award another.")
    AWARD_PRODUCT = ("invalid", "That post names a product of your institution. Award another.")
    AWARD_CONFLICT = ("invalid", "Its author has declared a tie to your institution. Award another.")
    AWARD_AGAIN = ("invalid", "Your institution has awarded that post already. Award another.")
    AWARD_BUDGET = ("invalid", "What is left of your institution's budget for this year is less than that.")
    AWARD_CASE_CAP = ("invalid", "Your institution has awarded in this case what one may. Award in another.")
    CONFLICT = ("conflict", "This `id` was used for another command in this room. Take a new id.")
    NOT_JOINED = ("not_joined", "You have no seat in this room. Send `join` first.")

    @property
    def code(self) -> ErrorCode:
        """The wire's error code."""
        code: ErrorCode = self.value[0]
        return code

    @property
    def message(self) -> str:
        """One sentence: what is wrong and what to do."""
        return self.value[1]


class Refused(Exception):
    """The answer is no; the connection stays, nothing has changed. `message`: the sentence, where it names more."""

    def __init__(self, refusal: Refusal, message: str | None = None) -> None:
        super().__init__(refusal.name)
        self.refusal = refusal
        self.message = message or refusal.message
