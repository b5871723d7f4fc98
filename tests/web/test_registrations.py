"""Registering and verifying over HTTP, with a real database and a real SMTP server."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from sqlmodel import Session as Sql

from persistence import people
from persistence.verification import registers, tables
from persistence.verification.registers import Entry
from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, mo, obi
from tests.web.databases import migrated
from tests.web.house import ORIGIN, House, audit, house
from tests.web.post_office import PostOffice, post_office
from tests.web.signin.keyring import Keyring
from tests.web.signin.people import Browser, aged, at_browser
from web.clock import now_ms

SECRET_WORDS: Final = "a passphrase of rex"
PDF: Final = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
REX: Final[dict[str, Any]] = {
    "handle": "rex",
    "password": SECRET_WORDS,
    "family": "Pérez",
    "given": "Rex",
    "email": "rex@example.org",
    "country": "US",
    "specialty": "toxicology",
    "register": "npi",
    "number": "1234567893",
}
KIT: Final = Person("kit", "dr_kit", "physician", tier=3)
MAY: Final = Person("may", "may_mod", "moderator")


@pytest.fixture
def office() -> Any:
    with post_office() as office:
        yield office


@pytest.fixture
async def home(tmp_path: Path, office: PostOffice) -> AsyncIterator[House]:
    async with migrated(tmp_path) as database:
        await database.write(_settle)
    async with house(tmp_path, smtp_url=office.url, mail_from="curbside@example.org") as home:
        yield home


def _settle(sql: Sql) -> None:
    people.add_many(sql, [KIT, MAY], now_ms())
    registers.keep(sql, "US", "npi", 1, [Entry("1234567893", "perez", "rex", "207", "", True)])
    registers.finish(sql, tables.Register(country="US", roll="npi", batch=1, imported_at=1, entries=1, sha256=b"x"))


def _content(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("curbside.db*"))


async def registered(home: House, **changed: Any) -> httpx.AsyncClient:
    """A client of whoever registers so, signed in."""
    client = home.client()
    answer = await client.post("/api/registrations", json=REX | changed)
    assert answer.status_code == 201, answer.text
    wish = {"handle": answer.json()["handle"], "password": SECRET_WORDS}
    assert (await client.post("/api/sessions", json=wish)).status_code == 201
    client.headers["origin"] = ORIGIN
    return client


async def offered(client: httpx.AsyncClient) -> dict[str, Any]:
    """The options for a passkey of an account that is to be `rex`."""
    answer = await client.post("/api/registrations/options", json={"handle": "rex"})
    assert answer.status_code == 200, answer.text
    options: dict[str, Any] = answer.json()
    return options


def keyed(keyring: Keyring, options: dict[str, Any]) -> dict[str, Any]:
    """What REX sends with a passkey that was made for these options."""
    credential = keyring.made(options)
    passkey = {"person": keyring.person.decode(), "name": "phone", "credential": credential}
    return {key: value for key, value in REX.items() if key != "password"} | {"passkey": passkey}


async def mine(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get("/api/me/verification")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def give(client: httpx.AsyncClient, content: bytes = PDF) -> httpx.Response:
    return await client.post("/api/me/documents", content=content, headers={"content-type": "application/pdf"})


async def confirmed(client: httpx.AsyncClient, office: PostOffice) -> None:
    answer = await client.post("/api/me/verification/code", json={"code": office.code()})
    assert answer.status_code == 204, answer.text


async def test_whoever_registers_confirms_gives_a_document_and_is_t1(home: House, office: PostOffice) -> None:
    client = await registered(home)
    now = await mine(client)
    assert (now["tier"], now["role"], now["missing"]) == (0, "clinician", ["confirm", "document"])
    assert now["identity"]["family"] == "Pérez"
    assert office.taken == [] or office.taken[0][0] == ["rex@example.org"]
    wrong = await client.post("/api/me/verification/code", json={"code": "000000"})
    assert wrong.status_code in (204, 422)
    await confirmed(client, office)
    assert (await give(client)).status_code == 201
    now = await mine(client)
    assert (now["tier"], now["evidence"]["register"], now["missing"]) == (1, "match", ["vouches"])
    assert now["decisions"][0]["by"] == "system"


async def test_a_moderator_approves_and_the_session_goes_on_as_a_physician(home: House, office: PostOffice) -> None:
    client = await registered(home)
    await confirmed(client, office)
    document = (await give(client)).json()["id"]
    assert (await client.post("/api/me/verification/requests")).status_code == 201
    desk = home.client(mo)
    (waiting,) = (await desk.get("/api/moderation/verifications")).json()["requests"]
    assert (waiting["handle"], waiting["evidence"]["register"]) == ("rex", "match")
    assert "Pérez" not in str(waiting) and "1234567893" not in str(waiting)

    assert (await desk.get(f"/api/moderation/documents/{document}")).status_code == 403
    opened = await desk.post(f"/api/moderation/identities/{waiting['person']}/open", json={"reason": "To decide"})
    assert opened.json()["identity"]["number"] == "1234567893"
    read = await desk.get(f"/api/moderation/documents/{document}")
    assert (read.content, read.headers["content-type"]) == (PDF, "application/pdf")
    assert "sandbox" in read.headers["content-security-policy"]

    decision = {"decision": "approve", "tier": 2, "reason": "The register agrees."}
    decided = await desk.post(f"/api/moderation/verifications/{waiting['id']}/decisions", json=decision)
    assert decided.json() == {"changed": [waiting["person"]]}
    current = (await client.get("/api/sessions/current")).json()
    assert (current["role"], current["tier"]) == ("physician", 2)
    now = await mine(client)
    assert now["decisions"][0]["reason"] == "The register agrees."
    assert [(one["by"], one["reason"]) for one in now["openings"]] == [("mo", "To decide")]


async def test_identities_and_documents_ask_a_moderator_again_who_they_are(home: House, office: PostOffice) -> None:
    client = await registered(home)
    document = (await give(client)).json()["id"]
    person = (await client.get("/api/sessions/current")).json()["person"]
    desk = await at_browser(home, mo)
    opening = f"/api/moderation/identities/{person}/open"
    assert (await desk.post(opening, reason="To decide")).status_code == 200
    aged(home, desk)
    refused = [
        await desk.post(opening, reason="To decide"),
        await desk.http.get(f"/api/moderation/documents/{document}"),
    ]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(403, "proof_needed")] * 2
    await desk.sign_in()
    assert (await desk.http.get(f"/api/moderation/documents/{document}")).content == PDF


async def test_an_automatic_server_makes_t2_of_a_match(tmp_path: Path, office: PostOffice) -> None:
    async with migrated(tmp_path) as database:
        await database.write(_settle)
    given: dict[str, Any] = {"smtp_url": office.url, "mail_from": "c@example.org", "verify_automatically": "on"}
    async with house(tmp_path, **given) as home:
        client = await registered(home)
        await confirmed(client, office)
        await give(client)
        assert (await mine(client))["tier"] == 2


async def test_without_mail_the_account_stays_t0_until_a_moderator_acts(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        client = await registered(home)
        await give(client)
        now = await mine(client)
        assert (now["tier"], now["mail"], now["missing"]) == (0, False, ["confirm"])
        assert (await client.put("/api/me/verification/code")).status_code == 422
        await client.post("/api/me/verification/requests")
        desk = home.client(mo)
        (waiting,) = (await desk.get("/api/moderation/verifications")).json()["requests"]
        decision = {"decision": "approve", "tier": 1, "reason": "Seen."}
        await desk.post(f"/api/moderation/verifications/{waiting['id']}/decisions", json=decision)
        assert (await mine(client))["tier"] == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"handle": "dr_ana"}, "taken"),
        ({"handle": "dr_\N{CYRILLIC SMALL LETTER A}na"}, "looks like one"),
        ({"handle": "re\N{RIGHT-TO-LEFT OVERRIDE}x"}, "visible characters"),
        ({"handle": "M0derator"}, "those who run"),
        ({"password": "short"}, "at least 15"),
        ({"family": ""}, "family"),
        ({"country": "usa"}, "country"),
        ({"email": "no address"}, "email"),
        ({"email": "a@b\r\nBcc: c@d"}, "email"),
        ({"number": "1" * 41}, "number"),
    ],
)
async def test_a_registration_that_is_not_valid_makes_nobody(home: House, changed: dict[str, Any], says: str) -> None:
    answer = await home.client().post("/api/registrations", json=REX | changed)
    assert answer.status_code == 422 and says in answer.json()["detail"], answer.text
    assert (await home.client().post("/api/registrations", json=REX)).status_code == 201


async def test_registering_can_be_switched_off_and_is_for_own_pages(tmp_path: Path) -> None:
    async with house(tmp_path, registration="off") as home:
        assert (await home.client().get("/api/registrations")).json()["open"] is False
        assert (await home.client().post("/api/registrations", json=REX)).status_code == 403


async def test_another_site_cannot_register_anybody(home: House) -> None:
    answer = await home.client().post("/api/registrations", json=REX, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


async def test_registering_is_limited_by_address(home: House) -> None:
    client = home.client(address="192.0.2.77")
    answers = [(await client.post("/api/registrations", json=REX | {"handle": ""})).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]


async def test_whoever_registers_with_a_passkey_is_in_and_comes_again_with_it(home: House) -> None:
    client, keyring = home.client(), Keyring()
    client.headers["origin"] = ORIGIN
    options = await offered(client)
    answer = await client.post("/api/registrations", json=keyed(keyring, options))
    assert answer.status_code == 201 and answer.json()["handle"] == "rex", answer.text
    assert (await mine(client))["tier"] == 0
    assert (await client.get("/api/security")).json()["password"] is False
    again = Browser(home, Person("", "rex", "clinician"))
    assert (await again.sign_in_with(keyring)).status_code == 201
    assert (await again.get("/api/sessions/current"))["person"] == answer.json()["person"]


async def test_a_passkey_registers_only_whom_it_was_made_for(home: House) -> None:
    client, keyring = home.client(), Keyring()
    client.headers["origin"] = ORIGIN
    wish = keyed(keyring, await offered(client))
    other = {"passkey": wish["passkey"] | {"person": "ana"}}
    assert (await client.post("/api/registrations", json=wish | other)).status_code == 422
    browser = await at_browser(home, ana)
    made_by_ana = keyed(Keyring(), (await browser.post("/api/passkeys/options")).json())
    assert (await client.post("/api/registrations", json=made_by_ana)).status_code == 422
    assert (await client.post("/api/registrations", json=wish)).status_code == 201
    assert (await client.post("/api/registrations", json=wish | {"handle": "max"})).status_code == 422, "spent"
    assert (await Browser(home, ana).sign_in_with(keyring)).json()["handle"] == "rex"


@pytest.mark.parametrize("changed", [{"password": ""}, {"passkey": None, "password": ""}])
async def test_whoever_brings_no_way_to_sign_in_is_not_registered(home: House, changed: dict[str, Any]) -> None:
    answer = await home.client().post("/api/registrations", json=REX | changed)
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "One registers with a passkey or with a password: send one of the two.",
    )


async def test_a_passkey_for_a_handle_that_somebody_took_meanwhile_is_not_kept(home: House) -> None:
    client, keyring = home.client(), Keyring()
    client.headers["origin"] = ORIGIN
    wish = keyed(keyring, await offered(client))
    await registered(home)
    assert (await client.post("/api/registrations", json=wish)).status_code == 422
    assert (await client.post("/api/registrations/options", json={"handle": "rex"})).status_code == 422
    assert (await Browser(home, ana).sign_in_with(keyring)).status_code == 401


async def test_codes_to_ever_other_addresses_are_limited(home: House, office: PostOffice) -> None:
    client = await registered(home)
    claim = {key: value for key, value in REX.items() if key not in ("handle", "password")}
    answers = [
        (await client.put("/api/me/verification", json=claim | {"email": f"r{n}@example.org"})).status_code
        for n in range(8)
    ]
    assert answers[0] == 200 and answers[-1] == 429
    assert (await mine(client))["identity"]["email"] == f"r{answers.index(429) - 1}@example.org"


async def test_the_queue_is_read_from_where_a_page_ended(home: House) -> None:
    desk = home.client(mo)
    for after in ("12", "x-y", "1-" + "a" * 27):
        answer = await desk.get("/api/moderation/verifications", params={"after": after})
        assert answer.status_code == 422 and "`next` of the page before" in answer.json()["detail"]


async def test_a_held_licence_goes_to_a_moderator(home: House, office: PostOffice) -> None:
    await registered(home)
    second = await registered(home, handle="max", email="")
    await give(second)
    now = await mine(second)
    assert now["evidence"]["contested"] is True and "contested" in now["missing"]
    await second.post("/api/me/verification/requests")
    (waiting,) = (await home.client(mo).get("/api/moderation/verifications")).json()["requests"]
    assert waiting["contested"]


async def test_two_peers_vouch_and_one_takes_it_back(home: House, office: PostOffice) -> None:
    client = await registered(home)
    await confirmed(client, office)
    await give(client)
    person = (await client.get("/api/sessions/current")).json()["person"]
    for peer in (ana, KIT):
        assert (await home.client(peer).post("/api/vouches", json={"handle": "rex"})).status_code == 201
    now = await mine(client)
    assert (now["tier"], now["role"], now["basis"]) == (3, "physician", "vouches")
    assert {one["handle"] for one in now["vouched_by"]} == {"dr_ana", "dr_kit"}
    assert (await home.client(KIT).delete(f"/api/vouches/{person}")).status_code == 204
    assert (await home.client(KIT).delete(f"/api/vouches/{person}")).status_code == 404
    assert (await mine(client))["tier"] < 3
    assert (await home.client(ben).post("/api/vouches", json={"handle": "rex"})).status_code == 422
    assert (await home.client(ana).post("/api/vouches", json={"handle": "nobody"})).status_code == 422


async def test_an_appeal_goes_to_another_moderator(home: House) -> None:
    client = await registered(home)
    assert (await client.post("/api/verification/appeals", json={"text": "Why?"})).status_code == 422
    await give(client)
    await client.post("/api/me/verification/requests")
    desk = home.client(mo)
    (waiting,) = (await desk.get("/api/moderation/verifications")).json()["requests"]
    refusal = {"decision": "refuse", "reason": "Not legible."}
    await desk.post(f"/api/moderation/verifications/{waiting['id']}/decisions", json=refusal)
    assert (await client.post("/api/verification/appeals", json={"text": "It is."})).status_code == 201
    (appeal,) = (await desk.get("/api/moderation/verifications")).json()["requests"]
    assert (appeal["kind"], appeal["text"]) == ("appeal", "It is.")
    path = f"/api/moderation/verifications/{appeal['id']}/decisions"
    own = await desk.post(path, json=refusal)
    assert own.status_code == 422 and "Another moderator" in own.json()["detail"]
    approval = {"decision": "approve", "tier": 2, "reason": "Legible."}
    assert (await home.client(MAY).post(path, json=approval)).status_code == 200
    assert (await mine(client))["tier"] == 2


async def test_a_real_name_is_shown_by_its_owner_alone_and_never_to_observers(home: House, office: PostOffice) -> None:
    client = await registered(home)
    refused = await client.put("/api/me/name", json={"shown": True})
    assert refused.status_code == 422 and "verified" in refused.json()["detail"]
    await give(client)
    await client.post("/api/me/verification/requests")
    (waiting,) = (await home.client(mo).get("/api/moderation/verifications")).json()["requests"]
    approval = {"decision": "approve", "tier": 2, "reason": "Seen."}
    await home.client(mo).post(f"/api/moderation/verifications/{waiting['id']}/decisions", json=approval)
    assert (await client.put("/api/me/name", json={"shown": True})).json() == {"name": "Rex Pérez"}
    case = await home.open(Person(waiting["person"], "rex", "physician", tier=2))
    (seen,) = (await home.client(ben).get(f"/api/cases/{case}/events")).json()["events"]
    assert seen["by"]["name"] == "Rex Pérez"
    (copy,) = (await home.client(obi).get(f"/api/cases/{case}/events")).json()["events"]
    assert "name" not in copy["by"] and "Pérez" not in str(copy)
    assert (await client.put("/api/me/name", json={"shown": False})).json() == {"name": ""}


@pytest.mark.parametrize("person", [ana, cleo, obi], ids=lambda person: str(person.id))
async def test_the_queue_and_identities_are_for_moderators(home: House, person: Person) -> None:
    client = home.client(person)
    assert (await client.get("/api/moderation/verifications")).status_code == 403
    for path, wish in (
        ("verifications/x/decisions", {"decision": "refuse", "reason": "x"}),
        ("identities/rex/open", {"reason": "x"}),
    ):
        assert (await client.post(f"/api/moderation/{path}", json=wish)).status_code == 403
    assert (await client.get("/api/moderation/documents/x")).status_code == 403


async def test_strangers_observers_and_forms_get_nothing(home: House) -> None:
    assert (await home.client().get("/api/me/verification")).status_code == 401
    assert (await home.client(obi).get("/api/me/verification")).status_code == 403
    assert (
        await home.client(mo).post("/api/moderation/identities/nobody/open", json={"reason": "x"})
    ).status_code == 404
    form = await home.client(cleo).post("/api/me/documents", content=PDF, headers={"content-type": "text/plain"})
    assert form.status_code == 415
    assert (await give(home.client(cleo), b"MZ")).status_code == 422
    assert (await give(home.client(cleo), bytes(8 * 1_048_576 + 1))).status_code == 413
    assert (await home.client(cleo).delete("/api/me/documents/x")).status_code == 404


async def test_what_is_secret_is_in_no_table_and_no_audit_line(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        client = await registered(home)
        await give(client)
        await client.post("/api/me/verification/requests")
        await client.put("/api/me/verification", json={k: v for k, v in REX.items() if k not in ("handle", "password")})
    content = await asyncio.to_thread(_content, tmp_path)
    for secret in ("Pérez", "rex@example.org", "1234567893", "%PDF"):
        assert secret.encode() not in content, secret
    acts = [line[0] for line in await audit(tmp_path)]
    assert {"registered", "document_given", "verification_asked"} <= set(acts)


async def test_a_changed_address_is_to_be_confirmed_anew(home: House, office: PostOffice) -> None:
    client = await registered(home)
    await confirmed(client, office)
    claim = {name: value for name, value in REX.items() if name not in ("handle", "password")}
    assert (await client.put("/api/me/verification", json=claim)).json()["evidence"]["confirmed"] is True
    changed = (await client.put("/api/me/verification", json=claim | {"email": "r@example.net"})).json()
    assert changed["evidence"]["confirmed"] is False
    assert (await client.post("/api/me/verification/code", json={"code": office.code(2)})).status_code == 204


async def test_whoever_says_to_be_somebody_else_is_verified_no_more(home: House, office: PostOffice) -> None:
    client = await registered(home)
    await confirmed(client, office)
    await give(client)
    await client.post("/api/me/verification/requests")
    (waiting,) = (await home.client(mo).get("/api/moderation/verifications")).json()["requests"]
    approval = {"decision": "approve", "tier": 3, "reason": "Seen."}
    await home.client(mo).post(f"/api/moderation/verifications/{waiting['id']}/decisions", json=approval)
    assert (await client.put("/api/me/name", json={"shown": True})).status_code == 200
    claim = {name: value for name, value in REX.items() if name not in ("handle", "password")}
    same = await client.put("/api/me/verification", json=claim)
    assert (same.json()["tier"], same.json()["name"]) == (3, "Rex Pérez")
    changed = (await client.put("/api/me/verification", json=claim | {"given": "Rosa"})).json()
    assert (changed["tier"], changed["role"], changed["name"]) == (1, "clinician", "")
    assert (await client.get("/api/sessions/current")).json()["tier"] == 1
    assert (await client.put("/api/me/name", json={"shown": True})).status_code == 422


async def test_a_name_that_was_given_after_the_verification_is_not_shown(home: House) -> None:
    claim = {name: value for name, value in REX.items() if name not in ("handle", "password")}
    assert (await home.client(ben).put("/api/me/verification", json=claim)).json()["tier"] == 2
    refused = await home.client(ben).put("/api/me/name", json={"shown": True})
    assert refused.status_code == 422 and "Nobody has checked" in refused.json()["detail"]


async def test_codes_are_sent_six_times_an_hour(home: House, office: PostOffice) -> None:
    client = await registered(home)
    answers = [(await client.put("/api/me/verification/code")).status_code for _ in range(7)]
    assert answers == [204] * 6 + [429]


async def test_nobody_is_told_more_of_handles_than_that_they_are_taken(home: House) -> None:
    async def detail(handle: str) -> str:
        answer = await home.client().post("/api/registrations", json=REX | {"handle": handle})
        assert answer.status_code == 422
        return str(answer.json()["detail"])

    assert await detail("dr_ana") == await detail("mo_mod") == await detail("DR_ANA")


async def test_the_formats_are_for_everyone(home: House) -> None:
    known = (await home.client().get("/api/registrations")).json()
    assert known["open"] is True and len({one["country"] for one in known["licences"]}) >= 9
    assert [one["guessed"] for one in known["licences"] if one["register"] in ("npi", "cmp")] == [True, False]


async def test_without_a_document_nobody_is_asked_to_look(home: House) -> None:
    answer = await (await registered(home)).post("/api/me/verification/requests")
    assert answer.status_code == 422 and "Give a document" in answer.json()["detail"]
