"""A node that is killed at a named moment of a command's way: nothing acked is lost, nothing is there twice."""

import asyncio

import pytest

from tests.endtoend.callers import Callers, said
from tests.endtoend.site import Cluster, Embedded, Site
from tests.faults.judge import nothing_lost_or_doubled, sent_until_cut
from tests.faults.nodes import died, restarted

POINTS = ["kill@before_commit", "kill@in_commit", "kill@after_commit", "kill@before_ack", "kill@before_publish"]
AT = ":4"


@pytest.fixture(params=["embedded", "cluster"])
def site(request: pytest.FixtureRequest) -> Site:
    """Both deployments, for harm."""
    site: Site = request.getfixturevalue(request.param)
    return site


@pytest.mark.parametrize("point", POINTS)
async def test_the_one_process_is_killed(embedded: Embedded, point: str) -> None:
    node = embedded.web(0)
    async with Callers(embedded) as callers:
        room = await callers.open_case()
        await restarted(node, point + AT)
        seats = {person: await callers.seated(person, room) for person in ("ana", "ben", "cleo")}
        sending = [asyncio.create_task(sent_until_cut(seat, room)) for seat in seats.values()]
        await died(node)
        sent = dict(zip(seats, [await names for names in sending], strict=True))
        await restarted(node)
        await nothing_lost_or_doubled(callers, room, seats, sent)


@pytest.mark.parametrize("point", POINTS)
async def test_one_of_two_nodes_is_killed_and_its_people_go_to_the_other(cluster: Cluster, point: str) -> None:
    node = cluster.web(1)
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        await restarted(node, point + AT)
        seats = {person: await callers.seated(person, room) for person in ("ana", "mo", "ben", "cleo")}
        staying = [asyncio.create_task(sent_until_cut(seats[person], room, most=60)) for person in ("ben", "cleo")]
        going = [asyncio.create_task(sent_until_cut(seats[person], room)) for person in ("ana", "mo")]
        await died(node)
        sent = dict(zip(seats, [await names for names in (*going, *staying)], strict=True))
        await nothing_lost_or_doubled(callers, room, seats, sent, node=0)
        assert not [seat for seat in (seats["ben"], seats["cleo"]) if seat.of("error")]


async def test_an_answer_that_was_lost_is_given_when_the_command_is_sent_again(site: Site) -> None:
    async with Callers(site) as callers:
        room = await callers.open_case()
        await restarted(site.web(1), "lose@ack")
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        with pytest.raises(ConnectionError):
            await ana.ask("post", id="unsure", room=room, text=said("did it arrive?"))
        committed = (await ben.upto(room, 2))[-1]
        back = await callers.seated("ana", room, node=0, **ana.position(room))
        ack = await back.ask("post", id="unsure", room=room, text=said("did it arrive?"))
        assert (ack["seq"], ack["at"], ack["duplicate"]) == (2, committed["at"], True)
        assert len(await callers.log(room)) == 2
