from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

import msgpack
import msgspec
import pytest

from realtime.rooms.chain import EMPTY, GENESIS, Head, Record, digest_of_command, event_of, first_broken, recorded
from realtime.rooms.command import Evidence
from realtime.rooms.commands import AnyCommand, Corroborate, Pin, Post
from realtime.rooms.events import Event
from realtime.rooms.people import SYSTEM, By
from realtime.wire.encoding import decode, encode
from tests.builders import AT, ROOM, ana, ask, ben, cleo, opening, records, salts, story
from tests.samples import BODY_SAMPLES

SALT = bytes(range(16))


def log() -> list[Record]:
    """Five records: the case, two posts, a corroboration, a pin."""
    return records(
        story(
            (ana, ask(Post, text="Give antivenom now.", evidence=[Evidence("pmid", "38147337")])),
            (ben, ask(Post, text="CT first.", kind="question", to="cleo")),
            (cleo, ask(Post, text="No CT here.", reply_to="e3")),
            (cleo, ask(Pin, target="e2")),
        )
    )


def digest_by_the_book(previous: bytes, record: Record) -> bytes:
    """The format as the architecture states it, by other means than the code's: it can never change."""
    body = msgpack.packb(msgpack.unpackb(record.body))
    author = msgpack.unpackb(record.author)
    place = sha256(msgpack.packb([record.room, record.seq, record.id, record.at, record.kind])).digest()
    by = sha256(record.salt_by + msgpack.packb([record.by, author])).digest()
    return sha256(b"\0" + previous + place + by + sha256(record.salt_body + body).digest()).digest()


def test_a_digest_is_what_the_format_says() -> None:
    previous = bytes(32)
    for record in log():
        assert record.digest == digest_by_the_book(previous, record)
        previous = record.digest


def test_an_author_is_kept_as_sorted_msgpack_without_what_is_unknown() -> None:
    assert msgpack.unpackb(log()[1].author) == {
        "country": "CH",
        "handle": "dr_ana",
        "role": "physician",
        "specialty": "cardiology",
        "tier": 3,
    }
    event = msgspec.structs.replace(opening(), by=By(SYSTEM))
    assert recorded(ROOM, EMPTY, event, salts(1)).author == msgpack.packb({})


def test_tier_0_is_known() -> None:
    event = msgspec.structs.replace(opening(), by=By("x", role="clinician", tier=0))
    record = recorded(ROOM, EMPTY, event, salts(1))
    assert msgpack.unpackb(record.author) == {"role": "clinician", "tier": 0}
    assert event_of(record) == event


@pytest.mark.parametrize("by", [ana.by, cleo.by, By(SYSTEM), By("x", tier=0)])
@pytest.mark.parametrize("body", BODY_SAMPLES)
def test_an_event_comes_back_from_its_record(body: Any, by: By) -> None:
    event = Event(1, "e1", AT, by, body)
    assert event_of(recorded(ROOM, EMPTY, event, salts(1))) == event


def test_the_check_is_the_start_of_the_digest() -> None:
    head = log()[-1].head
    assert (head.seq, head.check) == (5, head.digest.hex()[:16])
    assert Head(0, GENESIS).check == "0" * 16


def test_a_whole_log_verifies_and_so_does_each_part_from_its_head() -> None:
    kept = log()
    assert first_broken(kept) is None
    for n in range(len(kept)):
        assert first_broken(kept[n:], kept[n - 1].head if n else EMPTY) is None
    assert first_broken([]) is None


def flipped(value: Any) -> Iterator[Any]:
    """`value` with one bit changed, for every bit."""
    if isinstance(value, int):
        yield from (value ^ 1 << bit for bit in range(63))
        return
    raw = value.encode() if isinstance(value, str) else value
    for bit in range(8 * len(raw)):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        yield bytes(changed).decode("latin-1") if isinstance(value, str) else bytes(changed)


@pytest.mark.parametrize("field", [field for field in Record.__struct_fields__ if field != "command_digest"])
def test_any_bit_that_changes_is_noticed_and_its_record_named(field: str) -> None:
    kept = log()
    for place, record in enumerate(kept):
        for value in flipped(getattr(record, field)):
            bad = [*kept[:place], msgspec.structs.replace(record, **{field: value}), *kept[place + 1 :]]
            assert first_broken(bad) == place + 1


def test_the_digest_of_the_command_is_no_part_of_the_record() -> None:
    kept = [msgspec.structs.replace(record, command_digest=b"erased") for record in log()]
    assert first_broken(kept) is None


