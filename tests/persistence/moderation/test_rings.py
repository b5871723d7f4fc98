from persistence.moderation.rings import Edge, Ring, rings


def both(one: str, other: str, posts: int = 10, rooms: int = 5) -> list[Edge]:
    return [Edge(one, other, rooms, posts), Edge(other, one, rooms, posts)]


def test_two_who_agree_with_each_other_most_of_the_time_are_a_ring() -> None:
    assert rings([*both("ana", "ben"), Edge("ana", "cleo", 2, 2)]) == [Ring(["ana", "ben"], 20, 0.909)]


def test_who_agrees_with_many_others_as_well_is_in_no_ring() -> None:
    others = [Edge(by, f"other{n}", 5, 10) for by in ("ana", "ben") for n in range(3)]
    assert rings([*both("ana", "ben"), *others]) == []


def test_admiration_that_is_not_returned_is_no_ring() -> None:
    assert rings([Edge("ana", "ben", 9, 50)]) == []
    assert rings([Edge("ana", "ben", 9, 50), Edge("ben", "ana", 1, 1)]) == []


def test_rings_that_share_a_member_are_one() -> None:
    found = rings([*both("ana", "ben"), *both("ben", "cleo"), *both("dan", "eve", posts=40)])
    assert [(ring.people, ring.share) for ring in found] == [(["dan", "eve"], 1.0), (["ana", "ben", "cleo"], 1.0)]


def test_nobody_is_a_ring_alone() -> None:
    assert rings([Edge("ana", "ana", 9, 90)]) == []
    assert rings([]) == []
