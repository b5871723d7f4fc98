"""Passkeys over HTTP, answered by an authenticator that can be bent."""

import asyncio

import pytest

from tests.builders import ana, ben
from tests.web.house import House
from tests.web.signin.keyring import PRESENT, Keyring
from tests.web.signin.people import Browser, at_browser

REFUSED = "This passkey was not accepted. Try again, or use another way to sign in."


async def test_a_passkey_is_made_and_signs_in_without_a_handle(home: House) -> None:
    keyring = Keyring()
    made = await (await at_browser(home, ana)).make_passkey(keyring)
    assert made.status_code == 201 and made.json()["name"] == "laptop"
    elsewhere = Browser(home, ana)
    answer = await elsewhere.sign_in_with(keyring)
    assert answer.status_code == 201 and answer.json()["person"] == "ana"
    assert (await elsewhere.get("/api/sessions/current"))["handle"] == ana.handle
    assert (await elsewhere.get("/api/security"))["passkeys"][0]["used_at"] is not None


async def test_a_person_has_several_and_removes_one(home: House) -> None:
    browser, first, second = await at_browser(home, ana), Keyring(), Keyring()
    for name, keyring in {"laptop": first, "phone": second}.items():
        assert (await browser.make_passkey(keyring, name)).status_code == 201
    laptop, phone = (await browser.get("/api/security"))["passkeys"]
    assert (laptop["name"], phone["name"]) == ("laptop", "phone")
    assert await browser.delete(f"/api/passkeys/{laptop['id']}") == 204
    assert await browser.delete(f"/api/passkeys/{laptop['id']}") == 404
    assert (await Browser(home, ana).sign_in_with(first)).status_code == 401
    assert (await Browser(home, ana).sign_in_with(second)).status_code == 201


async def test_a_person_cannot_remove_the_passkey_of_another(home: House) -> None:
    browser = await at_browser(home, ana)
    made = await browser.make_passkey(Keyring())
    assert await (await at_browser(home, ben)).delete(f"/api/passkeys/{made.json()['id']}") == 404
    assert len((await browser.get("/api/security"))["passkeys"]) == 1


async def test_the_same_passkey_is_not_kept_twice(home: House) -> None:
    browser, keyring = await at_browser(home, ana), Keyring()
    await browser.make_passkey(keyring)
    assert (await browser.make_passkey(keyring)).status_code == 409


async def test_an_answer_counts_once(home: House) -> None:
    keyring = Keyring()
    await (await at_browser(home, ana)).make_passkey(keyring)
    browser = Browser(home, ana)
    answer = keyring.used((await browser.post("/api/sessions/passkey/options")).json())
    assert (await browser.post("/api/sessions/passkey", credential=answer)).status_code == 201
    again = await browser.post("/api/sessions/passkey", credential=answer)
    assert again.status_code == 401 and again.json()["detail"] == REFUSED


async def test_a_counter_that_goes_back_is_a_copy_and_refused(home: House) -> None:
    keyring = Keyring()
    await (await at_browser(home, ana)).make_passkey(keyring)
    keyring.uses = 7
    assert (await Browser(home, ana).sign_in_with(keyring)).status_code == 201
    keyring.uses = 3
    assert (await Browser(home, ana).sign_in_with(keyring)).status_code == 401


async def test_of_two_copies_that_are_used_at_once_one_is_let_in(home: House) -> None:
    keyring = Keyring()
    await (await at_browser(home, ana)).make_passkey(keyring)
    answers = []
    for browser in (Browser(home, ana), Browser(home, ana)):
        keyring.uses = 7
        answers.append((browser, keyring.used((await browser.post("/api/sessions/passkey/options")).json())))
    came = await asyncio.gather(
        *(browser.post("/api/sessions/passkey", credential=answer) for browser, answer in answers)
    )
    assert sorted(answer.status_code for answer in came) == [201, 401]


@pytest.mark.parametrize(
    ("bent", "value"),
    [
        ("origin", "https://evil.example"),
        ("origin", "http://testserver.evil.example"),
        ("party", "evil.example"),
        ("flags", PRESENT),
        ("person", b"ben"),
    ],
)
async def test_what_is_not_as_it_was_asked_for_is_refused(home: House, bent: str, value: object) -> None:
    keyring = Keyring()
    await (await at_browser(home, ana)).make_passkey(keyring)
    setattr(keyring, bent, value)
    answer = await Browser(home, ana).sign_in_with(keyring)
    assert answer.status_code == 401 and answer.json()["detail"] == REFUSED


async def test_a_passkey_that_does_not_verify_its_user_is_not_kept(home: House) -> None:
    keyring = Keyring()
    keyring.flags = PRESENT
    assert (await (await at_browser(home, ana)).make_passkey(keyring)).status_code == 422


async def test_a_challenge_is_for_one_purpose_and_one_person(home: House) -> None:
    browser, other, keyring = await at_browser(home, ana), await at_browser(home, ben), Keyring()
    of_ben = (await other.post("/api/passkeys/options")).json()
    assert (await browser.post("/api/passkeys", name="x", credential=keyring.made(of_ben))).status_code == 422
    await browser.make_passkey(keyring)
    to_prove = (await browser.post("/api/sessions/current/proof/options")).json()
    refused = await Browser(home, ana).post("/api/sessions/passkey", credential=keyring.used(to_prove))
    assert refused.status_code == 401


async def test_an_unknown_passkey_is_answered_as_a_bad_one(home: House) -> None:
    keyring = Keyring()
    keyring.person = b"ana"
    unknown = await Browser(home, ana).sign_in_with(keyring)
    assert unknown.status_code == 401 and unknown.json()["detail"] == REFUSED
    options = (await Browser(home, ana).post("/api/sessions/passkey/options")).json()
    assert options["allowCredentials"] == [] and options["userVerification"] == "required"


@pytest.mark.parametrize(
    "response",
    [{}, {"clientDataJSON": ""}, {"clientDataJSON": "!!"}, {"clientDataJSON": "bnVsbA"}, {"clientDataJSON": 1}],
)
async def test_strange_answers_are_problems(home: House, response: dict[str, object]) -> None:
    credential = {"id": "a", "rawId": "a", "type": "public-key", "response": response}
    answer = await Browser(home, ana).post("/api/sessions/passkey", credential=credential)
    assert answer.status_code == 401


async def test_guessing_with_passkeys_is_stopped_by_address(home: House) -> None:
    statuses = [(await Browser(home, ana).sign_in_with(Keyring())).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]


async def test_a_program_makes_no_passkey(home: House) -> None:
    answer = await home.client(ana).post("/api/passkeys/options", json={})
    assert answer.status_code == 403 and answer.json()["code"] == "forbidden"
