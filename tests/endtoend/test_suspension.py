"""A breach: one act at the command line ends all access of an institution, on every node."""

import pytest

from tests.endtoend.callers import Callers, said
from tests.endtoend.site import Site

INSTITUTION = "Research institute"


@pytest.fixture(params=["embedded", "cluster"])
def breached(request: pytest.FixtureRequest) -> Site:
    """Each deployment, for this test alone."""
    site: Site = request.getfixturevalue(request.param)
    return site


async def test_a_suspended_institution_is_sent_away_and_not_let_in_again(breached: Site) -> None:
    async with Callers(breached) as callers:
        room = await callers.open_case()
        ana, obi = await callers.seated("ana", room), await callers.seated("obi", room)
        suspended = breached.curbside("institution", "suspend", INSTITUTION, "--why=Tried to name a patient.")
        assert suspended.returncode == 0, suspended.stderr
        assert (await obi.next("left"))["code"] == "withdrawn"
        assert await obi.closed() == 4403
        await ana.ask("post", room=room, text=said("between us"))
        assert (await callers.request("GET", f"/api/cases/{room}", "obi")).status_code == 403
        again = await callers.call("obi")
        assert (await again.ask("join", room=room))["code"] == "forbidden"
        record = await callers.get(f"/api/cases/{room}/observers", "cleo")
        assert [one["institution"] for one in record["observers"]] == [INSTITUTION]
