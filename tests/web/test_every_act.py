"""Every path of the API leaves one audit line or, for a reason, none; and none says what anybody wrote."""

import asyncio
import logging
from pathlib import Path
from typing import Final

import pytest

from realtime.errors import Unavailable
from tests.builders import ana, ben, cleo, mo
from tests.live import Lines
from tests.web.house import CASE, ORIGIN, PASSWORD, house, lines
from web.api.reads import noted

# What each path leaves, and nothing where it tells of no case, person or archive in particular.
ACTS: Final[dict[str, set[str]]] = {
    "POST /api/sessions": {"signed_in", "sign_in_failed"},
    "DELETE /api/sessions": {"sessions_ended"},
    "DELETE /api/sessions/current": {"signed_out"},
    "POST /api/cases": {"case_opened", "open_refused", "conflict"},
    "GET /api/cases/{id}": {"case_read"},
    "GET /api/cases/{id}/events": {"history_read"},
    "GET /api/cases/{id}/audit": {"looks_read"},
    "GET /api/cases/{id}/handover": {"handover_read"},
    "GET /api/cases/{id}/people/{person}/interests": {"interests_read"},
    "GET /api/cases/{id}/awards": {"awards_read"},
    "POST /api/cases/{id}/entry": {"case_entered"},
    "GET /api/archive/{id}": {"archive_read"},
}
QUIET: Final[dict[str, str]] = {
    "GET /api/security": "tells one of oneself",
    "GET /api/sessions": "tells one of oneself",
    "GET /api/sessions/current": "tells one of oneself",
    "GET /api/signin": "is for everybody",
    "POST /api/tickets": "opens a connection, whose joins are lines",
    "GET /api/acuity": "is what this deployment does",
    "GET /api/cases": "is a list of titles",
    "GET /api/archive": "is a list of titles",
    "GET /api/cases/counts": "is numbers",
    **{
        f"GET /api/insights/{name}{ending}": "is numbers"
        for name in ("times", "tallies", "thirds")
        for ending in ("", ".csv", ".parquet")
    },
    "GET /api/credibility/{id}": "is a word about a colleague",
    "GET /api/outcomes/owed": "tells one of one's own cases",
    "GET /api/push/key": "is the same for everybody",
    "GET /healthz": "is of the process",
    "GET /readyz": "is of the process",
    "GET /metrics": "is of the process",
}
# Paths whose lines are tested beside them.
ELSEWHERE: Final = (
    "/api/moderation/",
    "/api/me/",
    "/api/demo",
    "/api/cases/{id}/images",
    "/api/images/",
    "/api/sessions/{id}",
    "/api/sessions/setup",
    "/api/sessions/current/",
    "/api/sessions/passkey",
    "/api/passkeys",
    "/api/authenticator",
    "/api/recovery",
    "/api/tokens",
    "/api/hospitals",
    "/api/factors",
    "/api/registrations",
    "/api/verification",
    "/api/vouches",
    "/api/me",
    "/api/agreement",
    "/api/institutions",
    "/api/reach/preview",
    "/api/rosters",
    "/api/surveys",
    "/api/observer/",
    "/api/adverse-events",
    "/api/cases/{id}/observers",
    "/api/cases/{id}/pages",
    "/api/cases/{id}/adverse-events",
    "/api/awards",
)
READS: Final = (
    "/api/cases/{}",
    "/api/cases/{}/events",
    "/api/cases/{}/audit",
    "/api/cases/{}/handover",
    "/api/cases/{}/awards",
    "/api/archive/{}",
)
CANARY: Final = "a canary in zebrawood, q.c."


