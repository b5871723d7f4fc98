"""A case from blind opinions to a scored record, by five people at five browsers; every figure leads to its events."""

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, time
from typing import Any, Final

import pytest
from playwright.async_api import Locator, Page, expect

from realtime.rooms.awarding import Sealed, commitment
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.opinions.pooling import Pool, Voice, pool
from tests.browser.arrivals import Arrivals
from tests.browser.asking import open_case
from tests.browser.clock import SetClock
from tests.browser.consult import Consult
from tests.browser.credible import ask_to_vote, award, dispute, opine, read_opinions, recommend, sign_in, vote
from tests.browser.ground import embedded_ground
from tests.browser.known import has_record
from tests.browser.person import Person
from tests.endtoend.callers import said
from tests.endtoend.raw import Frame
from tests.endtoend.site import Embedded, Site

MINUTE_S: Final = 60
DIAGNOSIS: Final = "T63.0"
"""What it was, of ICD-10."""
PATIENCE_S: Final = 90.0
WEEK_S: Final = 7 * 24 * 60 * MINUTE_S
PAYER: Final = "Research institute"
TITLE: Final = said("Drooping lids and a clear mind, after a night on the floor")
ADVICE: Final = said("Antivenom now, adrenaline beside it.")
OTHER: Final = said("Wait for a scan first.")
REASON: Final = said("The wait costs the airway.")
QUESTION: Final = said("Antivenom before the road?")
PAPER: Final = "https://doi.org/10.1371/journal.pntd.0001603"
GUIDE: Final = "https://pubmed.ncbi.nlm.nih.gov/20976288/"


@pytest.fixture
def calendar(tmp_path: Path) -> SetClock:
    """It stands at today until a test lets time pass."""
    return SetClock(tmp_path / "clock", round(time()) * 1_000)


