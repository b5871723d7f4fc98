"""`curbside archive`, as an operator uses it: on a server with sealed cases, and elsewhere with files alone."""

import asyncio
import json
import re
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from persistence.archive import file_name
from persistence.claims import MOST_TRIES
from persistence.journal import open_journal
from persistence.seal import open_key
from realtime.rooms.commands import Post
from tests.builders import ana
from tests.persistence.shop import Shop
from tests.persistence.test_troubles import worded
from tests.web.databases import migrated
from web.cli import main


@pytest.fixture
async def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    """A server in `var` of the folder that we are in, with a case of two posts, closed and sealed, and an addendum."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var").mkdir()
    async with migrated(tmp_path / "var") as database:
        journal = open_journal(database)
        shop = Shop(database, journal, tmp_path / "var")
        await shop.open_room("case1")
        await shop.does("case1", Post, ana, text="Give one vial.")
        await shop.does("case1", Post, ana, text="CANARY of another post.")
        await shop.close("case1")
        await shop.outcome("case1")
        await shop.tries(shop.worker(), 2)
        yield shop
        await journal.close()


def archive(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["archive", *arguments])


def said(result: Result, pattern: str) -> None:
    assert result.exit_code == 0, result.output
    assert re.fullmatch(pattern, result.stdout), result.stdout


def wrong(result: Result, sentence: str, status: int = 1) -> None:
    assert (result.exit_code, result.stdout) == (status, ""), result.output
    assert sentence in result.stderr


def test_every_seal_of_a_case_is_verified_with_this_server_s_key(shop: Shop) -> None:
    line = r"var/archive/case1{}: whole{}, and signed with this server's key of \d{{4}}-\d\d-\d\d\.\n"
    first = line.format(r"\.curbside", "")
    second = line.format(r"\.1\.curbside", r" \(addendum 1, events 5 to 5\)")
    said(archive("verify", "case1"), first + second)


def test_a_file_alone_is_verified_with_the_key_that_is_given(shop: Shop) -> None:
    path = "var/archive/case1.1.curbside"
    said(archive("verify", path), r".*whole \(addendum 1.*\), and signed with the key that it names itself\.\n")
    said(archive("verify", path, "--key", open_key(shop.folder).public.hex()), ".*with the key that was expected\\.\n")
    wrong(archive("verify", path, "--key", "ab" * 32), "another key than the one expected")


async def test_an_addendum_without_the_one_before_it_is_named(shop: Shop) -> None:
    await shop.outcome("case1")
    await shop.tries(shop.worker(), 1)
    (shop.archive / file_name("case1", 1)).unlink()
    result = archive("verify", "case1")
    assert result.exit_code == 1
    assert "case1.2.curbside: It is addendum 2 of its case: addendum 1 is missing." in result.stderr


def test_a_file_that_is_not_there_is_named_as_it_was_given(shop: Shop) -> None:
    wrong(archive("verify", "no/such.curbside"), "curbside: no/such.curbside cannot be read", 2)
    wrong(archive("verify", "case9"), "curbside: var/archive/case9.curbside cannot be read", 2)


def test_after_a_rotation_old_archives_are_still_this_server_s(shop: Shop) -> None:
    old = open_key(shop.folder).public.hex()
    rotated = archive("rotate-key")
    said(rotated, "[0-9a-f]{64}\n")
    assert "Restart what seals cases" in rotated.stderr
    new = rotated.stdout.strip()
    assert new != old
    days = r"\d{4}-\d\d-\d\d"
    listed = rf"{new}  [0-9a-f]{{16}}  since {days}\n{old}  [0-9a-f]{{16}}  {days} to {days}\n"
    said(archive("keys"), listed)
    said(archive("verify", "case1"), rf"(.* and signed with this server's key of {days}\.\n){{2}}")
    said(archive("verify", "case1", "--key", old), r"(.* with the key that was expected\.\n){2}")
    wrong(archive("verify", "case1", "--key", new), "another key than the one expected")


def test_a_key_of_somebody_else_is_not_this_server_s(shop: Shop) -> None:
    (shop.folder / "seal.key").unlink()
    open_key(shop.folder)
    wrong(archive("verify", "case1"), "another key than the one expected")


def test_one_event_is_proved_and_no_other_is_shown(shop: Shop) -> None:
    said(archive("prove", "case1", "2"), r"case1\.2\.proof\.json proves event 2\.\n")
    path = Path("case1.2.proof.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "CANARY" not in path.read_text()
    verified = archive("verify-proof", str(path), "--key", open_key(shop.folder).public.hex())
    first, second = verified.stdout.splitlines()
    assert first == (
        f"{path}: event 2 is on record at 2, under the seal over events 1 to 4 of case case1, "
        "signed with the key that was expected."
    )
    shown = json.loads(second)
    assert (shown["kind"], shown["by"]["person"], shown["body"]["text"]) == ("post", "ana", "Give one vial.")
    wrong(archive("verify-proof", str(path), "--key", "ab" * 32), "another key than the one expected")


def test_an_event_is_proved_by_its_digest_alone(shop: Shop) -> None:
    said(archive("prove", "var/archive/case1.curbside", "2", "--hash-only", "--out", "p"), "p proves event 2 by .*\n")
    assert "vial" not in Path("p").read_text()
    said(archive("verify-proof", "p"), r"p: an event with the digest [0-9a-f]{64} is on record at 2, .*\n")


def test_an_outcome_is_proved_under_its_addendum(shop: Shop) -> None:
    said(archive("prove", "case1", "5", "--out", "p"), "p proves event 5\\.\n")
    said(archive("verify-proof", "p"), r"p: event 5 is on record at 5, under the seal over events 5 to 5 .*\n.*\n")


@pytest.mark.parametrize("seq", ["6", "99"])
def test_an_event_under_no_seal_cannot_be_proved(shop: Shop, seq: str) -> None:
    wrong(archive("prove", "case1", seq), f"Event {seq} is under no seal here", status=2)


def test_a_proof_that_was_changed_or_is_none_is_refused(shop: Shop) -> None:
    archive("prove", "case1", "2", "--out", "p")
    plain = json.loads(Path("p").read_text())
    Path("p").write_text(json.dumps(plain | {"seq": 3}))
    wrong(archive("verify-proof", "p"), "Event 3 with this digest is not under that seal")
    Path("p").write_text("nothing")
    wrong(archive("verify-proof", "p"), "is no Curbside proof")
    wrong(archive("verify-proof", "q"), "q cannot be read", status=2)


async def test_what_is_set_aside_is_listed_and_released(shop: Shop) -> None:
    said(await run("set-aside"), "No case is set aside.\n")
    room = await shop.closed_room("case2")
    await shop.database.write(lambda session: worded(session, room))
    await shop.tries(shop.worker(), MOST_TRIES)
    listed = r"case2  2033-\S+  chain: event 2 was changed, removed or added  first wrong event 2\n"
    said(await run("set-aside"), listed)
    wrong(await run("release", "case1"), "case1 is not set aside", status=2)
    said(await run("release", "case2"), "case2 is tried again.\n")
    said(await run("set-aside"), "No case is set aside.\n")


async def run(*arguments: str) -> Result:
    """A command that runs a loop of its own."""
    return await asyncio.to_thread(archive, *arguments)


def test_awards_are_checked_against_the_sealed_case(shop: Shop, tmp_path: Path) -> None:
    nothing = {"commitments": [], "head": "00" * 32, "awards": []}
    for answer, status in ((nothing, 0), (nothing | {"commitments": ["ab" * 32]}, 1)):
        (tmp_path / "awards.json").write_text(json.dumps(answer))
        result = archive("verify-awards", "case1", "awards.json")
        assert result.exit_code == status, result.output
    (tmp_path / "awards.json").write_text("[]")
    assert "no answer" in archive("verify-awards", "case1", "awards.json").stderr
