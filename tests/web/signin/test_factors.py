"""The authenticator app beside a password, its recovery codes, and what a person is asked for anew."""

from collections.abc import AsyncIterator
from pathlib import Path

import pyotp
import pytest

from persistence.signin.factors import MOST_WRONG
from persistence.vault import Vault
from tests.builders import ana, ben, cleo, mo
from tests.web.databases import migrated
from tests.web.house import PASSWORD, House, house
from tests.web.signin.keyring import Keyring
from tests.web.signin.people import Browser, aged, at_browser
from web.api.problems import Problem
from web.clock import now_ms
from web.secret import vault_key
from web.signin.authenticators import Authenticators


def next_code(app: pyotp.TOTP) -> str:
    """The code after the one that is shown: it is taken too, and was not used."""
    return app.at(now_ms() // 1_000, counter_offset=1)


async def test_who_has_an_app_must_give_its_code(home: House) -> None:
    app, _ = await (await at_browser(home, ana)).set_up_app()
    without = await Browser(home, ana).sign_in()
    assert without.status_code == 401 and without.json()["code"] == "second_factor"
    assert "set-cookie" not in without.headers
    wrong = await Browser(home, ana).sign_in(code="000000")
    assert wrong.status_code == 401 and wrong.json()["code"] == "second_factor"
    assert (await Browser(home, ana).sign_in(code=next_code(app))).status_code == 201


async def test_whether_somebody_has_an_app_is_told_only_to_who_knows_the_password(home: House) -> None:
    await (await at_browser(home, ana)).set_up_app()
    answers = [await Browser(home, one).sign_in(password="wrong") for one in (ana, ben)]
    assert answers[0].json() == answers[1].json() and answers[0].json()["code"] == "unauthenticated"


async def test_a_code_counts_once(home: House) -> None:
    app, _ = await (await at_browser(home, ana)).set_up_app()
    code = next_code(app)
    assert (await Browser(home, ana).sign_in(code=code)).status_code == 201
    assert (await Browser(home, ana).sign_in(code=code)).status_code == 401


async def test_the_code_that_confirmed_the_app_does_not_sign_in(home: House) -> None:
    browser = await at_browser(home, ana)
    shown = pyotp.TOTP((await browser.post("/api/authenticator")).json()["secret"]).now()
    assert (await browser.post("/api/authenticator/confirm", code=shown)).status_code == 201
    assert (await Browser(home, ana).sign_in(code=shown)).status_code == 401


@pytest.mark.parametrize("offset", [-3, 3])
async def test_a_code_of_another_time_does_not_fit(home: House, offset: int) -> None:
    app, _ = await (await at_browser(home, ana)).set_up_app()
    code = app.at(now_ms() // 1_000, counter_offset=offset)
    assert (await Browser(home, ana).sign_in(code=code)).status_code == 401


async def test_a_recovery_code_stands_in_once(home: House) -> None:
    browser = await at_browser(home, ana)
    _, codes = await browser.set_up_app()
    assert len(set(codes)) == 10
    assert (await Browser(home, ana).sign_in(code=codes[0].upper().replace("-", " "))).status_code == 201
    assert (await Browser(home, ana).sign_in(code=codes[0])).status_code == 401
    assert (await browser.get("/api/security"))["recovery_codes"] == 9


async def test_new_recovery_codes_replace_the_old_ones(home: House) -> None:
    browser = await at_browser(home, ana)
    _, old = await browser.set_up_app()
    new = (await browser.post("/api/recovery")).json()["codes"]
    assert (await Browser(home, ana).sign_in(code=old[0])).status_code == 401
    assert (await Browser(home, ana).sign_in(code=new[0])).status_code == 201


async def test_recovery_codes_of_another_do_not_fit(home: House) -> None:
    await (await at_browser(home, ana)).set_up_app()
    _, of_ben = await (await at_browser(home, ben)).set_up_app()
    assert (await Browser(home, ana).sign_in(code=of_ben[0])).status_code == 401


async def test_after_many_wrong_codes_only_a_recovery_code_helps(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        app, codes = await (await at_browser(home, ana)).set_up_app()
        vault = Vault(vault_key(home.settings), "authenticators")
    async with migrated(tmp_path) as database:
        apps = Authenticators(vault, database, now_ms)
        assert [await apps.fits("ana", "000000") for _ in range(MOST_WRONG)] == [False] * MOST_WRONG
        with pytest.raises(Problem) as blocked:
            await apps.fits("ana", next_code(app))
        assert blocked.value.detail.startswith("Too many wrong codes.")
        assert await apps.fits("ana", codes[0])
        assert await apps.fits("ana", next_code(app))


async def test_an_app_that_showed_no_code_does_not_count(home: House) -> None:
    browser = await at_browser(home, ana)
    await browser.post("/api/authenticator")
    assert (await browser.post("/api/authenticator/confirm", code="000000")).status_code == 422
    assert (await Browser(home, ana).sign_in()).status_code == 201


async def test_a_second_app_does_not_replace_the_first(home: House) -> None:
    browser = await at_browser(home, ana)
    await browser.set_up_app()
    assert (await browser.post("/api/authenticator")).status_code == 409
    assert await browser.delete("/api/authenticator") == 204
    assert await browser.delete("/api/authenticator") == 404
    assert (await browser.get("/api/security"))["recovery_codes"] == 0
    assert (await browser.post("/api/authenticator")).status_code == 201


async def test_an_old_proof_does_not_allow_to_change_how_one_signs_in(home: House) -> None:
    browser = await at_browser(home, ana)
    aged(home, browser)
    for path in ("/api/passkeys/options", "/api/authenticator", "/api/recovery", "/api/tokens"):
        answer = await browser.post(path)
        assert answer.status_code == 403 and answer.json()["code"] == "proof_needed", path
    assert await browser.delete("/api/authenticator") == 403


async def test_a_password_proves_anew_who_one_is(home: House) -> None:
    browser = await at_browser(home, ana)
    aged(home, browser)
    wrong = await browser.post("/api/sessions/current/proof", password="wrong")
    assert wrong.status_code == 401
    proved = await browser.post("/api/sessions/current/proof", password=PASSWORD)
    assert proved.status_code == 200 and proved.json()["proved_at"] > now_ms() - 60_000
    assert (await browser.post("/api/authenticator")).status_code == 201


async def test_a_passkey_proves_anew_who_one_is_and_only_ones_own(home: House) -> None:
    browser, other, own, of_ben = await at_browser(home, ana), await at_browser(home, ben), Keyring(), Keyring()
    assert (await browser.post("/api/sessions/current/proof/options")).status_code == 404
    await browser.make_passkey(own)
    await other.make_passkey(of_ben)
    aged(home, browser)
    options = (await browser.post("/api/sessions/current/proof/options")).json()
    assert [one["id"] for one in options["allowCredentials"]] == [own.made_id]
    foreign = await browser.post("/api/sessions/current/proof", credential=of_ben.used(options))
    assert foreign.status_code == 403
    options = (await browser.post("/api/sessions/current/proof/options")).json()
    assert (await browser.post("/api/sessions/current/proof", credential=own.used(options))).status_code == 200
    assert (await browser.post("/api/authenticator")).status_code == 201


async def test_with_an_app_its_code_is_wanted_for_the_proof_too(home: House) -> None:
    browser = await at_browser(home, ana)
    app, _ = await browser.set_up_app()
    assert (await browser.post("/api/sessions/current/proof", password=PASSWORD)).status_code == 401
    code = next_code(app)
    assert (await browser.post("/api/sessions/current/proof", password=PASSWORD, code=code)).status_code == 200


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path, second_factor="required") as running:
        yield running


@pytest.mark.parametrize("person", [ana, mo])
async def test_where_it_is_required_a_physician_can_only_set_up_a_second_factor(strict: House, person: object) -> None:
    browser = await at_browser(strict, ana if person is ana else mo)
    refused = await browser.http.get("/api/cases")
    assert refused.status_code == 403 and refused.json()["code"] == "second_factor"
    assert (await browser.post("/api/tickets")).status_code == 403
    assert (await browser.get("/api/sessions/current"))["scopes"] == ["enrol"]
    assert (await browser.make_passkey(Keyring())).status_code == 201
    assert (await browser.http.get("/api/cases")).status_code == 200


async def test_where_it_is_required_an_app_will_do_and_a_passkey_is_asked_nothing(strict: House) -> None:
    browser, keyring = await at_browser(strict, ana), Keyring()
    await browser.make_passkey(keyring)
    await browser.set_up_app()
    with_passkey = Browser(strict, ana)
    assert (await with_passkey.sign_in_with(keyring)).json()["scopes"] == []
    assert (await with_passkey.http.get("/api/cases")).status_code == 200


async def test_where_it_is_required_clinicians_and_programs_are_not_asked(strict: House) -> None:
    assert (await (await at_browser(strict, cleo)).http.get("/api/cases")).status_code == 200
    assert (await strict.client(ana).get("/api/cases")).status_code == 200
