"""What each audience is sent of an event or a state: copies, never the event itself."""

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from realtime.rooms.blind import WITHHELD, withheld
from realtime.rooms.card import generated_title
from realtime.rooms.case import Case
from realtime.rooms.chain import Record
from realtime.rooms.command import Evidence
from realtime.rooms.events import (
    Acted,
    Amended,
    Closed,
    Corroborated,
    Event,
    HandedOver,
    HandOverAsked,
    Invited,
    Led,
    Opened,
    Opined,
    Paged,
    PollClosed,
    PollVoted,
    Posted,
    Released,
    Removed,
    VitalsAdded,
)
from realtime.rooms.identifiers.masking import masked
from realtime.rooms.interests.stating import natures_only
from realtime.rooms.listed import Lister
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.opinions.stated import stated
from realtime.rooms.paging.page import shown
from realtime.rooms.people import SYSTEM, By
from realtime.rooms.pictures import withheld as unseen
from realtime.rooms.plan import Asked
from realtime.rooms.poll import FEWEST_TOLD
from realtime.rooms.polled import polls_in
from realtime.rooms.post import Post
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.rooms.room import Room
from realtime.rooms.texts import CASE_WRITTEN, DIAGNOSIS_WRITTEN, EVIDENCE_WRITTEN, WRITTEN, in_words, reworded
from realtime.rooms.vitals.readings import Reading

Audience = Literal["contributors", "observers"]
"""Viewers get the contributors' copy."""


def body_copy(
    event: Event,
    record: Record,
    room: Room,
    audience: Audience,
    names: Pseudonyms,
    *,
    upto: int | None = None,
    person: str | None = None,
) -> Any:
    """The body of `event` for `audience`, as `room` is now: `event.body` itself where nothing is to be changed.

    What was retracted since keeps its place with its digest in place of its text and evidence (hex, salted).
    Observers get what was amended since in its later form, nothing of what is folded away, may identify a patient or is
    withheld from them but its place, no read-back of what was retracted, pseudonyms for persons, no institution, not
    what a stance or an opinion weighs, of interests their natures, of a picture that was not released for them only
    that there is one, and texts masked by stricter rules than the gate has, also where their authors have confirmed.

    What is answered blind is withheld from who has come as far as `upto` (as the room, unless given) and may not read
    it then; `person`: who reads, where the copy is for one alone. Observers read no ballot ever, and of a poll that is
    over how many chose what only where `FEWEST_TOLD` voted.
    """
    body = event.body
    if withheld(room.blinds, body, room.seq if upto is None else upto, person):
        return WITHHELD
    if audience == "observers" and isinstance(body, PollVoted):
        return WITHHELD
    target = event.id if isinstance(body, Posted) else getattr(body, "target", "")
    post = room.posts.get(target)
    if isinstance(body, Posted | Amended) and post is not None and post.retracted:
        return _emptied(body, record, audience, names)
    if isinstance(body, Released) and post is not None and post.retracted:
        return msgspec.structs.replace(body, pictures=[])
    if audience == "contributors":
        if isinstance(body, Opened):
            return msgspec.structs.replace(body, case=case_copy(body.case, audience, names))
        return body
    if post is not None and (post.hidden or (post.retracted and isinstance(body, Acted))):
        return _withheld(_masked(_unnamed(body, names)))
    if isinstance(body, Posted | Amended) and post is not None:
        body = _latest(body, post)
    if isinstance(body, Posted | Released) and body.pictures and not (post is not None and post.released):
        body = msgspec.structs.replace(body, pictures=[unseen(picture) for picture in body.pictures])
    if isinstance(body, VitalsAdded):
        return msgspec.structs.replace(body, taken_at=event.at)
    if isinstance(body, PollClosed) and (body.voters or 0) < FEWEST_TOLD:
        return PollClosed(target=body.target)
    if isinstance(body, Closed) and body.polls:
        body = msgspec.structs.replace(body, polls=[poll for poll in body.polls if poll.voters >= FEWEST_TOLD])
    return _masked(_unnamed(body, names))


