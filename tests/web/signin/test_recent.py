"""Grave acts ask again who one is, and of programs only those that are for it do them."""

import msgspec
import pytest

from tests.builders import ana, ben, mo
from tests.web.house import House
from tests.web.signin.people import aged, at_browser
from web.api.problems import Problem
from web.signin.identify import Identity
from web.signin.recent import RECENT_MS, in_person, recent

NOW = 1_800_000_000_000
SANCTION = {"person": ben.id, "kind": "warn", "reason": "Rude to a colleague."}
PROOF = "/api/sessions/current/proof"
SANCTIONS = "/api/moderation/sanctions"


def code(problem: pytest.ExceptionInfo[Problem]) -> str:
    return problem.value.code


def test_a_proof_holds_for_five_minutes() -> None:
    identity = Identity(ana, "s1", NOW, "cookie", proved_at=NOW)
    recent(identity, NOW + RECENT_MS)
    with pytest.raises(Problem) as problem:
        recent(identity, NOW + RECENT_MS + 1)
    assert code(problem) == "proof_needed"


def test_a_program_needs_the_scope_and_cannot_be_a_person() -> None:
    program = Identity(mo, "t1", NOW, "bearer", scopes=("admin",))
    recent(program, NOW)
    recent(msgspec.structs.replace(program, scopes=()), NOW)
    with pytest.raises(Problem) as problem:
        recent(msgspec.structs.replace(program, scopes=("write",)), NOW)
    assert code(problem) == "forbidden"
    with pytest.raises(Problem) as problem:
        in_person(program, NOW)
    assert code(problem) == "forbidden"


async def test_a_moderator_proves_who_they_are_before_they_sanction(home: House) -> None:
    browser = await at_browser(home, mo)
    aged(home, browser)
    refused = await browser.post(SANCTIONS, **SANCTION)
    assert refused.status_code == 403 and refused.json()["code"] == "proof_needed"
    assert (await browser.http.get(SANCTIONS)).json() == {"sanctions": []}
    await browser.sign_in()
    assert (await browser.post(SANCTIONS, **SANCTION)).status_code == 201


async def test_whether_one_would_be_asked_can_be_asked(home: House) -> None:
    browser = await at_browser(home, mo)
    assert (await browser.http.get(PROOF)).status_code == 204
    aged(home, browser)
    refused = await browser.http.get(PROOF)
    assert refused.status_code == 403 and refused.json()["code"] == "proof_needed"


@pytest.mark.parametrize(("scopes", "reads", "writes"), [(["read", "write"], 403, 403), (["admin"], 200, 201)])
async def test_a_moderator_s_token_administers_where_it_is_for_that(
    home: House, scopes: list[str], reads: int, writes: int
) -> None:
    token = (await (await at_browser(home, mo)).post("/api/tokens", name="desk", scopes=scopes)).json()["token"]
    program = home.client()
    program.headers["authorization"] = f"Bearer {token}"
    assert (await program.get(SANCTIONS)).status_code == reads
    assert (await program.post(SANCTIONS, json=SANCTION)).status_code == writes
