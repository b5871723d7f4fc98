"""Tiers over real sockets: counts below T2, and a change of tier while somebody is connected, on any node."""

from tests.endtoend.callers import Callers


async def test_a_clinician_sees_counts_and_as_a_physician_the_cases_without_signing_in_again(callers: Callers) -> None:
    case = await callers.open_case("ana", reach="world")
    dan = await callers.call("dan")
    assert (await dan.ask("join", room=case))["code"] == "not_found"
    assert (await dan.ask("watch"))["t"] == "ack"
    counts = (await dan.next("counts"))["counts"]
    assert any(one["specialty"] == "paediatric_intensive_care" and one["acuity"] == "urgent" for one in counts)
    assert (await callers.get("/api/cases/counts", "dan"))["counts"] == counts
    assert case not in str(await callers.get("/api/cases", "dan"))

    await verified(callers, "dan", tier=2, decision="approve")
    me = (await dan.next("me"))["me"]
    assert (me["role"], me["tier"]) == ("physician", 2)
    assert (await dan.ask("join", room=case))["t"] == "joined"

    # The moderator decides on the other node, where there are two.
    await verified(callers, "dan", tier=0, decision="refuse")
    assert (await dan.next("me"))["me"]["role"] == "clinician"
    left = await dan.next("left")
    assert (left["room"], left["code"]) == (case, "withdrawn")
    assert (await dan.ask("join", room=case))["code"] == "not_found"


async def test_counts_are_not_for_observers(callers: Callers) -> None:
    assert (await callers.request("GET", "/api/cases/counts", "obi")).status_code == 403


async def verified(callers: Callers, person: str, *, tier: int, decision: str) -> None:
    """A moderator decides so of this person, who has given a document and asked."""
    pdf = b"%PDF-1.7\nendobj\n%%EOF\n"
    headers = {"Content-Type": "application/pdf"}
    given = await callers.request("POST", "/api/me/documents", person, content=pdf, headers=headers)
    assert given.status_code == 201, given.text
    asked = await callers.request("POST", "/api/me/verification/requests", person)
    wish = {"decision": decision, "tier": tier, "reason": "A test of tiers."}
    path = f"/api/moderation/verifications/{asked.json()['id']}/decisions"
    decided = await callers.request("POST", path, "mo", json=wish)
    assert decided.status_code == 200 and len(decided.json()["changed"]) == 1, decided.text