def by_copy(by: By, audience: Audience, names: Pseudonyms) -> By:
    """`by` for `audience`: observers get a pseudonym, no handle and no name."""
    if audience == "contributors" or by.person == SYSTEM:
        return by
    return msgspec.structs.replace(by, person=names.of(by.person), handle="", name="")


def author_copy(event: Event, audience: Audience, names: Pseudonyms) -> By:
    """The author of `event` for `audience`. Observers get of each ballot a pseudonym that nothing else has."""
    if audience == "observers" and isinstance(event.body, PollVoted):
        return By(names.of(f"ballot {event.id}"))
    return by_copy(event.by, audience, names)


def target_copy(event: Event, body: Any, audience: Audience) -> str | None:
    """Of which poll a ballot is whose `body` goes out withheld. None of all else, and for observers."""
    ballot = event.body if isinstance(event.body, PollVoted) else None
    return ballot.target if ballot and body is WITHHELD and audience == "contributors" else None


def case_copy(case: Case, audience: Audience, names: Pseudonyms) -> Case:
    """`case` for `audience`.

    Where the case may be read is nobody's business but the server's. Observers get the presenter's pseudonym and a
    generated title, no link, which would join pseudonyms of two rooms, not when vital signs were taken, and the texts
    masked.
    """
    if audience == "contributors":
        return msgspec.structs.replace(case, institution=None, network=None)
    masks = _masked_fields(case, CASE_WRITTEN) | {"title": generated_title(case)}
    return msgspec.structs.replace(
        case,
        **masks,
        presenter=names.of(case.presenter),
        linked_to=None,
        vitals_at=None,
        institution=None,
        network=None,
    )


def state_copy(
    room: Room, now: Room, audience: Audience, names: Pseudonyms, person: str | None = None
) -> dict[str, Any]:
    """The folded room without its posts, but for those that it lists; tallies of others follow from their events.

    `room` is as its reader may know it; `now` is as it is, so that no text goes out that was taken back since.
    `person`: who reads, where it is for one alone.
    """
    open_to_all = audience == "contributors"
    card = room.card
    lister = Lister(room, now, None if open_to_all else names)
    state: dict[str, Any] = {
        "status": card.case.status,
        "presenter": lister.name(card.case.presenter),
        "reach": card.case.reach,
        "observers": card.case.observers,
        "waiting": card.waiting,
        "posts": len(room.posts),
        "pinned": lister.pinned(),
        "plan": lister.plan(),
        "questions": lister.questions(),
        "sealed_upto": room.sealed_upto,
        "vitals": {
            name: [_reading(one, open_to_all) for one in readings] for name, readings in sorted(room.readings.items())
        },
    }
    if room.pages:
        state["pages"] = shown(room.pages, str if open_to_all else names.of)
    state |= {name: at for name in ("paged_at", "answered_at") if (at := getattr(card, name)) is not None}
    if card.outcome is not None:
        state |= {"outcome": card.outcome, "outcome_known": list(card.outcome_known)}
    if opinions := stated(room, None if open_to_all else names):
        state["opinions"] = opinions
    if polls := polls_in(room, lister, person):
        state["polls"] = polls
    if room.lead is not None:
        state["lead"] = lister.name(room.lead)
    if room.hand_over is not None:
        state["hand_over"] = _asked(room.hand_over, lister)
    if open_to_all:
        state |= {"invited": sorted(card.invited), "removed": sorted(card.removed)}
    return state


def _asked(asked: Asked, lister: Lister) -> dict[str, Any]:
    """Who was asked to take the case over, by whom, and what was said to them."""
    note = {} if asked.note is None else {"note": lister.words(asked.note)}
    return {"id": asked.id, "person": lister.name(asked.person), "by": lister.name(asked.by)} | note


