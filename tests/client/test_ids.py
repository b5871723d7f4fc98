import re
from uuid import RFC_4122, UUID

from client.ids import command_id


def test_id_is_a_uuid_of_version_7() -> None:
    made = UUID(command_id())
    assert (made.version, made.variant) == (7, RFC_4122)


def test_id_is_one_that_the_wire_takes() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,36}", command_id())


def test_ids_differ_and_sort_by_time() -> None:
    made = [command_id() for _ in range(1_000)]
    assert len(set(made)) == 1_000
    times = [name[:18] for name in made]
    assert times == sorted(times)
