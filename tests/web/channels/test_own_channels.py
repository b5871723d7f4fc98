"""One's own channels over HTTP, with a real mail server and a real far end."""

import re
from base64 import b64decode
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.builders import ana, ben, cleo, mo
from tests.web.channels.listener import Listener
from tests.web.channels.test_senders import Browser as PushBrowser
from tests.web.house import House, house, lines
from tests.web.post_office import PostOffice, post_office
from tests.web.signin.people import Browser, aged, at_browser
from web.channels.webhooks import signature

CHANNELS = "/api/me/channels"
GATEWAY = """
[sms]
url = "{url}/sms"
json = {{ to = "{{to}}", text = "{{text}}" }}
[voice]
url = "{url}/call"
json = {{ to = "{{to}}", text = "{{text}}" }}
"""


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as running:
        yield running


@pytest.fixture
async def home(tmp_path: Path, far: Listener, office: PostOffice) -> AsyncIterator[House]:
    (tmp_path / "gateway.toml").write_text(GATEWAY.format(url=far.url))
    given: dict[str, Any] = {"smtp_url": office.url, "mail_from": "curbside@example.org"}
    given |= {"gateway": tmp_path / "gateway.toml", "webhook_networks": "127.0.0.0/8"}
    async with house(tmp_path, **given) as running:
        yield running


async def added(browser: Browser, kind: str, **parts: Any) -> dict[str, Any]:
    answer = await browser.post(CHANNELS, kind=kind, **parts)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def shown(browser: Browser) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await browser.get(CHANNELS))["channels"]
    return found


def pushed(far: Listener) -> dict[str, Any]:
    to = PushBrowser(f"{far.url}/push").subscription
    return {"endpoint": to.endpoint, "keys": {"p256dh": to.p256dh, "auth": to.auth}, "expirationTime": None}


async def test_a_mailbox_is_used_once_its_code_came_back(home: House, office: PostOffice) -> None:
    browser = await at_browser(home, ben)
    made = await added(browser, "email", to="ben@example.org", label="Ward")
    ((to, _),) = office.taken
    assert to == ["ben@example.org"] and "verified_at" not in made
    assert (made["label"], made["address"]) == ("Ward", "b…@example.org")
    code = office.code()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert (await browser.post(f"{CHANNELS}/{made['id']}/code", code=wrong)).status_code == 422
    assert (await browser.post(f"{CHANNELS}/{made['id']}/test")).status_code == 409
    assert (await browser.post(f"{CHANNELS}/{made['id']}/code", code=code)).status_code == 204
    assert (await shown(browser))[0]["verified_at"] > 0
    assert (await browser.http.put(f"{CHANNELS}/{made['id']}/code")).status_code == 409


