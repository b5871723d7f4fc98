"""Every field in which somebody may write is known as words, or known to be none: a new one must be thought of."""

from collections.abc import Iterator
from typing import Any, Final, get_args

import msgspec
import pytest
from msgspec import inspect

from realtime.rooms.case import Case
from realtime.rooms.command import Evidence
from realtime.rooms.commands import AnyCommand
from realtime.rooms.events import BODIES
from realtime.rooms.opening import OpenCase
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.texts import ASKED, CASE_WRITTEN, DIAGNOSIS_WRITTEN, EVIDENCE_WRITTEN, WRITTEN

KNOWN: Final[dict[type, tuple[str, ...]]] = {
    **ASKED,
    **WRITTEN,
    Case: CASE_WRITTEN,
    OpenCase: CASE_WRITTEN,
    Evidence: EVIDENCE_WRITTEN,
    Diagnosis: DIAGNOSIS_WRITTEN,
}

NO_WORDS: Final = frozenset(
    {
        # names of persons, posts, pictures, rules and places, as the server or a program gives them
        *("Posted.reply_to", "Posted.contradicts", "Posted.to", "Posted.images"),
        *("Amended.target", "Retracted.target", "Withheld.target", "Corroborated.target", "Released.target"),
        *("PollVoted.target", "PollClosed.target", "PollResult.target"),
        *("Acted.target", "HandOverAsked.person", "Responded.page", "HandedOver.person", "Led.person"),
        *("Pinned.target", "Unpinned.target", "Warned.target", "Collapsed.target", "Withheld.reason"),
        *("Invited.person", "Removed.person", "OutcomeGiven.supports", "OutcomeGiven.contradicts"),
        *("Paged.page", "Paged.person", "Paged.people", "Responded.page", "Escalated.page"),
        *("Sealed.root", "Sealed.key_id", "Picture.id", "Picture.type", "Picture.sha256"),
        "RevealedAward.commitment",
        *("Case.id", "Case.presenter", "Case.status", "Case.linked_to", "Case.institution", "Case.network"),
        *("Place.rule", "Confirmed.rule", "Confirmed.field"),
        # codes and options, which docs/identifiers.md says are not looked at
        *("Post.lang", "Posted.lang", "Page.specialty", "Paged.specialty"),
        *(f"{kind}.{field}" for kind in ("Case", "OpenCase") for field in ("specialties", "languages")),
        *("Revise.specialties", "Revised.specialties"),
        *(f"{kind}.{field}" for kind in ("Case", "OpenCase") for field in ("age_band", "sex")),
        # what the directory knows of an author, which nobody writes in a case
        *("Stated.nature", "Stated.payer", "Stated.since"),
        # looked at as what it is: `in_words`
        "Evidence.ref",
        # no event has it: moderators alone read the one, nobody the other
        *("Flag.note", "Invite.reason", "Lead.reason"),
    }
)


def structs_in(kind: Any) -> Iterator[type]:
    """The types of structs in a type, from the outside in."""
    match kind:
        case inspect.StructType():
            yield kind.cls
            for field in kind.fields:
                yield from structs_in(field.type)
        case inspect.ListType():
            yield from structs_in(kind.item_type)
        case inspect.UnionType():
            for one in kind.types:
                yield from structs_in(one)


def takes_words(kind: Any) -> bool:
    """Whether any text may stand there: no pattern holds it to the form of a name, and it is none of a few words."""
    match kind:
        case inspect.StrType():
            return kind.pattern is None
        case inspect.ListType():
            return takes_words(kind.item_type)
        case inspect.UnionType():
            return any(map(takes_words, kind.types))
    return False


ROOTS: Final = (*get_args(AnyCommand), *BODIES.values(), Case, OpenCase)
STRUCTS: Final = sorted({found for root in ROOTS for found in structs_in(inspect.type_info(root))}, key=str)
OPEN: Final = [
    (struct, field.name)
    for struct in STRUCTS
    for field in inspect.type_info(struct).fields  # type: ignore[attr-defined]
    if takes_words(field.type) and field.name != "not_identifying"
]


def test_the_walk_reaches_what_is_nested() -> None:
    assert {Evidence, Case, *BODIES.values(), *get_args(AnyCommand)} <= set(STRUCTS)


@pytest.mark.parametrize(("struct", "field"), OPEN, ids=lambda one: getattr(one, "__name__", one))
def test_a_field_that_takes_words_is_in_the_table_or_said_to_hold_none(struct: type, field: str) -> None:
    assert (field in KNOWN.get(struct, ())) is not (f"{struct.__name__}.{field}" in NO_WORDS)


def test_both_lists_name_only_fields_that_there_are() -> None:
    named = {f"{struct.__name__}.{field}" for struct, fields in KNOWN.items() for field in fields}
    assert named | NO_WORDS == {f"{struct.__name__}.{field}" for struct, field in OPEN}


def test_a_command_and_its_event_have_the_same_fields_of_words() -> None:
    for struct, fields in KNOWN.items():
        assert set(fields) <= {field.name for field in msgspec.structs.fields(struct)}
