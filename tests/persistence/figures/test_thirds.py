"""Physicians by how often cases asked for them."""

from persistence.figures.cells import ALL, Doing, Of, Place, doings
from persistence.figures.thirds import Took, thirds
from realtime.rooms.parts import Part


def took(person: str, *, room: str = "room1", acuity: str = "stat", country: str = "KE", part: Part) -> Took:
    return Took(person, "cardiology", country, room, acuity, part)


def asked(person: str, times: int) -> list[Took]:
    return [took(person, room=f"room{n}", part=Part(asked=True, answered=False)) for n in range(times)]


def test_of_three_who_were_asked_differently_often_one_is_in_each_third() -> None:
    assert thirds([*asked("ana", 3), *asked("ben", 1), *asked("cleo", 2)]) == {
        "ben": "least",
        "cleo": "middle",
        "ana": "most",
    }


def test_who_was_asked_equally_often_is_in_the_same_third_the_lower() -> None:
    assert set(thirds([*asked("ana", 2), *asked("ben", 2), *asked("cleo", 2)]).values()) == {"least"}
    assert thirds([*asked("ana", 1), *asked("ben", 2), *asked("cleo", 2)]) == {
        "ana": "least",
        "ben": "middle",
        "cleo": "middle",
    }


def test_who_answers_without_having_been_asked_is_among_the_least_busy() -> None:
    free = took("ben", part=Part(asked=False, answered=True))
    assert thirds([free, *asked("ana", 2), *asked("cleo", 1)])["ben"] == "least"


def test_of_nobody_there_are_none() -> None:
    assert thirds([]) == {}
    assert doings([]) == {}


def test_a_person_and_a_case_count_once_in_each_cell_that_they_are_in() -> None:
    parts = [
        took("ana", part=Part(asked=True, answered=True, opinions=1, hits=1, brier=300)),
        took("ana", room="room2", acuity="urgent", part=Part(asked=True, answered=False)),
        took("ben", country="PE", part=Part(asked=False, answered=True, opinions=1, hits=0, brier=900)),
    ]
    cells = doings(parts)
    # ana was asked twice, ben never: of two people the first is in the lowest third, the second in the middle.
    assert cells[Place(Of(ALL, ALL, ALL), "least")] == Doing(1, 1, 0, 1, 1, 0, 900)
    assert cells[Place(Of(ALL, ALL, ALL), "middle")] == Doing(1, 2, 2, 1, 1, 1, 300)
    assert cells[Place(Of("urgent", ALL, "KE"), "middle")] == Doing(1, 1, 1, 0, 0, 0, 0)
    assert Place(Of("urgent", ALL, "PE"), "least") not in cells