async def test_who_waits_for_a_code_is_told_that_the_mail_server_takes_too_long(
    home: House, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.channels.office.WAIT_S", 0.2)
    office.scan_s = 30
    answer = await (await at_browser(home, ben)).post(CHANNELS, kind="email", to="ben@example.org")
    assert (answer.status_code, "(timeout)" in answer.json()["detail"]) == (503, True)


async def test_a_number_gets_its_code_by_the_gateway_and_a_call_reads_it_out(home: House, far: Listener) -> None:
    browser = await at_browser(home, ben)
    await added(browser, "sms", to="+41 44 555 01 00")
    await added(browser, "voice", to="+41445550100")
    texts = [msgspec.json.decode(asked.body) for asked in far.asked]
    assert [(asked.path, text["to"]) for asked, text in zip(far.asked, texts, strict=True)] == [
        ("/sms", "+41445550100"),
        ("/call", "+41445550100"),
    ]
    assert re.search(r"code is \d{6}\.", texts[0]["text"]) and re.search(r"code is (\d ){5}\d\.", texts[1]["text"])


async def test_a_webhook_shows_its_secret_once_and_signs_with_it(home: House, far: Listener) -> None:
    browser = await at_browser(home, ben)
    made = await added(browser, "webhook", to=f"{far.url}/pager")
    assert [one.get("secret") for one in await shown(browser)] == [None]
    assert (await browser.post(f"{CHANNELS}/{made['id']}/test")).json() == {"error": None}
    ((_, path, headers, content),) = far.asked
    said = signature(made["secret"], headers["webhook-id"], int(headers["webhook-timestamp"]), content)
    assert path == "/pager" and headers["webhook-signature"] == said
    data = msgspec.json.decode(content)["data"]
    assert (data["test"], data["handle"]) == (True, "dr_ben")
    assert (await shown(browser))[0]["sent_at"] > 0


async def test_push_is_turned_on_at_a_browser_without_a_proof(home: House, far: Listener) -> None:
    browser = await at_browser(home, ben)
    aged(home, browser)
    key = (await browser.get("/api/push/key"))["key"]
    assert b64decode(key.replace("-", "+").replace("_", "/") + "=")[0] == 4
    made = await added(browser, "push", subscription=pushed(far), label="Firefox")
    assert made["verified_at"] > 0
    assert (await browser.post(f"{CHANNELS}/{made['id']}/test")).json() == {"error": None}
    assert await browser.delete(f"{CHANNELS}/{made['id']}") == 204
    assert await shown(browser) == []


async def test_what_a_test_comes_back_with_is_said_in_a_word(home: House, far: Listener) -> None:
    browser = await at_browser(home, ben)
    made = await added(browser, "push", subscription=pushed(far))
    far.answers = [503]
    assert (await browser.post(f"{CHANNELS}/{made['id']}/test")).json() == {"error": "http_503"}


@pytest.mark.parametrize(
    ("kind", "to"), [("email", "a@example.org"), ("sms", "+41445550100"), ("webhook", "https://a.example/")]
)
async def test_whoever_gives_an_address_proves_who_they_are(home: House, kind: str, to: str) -> None:
    browser = await at_browser(home, ben)
    aged(home, browser)
    refused = await browser.post(CHANNELS, kind=kind, to=to)
    assert (refused.status_code, refused.json()["code"]) == (403, "proof_needed")
    assert await shown(browser) == []


@pytest.mark.parametrize(
    ("kind", "parts", "says"),
    [
        ("email", {"to": "nobody"}, "name@example.org"),
        ("email", {"to": "a@b\r\nBcc: c@d"}, "name@example.org"),
        ("sms", {"to": "112"}, "+41 44 555 01 00"),
        ("sms", {"to": "+0144555"}, "+41 44 555 01 00"),
        ("webhook", {"to": "ftp://a.example/"}, "https://"),
        ("push", {}, "Turn push on again"),
    ],
)
async def test_an_address_that_is_none_is_refused_and_says_what_it_should_be(
    home: House, kind: str, parts: dict[str, str], says: str
) -> None:
    browser = await at_browser(home, ben)
    refused = await browser.post(CHANNELS, kind=kind, **parts)
    assert refused.status_code == 422 and says in refused.json()["detail"]
    assert await shown(browser) == []


async def test_a_webhook_to_the_inside_is_never_called(tmp_path: Path, far: Listener) -> None:
    async with house(tmp_path) as home:
        browser = await at_browser(home, ben)
        assert (await browser.post(CHANNELS, kind="webhook", to=f"{far.url}/")).status_code == 422
        made = await added(browser, "webhook", to=far.url.replace("http:", "https:"))
        assert (await browser.post(f"{CHANNELS}/{made['id']}/test")).json() == {"error": "not_allowed"}
    assert far.asked == []


async def test_what_this_server_cannot_send_by_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await at_browser(home, ben)
        assert (await browser.get(CHANNELS))["offered"] == ["push", "webhook"]
        refused = await browser.post(CHANNELS, kind="sms", to="+41445550100")
        assert refused.status_code == 422 and "cannot send by that" in refused.json()["detail"]


async def test_a_channel_is_for_the_notices_that_one_has_chosen(home: House, far: Listener) -> None:
    browser = await at_browser(home, ben)
    made = await added(browser, "push", subscription=pushed(far))
    answer = await browser.http.put(f"{CHANNELS}/{made['id']}", json={"notices": ["page", "mention"]})
    assert answer.status_code == 204
    assert (await shown(browser))[0]["notices"] == ["mention", "page"]
    assert (await browser.http.put(f"{CHANNELS}/{made['id']}", json={"notices": None})).status_code == 204
    assert "notices" not in (await shown(browser))[0]
    assert (await browser.http.put(f"{CHANNELS}/{made['id']}", json={"notices": ["fax"]})).status_code == 422


async def test_a_channel_of_somebody_else_is_not_there(home: House, far: Listener) -> None:
    made = await added(await at_browser(home, ben), "push", subscription=pushed(far))
    browser = await at_browser(home, ana)
    path = f"{CHANNELS}/{made['id']}"
    assert await browser.delete(path) == 404
    assert (await browser.post(f"{path}/test")).status_code == 404
    assert (await browser.post(f"{path}/code", code="123456")).status_code == 404
    assert (await browser.http.put(path, json={"notices": []})).status_code == 404


async def test_codes_and_tests_are_limited(home: House, far: Listener) -> None:
    browser = await at_browser(home, ben)
    made = await added(browser, "push", subscription=pushed(far))
    statuses = [(await browser.post(f"{CHANNELS}/{made['id']}/test")).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    codes = [(await browser.post(CHANNELS, kind="sms", to=f"+4144555010{n}")).status_code for n in range(7)]
    assert codes == [201] * 6 + [429]


async def test_a_moderator_adds_a_webhook_for_the_people_of_a_hospital(home: House, far: Listener) -> None:
    path = "/api/institutions/lake_hospital/webhooks"
    browser = await at_browser(home, mo)
    answer = await browser.post(path, url=f"{far.url}/pager", label="Pagers")
    made = answer.json()
    assert answer.status_code == 201 and made["secret"].startswith("whsec_")
    assert [one["id"] for one in (await browser.get(path))["webhooks"]] == [made["id"]]
    assert (await browser.post(f"{path}/{made['id']}/test")).json() == {"error": None}
    (listed,) = (await browser.get("/api/institutions/webhooks"))["webhooks"]
    assert (listed["institution"], listed["id"], listed["label"]) == ("lake_hospital", made["id"], "Pagers")
    assert "secret" not in listed and far.url not in repr(listed)
    assert [(one["state"], one["attempts"]) for one in listed["results"]] == [("sent", 1)]
    assert (await browser.post("/api/institutions/nowhere/webhooks", url=far.url)).status_code == 404
    assert await browser.delete(f"/api/institutions/hill_clinic/webhooks/{made['id']}") == 404
    assert await browser.delete(f"{path}/{made['id']}") == 204
    assert (await browser.get(path))["webhooks"] == (await browser.get("/api/institutions/webhooks"))["webhooks"] == []


async def test_only_moderators_see_to_institutions(home: House, far: Listener) -> None:
    path = "/api/institutions/lake_hospital/webhooks"
    browser = await at_browser(home, ben)
    for read in (path, "/api/institutions/webhooks"):
        assert (await browser.http.get(read)).status_code == 403
    assert (await browser.post(path, url=far.url)).status_code == 403
    moderator = await at_browser(home, mo)
    aged(home, moderator)
    assert (await moderator.post(path, url=far.url)).json()["code"] == "proof_needed"


async def test_nobody_who_has_not_signed_in_has_channels(home: House) -> None:
    hooks = ("/api/institutions/webhooks", "/api/institutions/lake_hospital/webhooks")
    for path in (CHANNELS, "/api/push/key", *hooks):
        assert (await home.client().get(path)).status_code == 401


async def test_what_is_done_with_channels_is_on_record_without_an_address(tmp_path: Path, far: Listener) -> None:
    async with house(tmp_path, webhook_networks="127.0.0.0/8") as home:
        browser = await at_browser(home, cleo)
        made = await added(browser, "push", subscription=pushed(far))
        await browser.delete(f"{CHANNELS}/{made['id']}")
    found = [line for line in await lines(tmp_path) if line.act.startswith("channel_")]
    assert [(line.act, line.person, line.detail, line.subject) for line in found] == [
        ("channel_added", "cleo", "push", made["id"]),
        ("channel_removed", "cleo", "push", made["id"]),
    ]
    assert far.url not in repr(found)


async def test_metrics_say_how_deliveries_end(home: House, far: Listener) -> None:
    browser = await at_browser(home, ben)
    made = await added(browser, "push", subscription=pushed(far))
    await browser.post(f"{CHANNELS}/{made['id']}/test")
    text = (await home.client().get("/metrics")).text
    assert "curbside_deliveries_waiting" in text
    assert "# TYPE curbside_delivery_seconds histogram" in text
