import string
from itertools import product

import pytest

from realtime.rooms.pseudonyms import Pseudonyms
from tests.builders import PEOPLE

KEY = b"a secret of this deployment"


@pytest.mark.parametrize("person", PEOPLE)
def test_a_pseudonym_is_stable_in_a_room_and_different_in_every_other(person: str) -> None:
    assert Pseudonyms(KEY, "room1").of(person) == Pseudonyms(KEY, "room1").of(person)
    assert len({Pseudonyms(KEY, f"room{n}").of(person) for n in range(100)}) == 100


def test_people_do_not_share_a_pseudonym() -> None:
    names = Pseudonyms(KEY, "room1")
    assert len({names.of(f"person{n}") for n in range(1_000)}) == 1_000


def test_room_and_person_do_not_run_into_each_other() -> None:
    assert Pseudonyms(KEY, "room1").of("2ana") != Pseudonyms(KEY, "room12").of("ana")


def test_another_deployment_gives_other_pseudonyms() -> None:
    keys = (KEY, KEY + b"\0", KEY[:-1], b"k" * 500)
    assert len({Pseudonyms(key, "room1").of("ana") for key in keys}) == len(keys)


def test_a_pseudonym_is_16_letters_and_digits_without_a_trace_of_the_person() -> None:
    for room, person in product(("room1", "room2"), PEOPLE):
        name = Pseudonyms(KEY, room).of(person)
        assert len(name) == 16
        assert set(name) <= set(string.ascii_lowercase + string.digits)
        assert person not in name


def test_the_server_keeps_its_own_name() -> None:
    assert Pseudonyms(KEY, "room1").of("system") == "system"