async def test_every_path_has_its_place_in_the_table(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        served = {
            f"{method} {route.path}"  # type: ignore[attr-defined]
            for route in home.app.router.routes
            for method in getattr(route, "methods", None) or ()
            if method != "HEAD" and route.path.startswith(("/api", "/healthz", "/readyz", "/metrics"))  # type: ignore[attr-defined]
        }
    known = ACTS.keys() | QUIET.keys()
    assert {one for one in served if not one.split()[1].startswith(ELSEWHERE)} == known


@pytest.mark.parametrize("path", READS)
async def test_a_read_leaves_one_line_whatever_comes_of_it(tmp_path: Path, path: str) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo, reach="team")
        await home.client(mo).post(f"/api/cases/{case}/entry", json={"reason": "A complaint."})
        for person, room in ((mo, case), (ben, case), (ana, "nothing")):
            await home.client(person, "2001:db8::7").get(path.format(room))
    (act,) = ACTS["GET " + path.format("{id}")]
    others = [line for line in await lines(tmp_path) if line.person != "cleo" and line.act != "case_entered"]
    found = [(line.act, line.person, line.outcome, line.address) for line in others]
    answers = {"mo": "refused" if act == "archive_read" else "ok"}  # it is not sealed
    assert found == [
        (act, "mo", answers["mo"], "2001:db8::7"),
        (act, "ben", "refused", "2001:db8::7"),
        (act, "ana", "refused", "2001:db8::7"),
    ]


async def test_signing_in_and_out_leaves_one_line_each(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        client = home.client(address="192.0.2.9")
        for password in ("wrong horse battery", PASSWORD):
            await client.post("/api/sessions", json={"handle": ana.handle, "password": password})
        await client.delete("/api/sessions/current", headers={"origin": "https://evil.example"})
        await client.delete("/api/sessions/current", headers={"origin": ORIGIN})
    assert [(line.act, line.outcome, line.address) for line in await lines(tmp_path)] == [
        ("sign_in_failed", "failed", "192.0.2.9"),
        ("signed_in", "ok", "192.0.2.9"),
        ("origin_refused", "refused", "192.0.2.9"),
        ("signed_out", "ok", "192.0.2.9"),
    ]


async def test_what_was_written_is_in_no_line_log_metric_or_problem(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "httpx")  # the client's own, with whole addresses
    said: list[str] = []
    async with house(tmp_path) as home:
        written = {name: CANARY for name in CASE if name not in ("acuity", "specialties", "reach", "observers")}
        case = await home.open(cleo, background=CANARY, **written)
        for person, body in (
            (cleo, CASE | {"request": CANARY}),
            (cleo, CASE | {"acuity": CANARY}),
            (cleo, CASE | {"specialties": [CANARY]}),
            (cleo, CASE | {"age_band": CANARY, CANARY: CANARY}),
            (cleo, [CANARY]),
        ):
            answer = await home.client(person).post("/api/cases", json=body, headers={"idempotency-key": "key1"})
            assert answer.status_code >= 400
            said.append(answer.text)
        for handle, password in ((CANARY, CANARY), (ana.handle, CANARY)):
            wish = {"handle": handle, "password": password}
            said.append((await home.client().post("/api/sessions", json=wish)).text)
        for reader in (ana, ben):
            await home.client(reader).get(f"/api/cases/{case}/events", params={"after": 0})
            said.append((await home.client(reader).get(f"/api/cases/{case}/events", params={"after": CANARY})).text)
        said.append((await home.client(ana).get("/metrics")).text)
        said.append((await home.client(cleo).get(f"/api/cases/{case}/audit")).text)
    assert len(await lines(tmp_path)) >= 6
    for told in (repr(await lines(tmp_path)), caplog.text, *said):
        assert "Canary" not in told


@pytest.mark.parametrize("trouble", [asyncio.CancelledError, Unavailable, RuntimeError])
def test_a_read_that_fails_or_is_given_up_leaves_its_line_too(trouble: type[BaseException]) -> None:
    audit = Lines()
    with pytest.raises(trouble), noted(audit, "case_read", ana, "case1", where="::1"):
        raise trouble
    (line,) = audit.whole
    assert (line["act"], line["person"], line["room"], line["outcome"]) == ("case_read", "ana", "case1", "failed")