@pytest.fixture
def site(calendar: SetClock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A deployment where nothing has happened yet, which goes by the calendar."""
    site = Embedded(embedded_ground(tmp_path_factory.mktemp("ground")), tmp_path_factory.mktemp("dated"))
    site.environment |= {**calendar.environment, "CURBSIDE_AWARD_POLICY": "flat"}
    has_record(site, "eve", *[850] * 12)
    with site:
        yield site


async def test_a_consult_becomes_a_record_and_every_figure_leads_to_its_events(
    arrivals: Arrivals, calendar: SetClock
) -> None:
    await grant_budget(arrivals)
    cleo, ana, ben, eve, obi = [await arrivals.of(name) for name in ("cleo", "ana", "ben", "eve", "obi")]
    await ana.page.goto("/insights")
    await expect(ana.page.get_by_text("There is nothing of these months yet.").first).to_be_visible()
    await ana.page.goto("/credibility")
    await expect(ana.page.get_by_text("Nothing of yours was scored yet.")).to_be_visible()
    await cleo.page.goto("/")
    room = await open_case(cleo.page, TITLE)
    at_cleo = Consult(cleo.page)
    await at_cleo.let_observers_in()
    at_ana, at_ben, at_eve, at_obi = [await Consult.enter(one.page, room) for one in (ana, ben, eve, obi)]

    await opine(ana.page, "envenoming")
    for page in (ben.page, eve.page, obi.page, cleo.page):
        await expect(page.get_by_text("One has said what they think it is.")).to_be_visible()
        await expect(page.get_by_text("Envenoming")).to_have_count(0)
    await opine(ben.page, "envenoming", "guillain")
    await opine(eve.page, "myasthenia")
    await expect(cleo.page.get_by_text("3 have said what they think it is.")).to_be_visible()
    await expect(cleo.page.get_by_text("yasthenia")).to_have_count(0)

    calendar.pass_s(2 * MINUTE_S)
    await recommend(at_ana, ADVICE, PAPER)
    await recommend(at_ben, OTHER, GUIDE)
    await at_ben.corroborate(ADVICE)
    await at_eve.corroborate(ADVICE)
    await dispute(at_eve, OTHER, REASON, GUIDE)
    await expect(at_cleo.post(ADVICE).get_by_role("button", name=re.compile("2 agree"))).to_be_visible()
    await ask_to_vote(cleo.page, QUESTION, "Yes", "No")
    for page in (ana.page, ben.page, eve.page):
        await vote(page, "Yes")
    await expect(ana.page.get_by_text("3 have voted.")).to_be_visible()

    before = await arrivals.callers.log(room)
    await award(at_obi, ADVICE, "$15.00")
    await learns_of_no_award(ana, at_ana)
    assert await arrivals.callers.log(room) == before
    await do(at_cleo, ADVICE)

    await cleo.page.get_by_role("button", name="Show to all").click()
    await expect(cleo.page.get_by_role("button", name="Show to all")).to_have_count(0)
    await expect(cleo.page.get_by_role("button", name=re.compile("^Most likely: "))).to_be_visible()
    await pools_as_the_log_says(ana.page, await arrivals.callers.log(room))
    await pools_all_alike(obi.page, await arrivals.callers.log(room))
    calendar.pass_s(18 * MINUTE_S)
    await at_cleo.close("Transferred", said("Antivenom helped. Moved awake."))
    log = await arrivals.callers.log(room)
    await reads_amount_and_proof(ana, room, event(log, "post"), event(log, "awards_revealed"))

    for one in (cleo, ana, ben, eve, obi):
        await one.page.close()
    calendar.pass_s(WEEK_S)
    await tells_outcome(cleo, room)
    await sign_in(ana, 1_000 * (WEEK_S + 20 * MINUTE_S))
    await once(ana.page, "/api/me/credibility", lambda record: len(record["standings"]) == 2)
    await reads_their_record(ana.page, room, event(log, "opined"), event(log, "post"))
    await once(ana.page, "/api/insights/times?acuity=*&specialty=*", lambda found: len(found["times"]) >= 2)
    await reads_how_long_it_took(ana.page, log)
    await once(ana.page, "/api/insights/tallies?acuity=*&specialty=*", tells("brier", "leading"))
    await reads_how_it_stood_up(ana.page, log)


async def grant_budget(arrivals: Arrivals) -> None:
    path = f"/api/institutions/{PAYER}/award-budget"
    granted = await arrivals.callers.request("PUT", path, "mo", json={"year_cents": 100_000})
    assert granted.status_code < 300, granted.text


async def do(consult: Consult, text: str) -> None:
    """The presenter takes the advice, and has done it."""
    await consult.post(text).get_by_text(text, exact=True).click()
    await consult.post(text).get_by_role("button", name="Put on the plan").click()
    plan = consult.page.get_by_role("region", name=re.compile("^Plan"))
    await plan.get_by_role("button", name=re.compile("^Done")).click()
    await expect(plan.get_by_text("1 done")).to_be_visible()


async def learns_of_no_award(author: Person, consult: Consult) -> None:
    """Neither from the room nor from the page that will tell them."""
    await expect(consult.page.get_by_text("$15")).to_have_count(0)
    tab = await author.tab()
    await tab.goto("/awards")
    await expect(tab.get_by_text("Nothing of yours was awarded so far.")).to_be_visible()
    await tab.close()


async def pools_as_the_log_says(page: Page, log: list[Frame]) -> None:
    """The figures are those of the opinions below them, by what they weigh: eve has a record, the others none."""
    given = [one["body"] for one in log if one["kind"] == "opined"]
    each = await read_opinions(page)
    await expect(each.get_by_text("weighs 1, as too little is known yet")).to_have_count(2)
    await expect(each.get_by_role("listitem").filter(has_text="eve")).to_contain_text(f"weighs {given[2]['weight']}")
    await shows(page, given, alike=False)


async def shows(page: Page, given: list[dict[str, Any]], *, alike: bool) -> None:
    """What these think together, by their weights or all alike."""
    for one in pooled(given, alike=alike).diagnoses:
        line = page.locator(".opinions-pool").get_by_role("listitem").filter(has_text=one.dx)
        await expect(line.locator(".opinions-percent")).to_have_text(f"{int(100 * one.probability + 0.5)} %")


def pooled(given: list[dict[str, Any]], *, alike: bool) -> Pool:
    voices = [
        Voice([Diagnosis(**one) for one in body["differential"]], 1.0 if alike else body.get("weight", 1.0))
        for body in given
    ]
    return pool(voices)


async def pools_all_alike(page: Page, log: list[Frame]) -> None:
    """An observer is told of nobody how far they may be relied on, and that this is another pool."""
    given = [one["body"] for one in log if one["kind"] == "opined"]
    await expect((await read_opinions(page)).get_by_text("weighs")).to_have_count(0)
    await shows(page, given, alike=True)
    await page.get_by_text("How it is computed").click()
    await expect(page.get_by_text("So all count the same here")).to_be_visible()


async def reads_amount_and_proof(author: Person, room: str, post: Frame, revealed: Frame) -> None:
    """The sum, and a commitment that stands in the log of the case and can be made again."""
    page = author.page
    await once(page, "/api/me/awards", lambda found: len(found["awards"]) == 1)
    await page.goto("/awards")
    card = page.get_by_role("listitem", name=re.compile(r"^\$15\.00"))
    await card.get_by_text("The proof").click()
    committed, nonce = await card.locator("code").all_inner_texts()
    sealed = Sealed(nonce=bytes.fromhex(nonce), case=room, post=post["id"], cents=1_500, currency="USD", payer=PAYER)
    assert commitment(sealed).hex() == committed
    assert [one["commitment"] for one in revealed["body"]["awards"]] == [committed]
    await card.get_by_role("link", name="To what you said").click()
    await stands_out(page, post, ADVICE)
    await page.get_by_text("What was committed to").click()
    await expect(page.get_by_text(committed)).to_be_visible()


async def tells_outcome(presenter: Person, room: str) -> None:
    """A week later: what it was, and which advice was right."""
    await sign_in(presenter, 1_000 * (WEEK_S + 20 * MINUTE_S))
    owed = presenter.page.get_by_role("region", name="waits for its outcome")
    await owed.locator(f"a[href$='{room}']").click()
    await presenter.page.get_by_role("button", name=re.compile("^Say what")).click()
    sheet = Consult(presenter.page).outcome
    for question, option in (
        ("Final diagnosis", "Known"),
        ("After 7 days", "Better"),
        ("Was the working assessment right?", "Yes"),
        (f"ana {ADVICE}", "Right"),
        (f"ben {OTHER}", "Wrong"),
    ):
        await sheet.get_by_role("group", name=question).get_by_role("radio", name=option, exact=True).check()
    await sheet.get_by_label("Which diagnosis").fill(f"Krait bite ({DIAGNOSIS})")
    await sheet.get_by_role("button", name="Put on record").click()
    await expect(sheet).to_be_hidden()


async def reads_their_record(page: Page, room: str, opinion: Frame, advice: Frame) -> None:
    """What was scored, by what: an opinion that gave a half to what it was, and advice that was right."""
    await page.goto("/credibility")
    for kind, score in (("Independent opinions", "88"), ("Advice that was done", "100")):
        standing = page.locator(".standing").filter(has_text=kind)
        await expect(standing).to_contain_text("1 scored")
        await expect(standing).to_contain_text(f"Mean score {score};")
        await expect(standing).to_contain_text("Colleagues are not shown this before there are 10.")
    claims = page.get_by_role("listitem")
    given = claims.filter(has_text="50% was given to the diagnosis. Score 88.")
    await leads_to(page, given, "What was said", opinion, "ana said what they think it is")
    done = claims.filter(has_text="Turned out right.")
    await leads_to(page, done, "What was said", advice, ADVICE)
    outcome = given.get_by_role("link", name="The outcome")
    await expect(outcome).to_have_attribute("href", re.compile(f"^/archive/{room}#"))
    await outcome.click()
    await expect(page.locator(".log-entry:focus")).to_contain_text("cleo reports the outcome")


async def leads_to(page: Page, claim: Locator, link: str, to: Frame, words: str) -> None:
    await claim.get_by_role("link", name=link).click()
    await stands_out(page, to, words)
    await page.go_back()


async def stands_out(page: Page, to: Frame, words: str) -> None:
    """In the archive, the entry of this event."""
    entry = page.locator(f"[id='entry-{to['id']}']")
    await expect(entry).to_be_focused()
    await expect(entry).to_contain_text(words)


async def reads_how_long_it_took(page: Page, log: list[Frame]) -> None:
    """The only case there is: its own intervals are the figures."""
    await page.goto("/insights")
    waited = {"Until the first answer": event(log, "post"), "Until the close": event(log, "closed")}
    for measure, end in waited.items():
        card = page.get_by_role("region", name=measure)
        minutes = (end["at"] - log[0]["at"]) // 60_000
        await expect(card).to_contain_text("1 case in these months")
        await expect(card).to_contain_text(f"half within {minutes} min")


async def reads_how_it_stood_up(page: Page, log: list[Frame]) -> None:
    """Of two recommendations one was agreed with and one disputed; of what the room thought, what was first of it."""
    thought = pooled([one["body"] for one in log if one["kind"] == "opined"], alike=False).diagnoses
    is_it = [one.code is not None and DIAGNOSIS.startswith(one.code) for one in thought]
    first, three = [f"{100 * any(is_it[:most])}%" for most in (1, 3)]
    await page.reload()
    for card, figures in (
        ("Claims that others agree with, or dispute", "agreed with 50%, disputed 50%"),
        ("The room and the outcome", f"first {first}, among the first three {three}"),
        ("How opinions held", "score 0."),
    ):
        region = page.get_by_role("region", name=card)
        await expect(region).to_contain_text("1 case in these months")
        await expect(region).to_contain_text(figures)


def tells(*measures: str) -> Callable[[Any], bool]:
    """Whether there are tallies of all of these."""
    return lambda found: {*measures} <= {line["measure"] for line in found["tallies"]}


async def once(page: Page, path: str, holds: Any) -> None:
    """Return when what the worker prepares is there: it does so every few seconds."""
    deadline_s = monotonic() + PATIENCE_S
    while not holds(await (await page.request.get(path)).json()):
        assert monotonic() < deadline_s, f"{path} did not change"
        await asyncio.sleep(0.2)


def event(log: list[Frame], kind: str) -> Frame:
    """The first of this kind."""
    return next(one for one in log if one["kind"] == kind)
