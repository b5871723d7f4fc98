from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from realtime.presence.roster import GRACE_MS, SILENCE_MS, Changes, Here, Roster, Statement

NOW_MS = 5_000_000

people = st.sampled_from(["ana", "ben", "cleo", "mo"])
entries = st.builds(
    Here, person=people, since=st.integers(1, 5), handle=st.sampled_from(["a", "b"]), tier=st.none() | st.integers(0, 3)
)
statements = st.builds(
    Statement,
    room=st.just("case1"),
    node=st.sampled_from(["n1", "n2", "n3"]),
    incarnation=st.integers(1, 2),
    at_ms=st.integers(1, 4),
    here=st.lists(entries, max_size=4),
    viewers=st.integers(0, 5),
    observers=st.dictionaries(st.sampled_from(["pharma", "research"]), st.integers(0, 3)),
    seen=st.dictionaries(people, st.integers(1, 9)),
)
histories = st.lists(statements, max_size=12)

View = tuple[list[Here], int, dict[str, int], dict[str, int]]


def merged(history: list[Statement]) -> Roster:
    roster = Roster()
    for statement in history:
        roster.merge(statement, NOW_MS)
    return roster


def view(roster: Roster) -> View:
    return roster.snapshot(), roster.viewers, roster.observers, roster.seen


@given(histories, st.data())
def test_any_order_and_repetition_gives_the_same_roster(history: list[Statement], data: st.DataObject) -> None:
    repeated = history + (data.draw(st.lists(st.sampled_from(history), max_size=6)) if history else [])
    assert view(merged(data.draw(st.permutations(repeated)))) == view(merged(history))


@given(histories)
def test_everyone_on_the_roster_is_there_once_in_order(history: list[Statement]) -> None:
    snapshot = merged(history).snapshot()
    assert len({here.person for here in snapshot}) == len(snapshot)
    assert snapshot == sorted(snapshot, key=lambda here: (here.since, here.handle, here.person))


@given(histories, histories)
def test_whoever_keeps_the_changes_knows_the_roster(first: list[Statement], then: list[Statement]) -> None:
    """Whenever a client was given its snapshot: with the changes since then it has what a new one is given."""
    roster = merged(first)
    clients: list[dict[str, Here]] = []
    for turn, statement in enumerate(then):
        clients.append({here.person: here for here in roster.snapshot()})
        roster.merge(replace(statement, incarnation=3, at_ms=turn), NOW_MS + turn * 700)
        follow(clients, roster.changes(NOW_MS + turn * 700 + 350))
    end_ms = NOW_MS + len(then) * 700
    follow(clients, roster.changes(end_ms))
    follow(clients, roster.changes(end_ms + GRACE_MS))
    assert roster.changes(end_ms + GRACE_MS) is None
    for client in clients:
        assert client == {here.person: here for here in roster.snapshot()}


def follow(clients: list[dict[str, Here]], changes: Changes | None) -> None:
    if changes is None:
        return
    for client in clients:
        client.update({here.person: here for here in changes.here})
        for person in changes.gone:
            client.pop(person, None)


@given(histories, histories)
def test_nobody_stays_when_every_node_is_silent(heard: list[Statement], copies: list[Statement]) -> None:
    roster = merged(heard)
    roster.changes(NOW_MS)
    for statement in copies:
        if statement in heard:
            roster.merge(statement, NOW_MS + SILENCE_MS)
    roster.changes(NOW_MS + SILENCE_MS)
    for statement in heard:
        roster.merge(statement, NOW_MS + SILENCE_MS + 1)
    roster.changes(NOW_MS + SILENCE_MS + GRACE_MS)
    assert view(roster)[:3] == ([], 0, {})


@given(histories, st.lists(statements, min_size=1, max_size=6))
def test_nodes_that_heard_different_things_agree_when_all_have_spoken_again(
    one: list[Statement], other: list[Statement]
) -> None:
    rosters = merged(one), merged(other)
    for roster in rosters:
        roster.changes(NOW_MS)
    latest = [Statement(room="case1", node=node, incarnation=3, at_ms=9, here=[Here(node, 1)]) for node in ("n1", "n2")]
    for roster in rosters:
        for statement in latest:
            roster.merge(statement, NOW_MS + SILENCE_MS - 1)
        roster.changes(NOW_MS + SILENCE_MS)
        roster.changes(NOW_MS + SILENCE_MS + GRACE_MS)
    assert view(rosters[0])[:3] == view(rosters[1])[:3]
