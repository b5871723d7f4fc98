"""Bias watch over HTTP: for whom it is, of which months, as JSON and as tables."""

import csv
import io
from pathlib import Path
from typing import Any

import msgspec
import pytest

from persistence.bias.report import Report
from persistence.bias.sheets import SHEETS
from tests.builders import ana, ben, cleo, mo, obi
from tests.web.house import house, lines
from tests.web.test_awards import staged
from web.api.bias_watch import MOST_MONTHS, MOST_ROWS, _page

PATH = "/api/moderation/bias-watch"
NOW = "from=2026-01&to=2028-12"


async def test_it_is_for_moderators_and_every_read_leaves_its_line(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        for person in (ana, cleo, obi):
            for path in (PATH, f"{PATH}/payers.csv"):
                assert (await home.client(person).get(path)).status_code == 403
        assert (await home.client().get(PATH)).status_code == 401
        page = await home.client(mo, "2001:db8::7").get(f"{PATH}?from=2026-01&to=2026-03")
        table = await home.client(mo, "2001:db8::7").get(f"{PATH}/payers.csv?from=2026-01&to=2026-03")
    assert (page.status_code, table.status_code) == (200, 200)
    found = [line for line in await lines(tmp_path) if line.act == "bias_watch_read"]
    assert [line.outcome for line in found] == ["refused"] * 6 + ["ok"] * 2
    assert [(line.person, line.detail, line.address) for line in found[-2:]] == [
        ("mo", "2026-01 to 2026-03", "2001:db8::7"),
        ("mo", "2026-01 to 2026-03, payers", "2001:db8::7"),
    ]


async def test_a_browser_proves_again_who_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(tmp_path) as home:
        browser = await home.browser(mo)
        assert (await browser.get(PATH)).status_code == 200
        monkeypatch.setattr("web.signin.recent.RECENT_MS", -1_000)
        answer = await browser.get(PATH)
    assert (answer.status_code, answer.json()["code"]) == (403, "proof_needed")


@pytest.mark.parametrize("query", ["from=2026-13", "to=soon", "from=2026-05&to=2026-04", "from=2020-01&to=2026-01"])
async def test_months_that_are_none_are_refused(tmp_path: Path, query: str) -> None:
    assert MOST_MONTHS < 72
    async with house(tmp_path) as home:
        answer = await home.client(mo).get(f"{PATH}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_until_the_close_it_is_the_same_with_and_without_an_award(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        before = (await stage.get(mo, f"{PATH}?{NOW}")).json()
        await stage.award()
        sealed = (await stage.get(mo, f"{PATH}?from=2026-01&to=2028-11")).json()
        await stage.close()
        after = (await stage.get(mo, f"{PATH}?from=2026-02&to=2028-12")).json()
    for one in (before, sealed):
        del one["at"], one["period"]
    assert sealed == before
    assert (before["awards"], after["awards"]) == (0, 1)
    assert [(one["payer"], one["awards"]) for one in after["payers"]] == [(obi.institution, 1)]
    assert after["names"] == {ben.id: ben.handle, obi.id: obi.handle}
    assert not any("cents" in name for name in _names(after))


@pytest.mark.parametrize("name", SHEETS)
async def test_each_table_is_a_file_of_its_own(tmp_path: Path, name: str) -> None:
    async with house(tmp_path) as home:
        table = await home.client(mo).get(f"{PATH}/{name}.csv?from=2026-01&to=2026-03")
        nothing = await home.client(mo).get(f"{PATH}/amounts.csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="bias-watch-{name}-2026-01-2026-03.csv"' in table.headers["content-disposition"]
    assert next(csv.reader(io.StringIO(table.text)))[:2] == ["from", "to"]
    assert (nothing.status_code, nothing.json()["code"]) == (404, "not_found")


async def test_of_a_long_list_the_page_has_the_first_and_how_many(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.award()
        await stage.close()
        answer = (await stage.get(mo, f"{PATH}?{NOW}")).content
    report = msgspec.json.decode(answer, type=Report)
    many = [msgspec.structs.replace(report.authors[0], author=f"p{n}") for n in range(MOST_ROWS + 5)]
    names = {one.author: one.author.upper() for one in many}
    page = _page(msgspec.structs.replace(report, authors=many, names=names))
    assert (len(page["authors"]), page["totals"]["authors"]) == (MOST_ROWS, MOST_ROWS + 5)
    assert page["names"].keys() == {f"p{n}" for n in range(MOST_ROWS)}


def _names(value: Any) -> set[str]:
    """All names of fields in an answer."""
    if isinstance(value, dict):
        return set(value) | {name for one in value.values() for name in _names(one)}
    return {name for one in value for name in _names(one)} if isinstance(value, list) else set()