@pytest.mark.parametrize(
    ("damage", "broken"),
    [
        (lambda kept: kept[1:], 1),
        (lambda kept: kept[:2] + kept[3:], 3),
        (lambda kept: kept[:2] + kept[2:4][::-1] + kept[4:], 3),
        (lambda kept: [*kept[:3], kept[1], *kept[3:]], 4),
        (lambda kept: [kept[0], *kept], 2),
        (lambda kept: kept[::-1], 1),
        (lambda kept: [*kept, kept[4]], 6),
    ],
)
def test_what_is_missing_moved_or_added_is_noticed(damage: Callable[[list[Record]], list[Record]], broken: int) -> None:
    assert first_broken(damage(log())) == broken


def test_a_record_put_in_with_a_digest_of_its_own_breaks_what_follows() -> None:
    kept = log()
    forged = recorded(ROOM, kept[1].head, event_of(msgspec.structs.replace(kept[1], seq=3, id="x")), salts(9))
    renumbered = [msgspec.structs.replace(record, seq=record.seq + 1) for record in kept[2:]]
    assert first_broken([*kept[:2], forged, *renumbered]) == 4


def test_a_number_that_was_left_out_is_noticed_although_every_digest_is_right() -> None:
    first = recorded(ROOM, EMPTY, opening(), salts(1))
    third = recorded(ROOM, first.head, msgspec.structs.replace(opening(), seq=3), salts(3))
    assert first_broken([first, third]) == 2


def test_a_change_that_was_hashed_again_is_noticed_at_the_next_record() -> None:
    kept = log()
    event = event_of(kept[1])
    forged = recorded(ROOM, kept[0].head, msgspec.structs.replace(event, by=ben.by), salts(2))
    assert first_broken([kept[0], forged, *kept[2:]]) == 3


@pytest.mark.parametrize("cut", [0, 15, 17])
def test_no_byte_moves_between_a_salt_and_its_body(cut: int) -> None:
    kept = log()
    joined = kept[1].salt_body + kept[1].body
    moved = msgspec.structs.replace(kept[1], salt_body=joined[:cut], body=joined[cut:])
    assert moved.body_hash == kept[1].body_hash
    assert first_broken([kept[0], moved, *kept[2:]]) == 2


def test_logs_that_differ_anywhere_differ_in_check_from_there_on() -> None:
    one, other = story((ana, ask(Post, text="10 mg"))), story((ana, ask(Post, text="100 mg")))
    assert records(one)[0].head == records(other)[0].head
    assert records(one)[1].head.check != records(other)[1].head.check


def test_the_same_log_with_other_salts_has_another_check() -> None:
    assert recorded(ROOM, EMPTY, opening(), salts(1)).head != recorded(ROOM, EMPTY, opening(), salts(2)).head


def test_a_body_hash_says_nothing_without_its_salt() -> None:
    twice = story((ana, ask(Post, text="x")), (ana, ask(Post, text="x")))
    first, second = records(twice)[1:]
    assert first.body == second.body
    assert first.body_hash != second.body_hash


COMMANDS: list[AnyCommand] = [
    ask(Post, text="Give antivenom now. \U0001f9ec", lang="en", evidence=[Evidence("experience", "40 bites")]),
    ask(Corroborate, target="e2", stance="agree", note="Yes."),
    ask(Pin, target="e2"),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_one_digest_in_either_encoding(command: AnyCommand) -> None:
    digests = {
        digest_of_command(SALT, "ana", decode(encode(command, encoding), encoding)) for encoding in ("msgpack", "json")
    }
    assert digests == {digest_of_command(SALT, "ana", command)}


def test_a_default_that_is_spelt_out_and_an_unknown_field_are_no_other_command() -> None:
    plain = b'{"t":"post","id":"c","room":"case1","text":"x"}'
    spelt = b'{"text":"x","kind":"comment","evidence":[],"to":null,"room":"case1","id":"c","x":[1],"t":"post"}'
    digests = [digest_of_command(SALT, "ana", decode(data, "json")) for data in (plain, spelt)]
    assert digests[0] == digests[1]


def test_another_person_content_or_salt_gives_another_digest() -> None:
    post = ask(Post, text="x")
    others = [
        digest_of_command(SALT, "ben", post),
        digest_of_command(bytes(16), "ana", post),
        digest_of_command(SALT, "ana", ask(Post, text="y")),
        digest_of_command(SALT, "ana", ask(Post, text="x", kind="question")),
        digest_of_command(SALT, "ana", ask(Post, text="x", room="case2")),
        digest_of_command(SALT, "ana", ask(Post, text="x", id="d")),
    ]
    assert len({digest_of_command(SALT, "ana", post), *others}) == len(others) + 1