def _reading(one: Reading, open_to_all: bool) -> list[Any]:
    """`[taken_at, value, unit]`: there may be many."""
    return [one.taken_at if open_to_all else one.said_at, one.value, one.unit]


def _emptied(body: Posted | Amended, record: Record, audience: Audience, names: Pseudonyms) -> dict[str, Any]:
    shown = body if audience == "contributors" else _unnamed(body, names)
    copy: dict[str, Any] = msgspec.to_builtins(shown)
    del copy["text"]
    copy.pop("not_identifying", None)
    _without_evidence(copy)
    return copy | {"retracted": True, "digest": record.body_hash.hex()}


def _without_evidence(copy: dict[str, Any]) -> None:
    """What a post rests on and shows goes with its text."""
    if "images" in copy:
        copy |= {"evidence": [], "images": []}
        copy.pop("pictures", None)
    else:
        copy.pop("evidence", None)


def _latest(body: Posted | Amended, post: Post) -> Posted | Amended:
    """`body` with text and evidence as they are now."""
    if body.evidence is None:
        return msgspec.structs.replace(body, text=post.text)
    return msgspec.structs.replace(body, text=post.text, evidence=list(post.evidence))


def _withheld(body: Any) -> Any:
    """What observers get of a post that is kept from them, and of what was said on it: stances, and no word."""
    if isinstance(body, Corroborated):
        return msgspec.structs.replace(body, note=None, evidence=[])
    if isinstance(body, Acted):
        return msgspec.structs.replace(body, read_back=None, reason=None)
    if isinstance(body, Released):
        return msgspec.structs.replace(body, pictures=[])
    if not isinstance(body, Posted | Amended):
        return body
    copy: dict[str, Any] = msgspec.to_builtins(body)
    del copy["text"]
    _without_evidence(copy)
    return copy | {"withheld": True}


def _unnamed(body: Any, names: Pseudonyms) -> Any:
    match body:
        case Opened(case=case):
            return Opened(case=case_copy(case, "observers", names))
        case Posted(to=to, interests=interests) if to is not None or interests:
            whom = None if to is None else names.of(to)
            return msgspec.structs.replace(body, to=whom, interests=natures_only(interests))
        case Corroborated(weight=weight, interests=interests) if weight is not None or interests:
            shown = natures_only(interests)
            return msgspec.structs.replace(body, weight=None, same_house=None, interests=shown)
        case Opined(weight=weight) if weight is not None:
            return msgspec.structs.replace(body, weight=None)
        case Invited() | Removed() | HandOverAsked() | HandedOver() | Led():
            person = body.person
            return msgspec.structs.replace(body, person=names.of(person))
        case Paged(person=person, people=people):
            one = names.of(person) if person else None
            return msgspec.structs.replace(body, person=one, people=list(map(names.of, people)))
        case _:
            return body


def _masked(body: Any) -> Any:
    changed = _masked_fields(body, WRITTEN.get(type(body), ()))
    if isinstance(body, Posted | Amended | Corroborated) and body.evidence:
        changed["evidence"] = [_masked_evidence(item) for item in body.evidence]
    if isinstance(body, Opined):
        changed["differential"] = masked_differential(body.differential)
    if getattr(body, "not_identifying", None):
        changed["not_identifying"] = []
    return msgspec.structs.replace(body, **changed) if changed else body


def _masked_fields(value: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    """The fields that are other words once masked."""
    return reworded(value, fields, masked)


def masked_differential(differential: Iterable[Diagnosis]) -> list[Diagnosis]:
    """What observers are shown of what somebody thinks it is."""
    return [msgspec.structs.replace(one, **_masked_fields(one, DIAGNOSIS_WRITTEN)) for one in differential]


def _masked_evidence(item: Evidence) -> Evidence:
    ref = masked(item.ref) if in_words(item) else item.ref
    return msgspec.structs.replace(item, ref=ref, **_masked_fields(item, EVIDENCE_WRITTEN))
