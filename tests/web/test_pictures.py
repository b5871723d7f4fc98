import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest
from click.testing import CliRunner

from persistence.people import new_id
from persistence.pictures.shelf import Shelf
from persistence.pictures.unfit import FILE_BYTES
from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, mo, obi
from tests.persistence.pictures.files import CANARY, bomb, opened, photo, tagged
from tests.web.house import House, house, lines
from web.cli import main
from web.clock import now_ms
from web.signin.addresses import Addresses
from web.signin.identify import Identity

PHOTO = photo("JPEG", exif=tagged())


@pytest.fixture
async def ours(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as running:
        yield running


async def bring(ours: House, person: Person, room: str, data: bytes = PHOTO) -> httpx.Response:
    return await ours.client(person).post(f"/api/cases/{room}/images", content=data)


async def ready(ours: House, person: Person, room: str) -> str:
    """The id of a picture that its bringer has looked at."""
    brought = await bring(ours, person, room)
    assert brought.status_code == 201, brought.text
    image = str(brought.json()["id"])
    checked = await ours.client(person).post(f"/api/cases/{room}/images/{image}/check")
    assert checked.status_code == 200 and checked.json()["checked"]
    return image


async def say(ours: House, person: Person, room: str, kind: str, /, **fields: Any) -> dict[str, Any]:
    """The answer to one command of `person`."""
    caller = await ours.elsewhere.seated(person, room)
    caller.send(kind, id=f"{kind}-{person.id}", room=room, **fields)
    return await caller.next("ack", "error", re=f"{kind}-{person.id}")


async def posted(ours: House, room: str) -> str:
    """The id of a picture in ana's post `post-ana`."""
    image = await ready(ours, ana, room)
    assert (await say(ours, ana, room, "post", text="See.", images=[image]))["t"] == "ack"
    return image


async def see(ours: House, person: Person, room: str, image: str, size: str = "full") -> httpx.Response:
    """The picture as `person` is served it, or why they are not given its address."""
    client = ours.client(person)
    given = await client.get(f"/api/cases/{room}/images/{image}")
    return given if given.status_code != 200 else await client.get(given.json()[size])


async def test_picture_is_brought_looked_at_posted_and_seen(ours: House) -> None:
    room = await ours.open(cleo)
    image = await posted(ours, room)
    event = (await ours.client(ben).get(f"/api/cases/{room}/events")).json()["events"][-1]
    (picture,) = event["body"]["pictures"]
    assert (picture["id"], picture["width"], picture["height"], picture["type"]) == (image, 240, 320, "jpeg")
    full, preview = await see(ours, ben, room, image), await see(ours, ben, room, image, "preview")
    assert hashlib.sha256(full.content).hexdigest() == picture["sha256"] and len(full.content) == picture["bytes"]
    assert opened(full.content).size == (240, 320)
    assert len(preview.content) <= 40_000 and preview.headers["content-type"] == "image/webp"
    assert full.headers["x-content-type-options"] == "nosniff"
    assert full.headers["cache-control"].startswith("private")
    assert "sandbox" in full.headers["content-security-policy"]
    assert full.headers["content-disposition"] == 'inline; filename="picture.jpeg"'


async def test_nothing_of_the_camera_is_on_disk(ours: House) -> None:
    room = await ours.open(cleo)
    await posted(ours, room)
    files = [path for path in ours.settings.pictures.rglob("*") if path.is_file()]
    assert len(files) == 2
    assert all(CANARY.encode() not in path.read_bytes() for path in files)


async def test_picture_cannot_be_posted_before_somebody_has_looked_at_it(ours: House) -> None:
    room = await ours.open(cleo)
    image = (await bring(ours, ana, room)).json()["id"]
    assert (await say(ours, ana, room, "post", text="See.", images=[image]))["code"] == "invalid"


async def test_picture_is_posted_by_whoever_brought_it_where_they_brought_it_once(ours: House) -> None:
    room, other = await ours.open(cleo), await ours.open(cleo, "key2")
    image = await ready(ours, ana, room)
    assert (await say(ours, ben, room, "post", text="Mine.", images=[image]))["code"] == "invalid"
    assert (await say(ours, ana, other, "post", text="There.", images=[image]))["code"] == "invalid"
    assert (await say(ours, ana, room, "post", text="Here.", images=[image]))["t"] == "ack"
    again = await say(ours, ana, room, "post", text="Here.", images=[image])
    assert again["duplicate"]
    caller = await ours.elsewhere.seated(ana, room)
    caller.send("post", id="twice", room=room, text="Again.", images=[image])
    assert (await caller.next("ack", "error", re="twice"))["code"] == "invalid"


async def test_what_waits_to_be_posted_is_seen_by_whoever_brought_it(ours: House) -> None:
    room = await ours.open(cleo)
    image = await ready(ours, ana, room)
    assert (await see(ours, ana, room, image)).status_code == 200
    for person in (ben, cleo, mo, obi):
        assert (await see(ours, person, room, image)).status_code == 404


async def test_observers_see_a_picture_when_somebody_has_released_it(ours: House) -> None:
    room = await ours.open(cleo)
    image = await posted(ours, room)
    watching = await ours.elsewhere.seated(obi, room)
    assert watching.events()[-1]["body"]["pictures"] == [{"id": image, "withheld": True}]
    assert (await see(ours, obi, room, image)).status_code == 404
    assert (await say(ours, ben, room, "release", target="post-ana"))["code"] == "forbidden"
    assert (await say(ours, cleo, room, "release", target="post-ana"))["t"] == "ack"
    await watching.has(3)
    assert watching.events()[-1]["body"]["pictures"][0]["width"] == 240
    assert (await see(ours, obi, room, image)).status_code == 200


async def test_delayed_observers_see_a_picture_no_sooner_than_its_post(ours: House) -> None:
    room = await ours.open(cleo, observers="delayed")
    image = await posted(ours, room)
    assert (await say(ours, cleo, room, "release", target="post-ana"))["t"] == "ack"
    assert (await see(ours, obi, room, image)).status_code == 404


async def test_retracted_picture_is_for_moderators_at_once(ours: House) -> None:
    room = await ours.open(cleo)
    image = await posted(ours, room)
    mine = ours.client(ben)
    address = (await mine.get(f"/api/cases/{room}/images/{image}")).json()["full"]
    assert (await mine.get(address)).status_code == 200
    await say(ours, ana, room, "retract", target="post-ana", reason="Shows a name.")
    assert (await mine.get(address)).status_code == 404
    for person in (ana, ben, cleo):
        assert (await see(ours, person, room, image)).status_code == 404
    assert (await see(ours, mo, room, image)).status_code == 200


async def test_address_is_one_person_s_in_one_session_for_five_minutes(ours: House) -> None:
    room = await ours.open(cleo)
    image = await posted(ours, room)
    mine = ours.client(ben)
    address = (await mine.get(f"/api/cases/{room}/images/{image}")).json()["full"]
    assert (await mine.get(address)).status_code == 200
    assert (await ours.client(ben).get(address)).status_code == 404, "another session"
    assert (await ours.client(mo).get(address)).status_code == 404, "another person"
    assert (await ours.client().get(address)).status_code == 401, "nobody"
    until = int(parse_qs(urlsplit(address).query)["until"][0])
    assert until <= now_ms() + 300_000
    for forged in (
        address.replace(f"until={until}", f"until={until + 1}"),
        address.replace(f"until={until}", "until=9" * 3),
        address.replace(f"until={until}", "until=" + "9" * 400),
        address.replace("size=full", "size=preview"),
        address.replace("type=jpeg", "type=svg"),
        # Not its last letter: two bits of that are no part of the signature.
        address[:-2] + ("A" if address[-2] != "A" else "B") + address[-1],
        address.split("&signature")[0],
        address.replace(image, new_id()),
        f"/api/images/{image}",
    ):
        assert (await mine.get(forged)).status_code == 404, forged


def test_address_ends() -> None:
    addresses, identity = Addresses(b"s" * 32), Identity(ana, "session", 10**15, "cookie")
    query = dict(parse_qsl(urlsplit(addresses.signed("/p", {"case": "c"}, identity, 1_000)).query))
    assert addresses.fits("/p", query, identity, 999)
    assert not addresses.fits("/p", query, identity, 1_000)
    assert not Addresses(b"t" * 32).fits("/p", query, identity, 999)


async def test_removed_people_are_not_served(ours: House) -> None:
    room = await ours.open(cleo)
    image = await posted(ours, room)
    mine = ours.client(ben)
    address = (await mine.get(f"/api/cases/{room}/images/{image}")).json()["full"]
    await say(ours, cleo, room, "remove", person="ben")
    assert (await mine.get(address)).status_code == 404
    assert (await see(ours, ben, room, image)).status_code == 404
    assert (await bring(ours, ben, room)).status_code == 404


@pytest.mark.parametrize(
    "name", ["%2e%2e", "..%2f..%2fsecret.key", "%2fetc%2fpasswd", "a" * 26 + ".full", "A" * 26, "%00", "ä" * 26]
)
async def test_no_name_leads_out_of_the_folder(ours: House, name: str) -> None:
    room = await ours.open(cleo)
    mine = ours.client(ana)
    assert (await mine.get(f"/api/cases/{room}/images/{name}")).status_code == 404
    assert (await mine.get(f"/api/images/{name}")).status_code == 404
    with pytest.raises(FileNotFoundError):
        Shelf(ours.settings.pictures).path(name, "full")


@pytest.mark.parametrize(
    ("data", "status", "says"),
    [
        (b"", 422, "no JPEG, PNG, WebP or DICOM"),
        (b"<svg onload=alert(1)>", 422, "no JPEG, PNG, WebP or DICOM"),
        (bomb(30_000, 30_000), 422, "50 million pixels"),
        (photo()[:600], 422, "damaged"),
        (b"\xff\xd8\xff" + bytes(FILE_BYTES), 413, "32 MiB"),
    ],
    ids=["nothing", "svg", "bomb", "cut", "long"],
)
async def test_what_is_no_picture_is_refused_and_leaves_nothing(
    ours: House, data: bytes, status: int, says: str
) -> None:
    room = await ours.open(cleo)
    refused = await bring(ours, ana, room, data)
    assert refused.status_code == status and says in refused.json()["detail"]
    assert not [path for path in ours.settings.pictures.rglob("*") if path.is_file()]


async def test_who_may_bring(ours: House) -> None:
    room, closed = await ours.open(cleo), await ours.open(cleo, "key2")
    await say(ours, cleo, closed, "close", disposition="Done", summary="Done.")
    assert (await bring(ours, obi, room)).status_code == 403
    assert (await bring(ours, ana, "nowhere")).status_code == 404
    assert (await bring(ours, ana, closed)).json()["code"] == "room_closed"
    browser = await ours.browser(ana)
    assert (await browser.post(f"/api/cases/{room}/images", content=PHOTO)).status_code == 403, "another site's page"


async def test_what_was_not_posted_can_be_taken_back(ours: House) -> None:
    room = await ours.open(cleo)
    image, kept = await ready(ours, ana, room), await posted(ours, room)
    path = f"/api/cases/{room}/images/"
    assert (await ours.client(ben).delete(path + image)).status_code == 404
    assert (await ours.client(ana).delete(path + image)).status_code == 204
    assert (await see(ours, ana, room, image)).status_code == 404
    assert (await ours.client(ana).delete(path + kept)).status_code == 409
    assert (await see(ours, ana, room, kept)).status_code == 200


async def test_nobody_brings_without_end(ours: House) -> None:
    room = await ours.open(cleo)
    answers = [(await bring(ours, ana, room, b"no picture")).status_code for _ in range(40)]
    # On a slow machine some more are allowed meanwhile.
    assert answers[:30] == [422] * 30 and 429 in answers
    assert (await bring(ours, ben, room)).status_code == 201


async def test_who_looked_and_who_read_is_on_record(tmp_path: Path) -> None:
    async with house(tmp_path) as ours:
        room = await ours.open(cleo)
        image = await posted(ours, room)
        await see(ours, ben, room, image)
        await see(ours, obi, room, image)
    kept = [line for line in await lines(tmp_path) if line.act.startswith("picture")]
    assert {(line.room, line.detail) for line in kept} == {(room, image)}
    assert [(line.act, line.person, line.outcome) for line in kept] == [
        ("picture_brought", "ana", "ok"),
        ("picture_checked", "ana", "ok"),
        ("picture_read", "ben", "ok"),
        ("picture_read", "obi", "refused"),
    ]
    assert {line.address for line in kept} == {"192.0.2.1"}


async def test_with_the_words_of_a_post_its_pictures_are_erased(ours: House) -> None:
    room = await ours.open(cleo)
    await posted(ours, room)
    erasing = ["erase", room, "2", "--reason", "It shows the patient's face"]
    environment = {"CURBSIDE_VAR": str(ours.settings.var)}
    erased = await asyncio.to_thread(CliRunner().invoke, main, erasing, env=environment)
    assert erased.exit_code == 0, erased.output
    assert not [path for path in ours.settings.pictures.rglob("*") if path.is_file()]
