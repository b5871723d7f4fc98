"""What people write is shown as they wrote it, whatever it is, and does nothing."""

from typing import Final

from playwright.async_api import expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.consult import Consult
from tests.browser.layout import assert_fits
from tests.browser.person import PHONE
from tests.browser.windows import settle

# Where the first letters of words stand on the page, from its top and left.
PLACES: Final = """(at, words) => words.map((word) => {
  const texts = document.createTreeWalker(at, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const place = texts.currentNode.data.indexOf(word);
    if (place < 0) continue;
    const range = document.createRange();
    range.setStart(texts.currentNode, place);
    range.setEnd(texts.currentNode, place + 1);
    const { top, left } = range.getBoundingClientRect();
    return [Math.round(top), left];
  }
})"""

PAYLOADS: Final = (
    "<script>window.harmed = 1</script>",
    "<img src=x onerror='window.harmed = 1'>",
    '"><svg onload=window.harmed=1>',
    "<iframe srcdoc='<script>parent.harmed = 1</script>'></iframe>",
    "javascript:window.harmed=1",
    "{{constructor.constructor('window.harmed=1')()}} ${window.harmed=1}",
    "&lt;b&gt;10&nbsp;mg&lt;/b&gt; &#x202E;",
    "__proto__ constructor toString",
    "dose \u202e gm nine \u202c ends here",
    "\u2066isolated\u2069 \u200fmarks\u200e",
    "الطفل يعاني من حمى وطفح جلدي، الضغط 74/38",
    "ילדה בת שבע עם חולשה יורדת",
    "Kind mit Ausschlag 👨‍👩‍👧‍👦 🩺 🇨🇭 é\u0301",
    "z̸̢̛a̵l̷g̶o̴ combining marks",
    "Pneumonoultramicroscopicsilicovolcanoconiosis" * 6,
    "W" * 400,
    "line one\nline two\n\n    indented",
    "5 < 7 && 9 > 3 || 'quoted' \"twice\" `thrice`",
    "\ufeff zero\u200bwidth",
)


async def test_every_payload_is_shown_letter_by_letter_and_none_does_anything(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana, ben = await arrivals.of("ana", viewport=PHONE), await arrivals.callers.seated("ben", room)
    harm: list[str] = []
    ana.page.on("dialog", lambda dialog: harm.append(dialog.message))
    at_ana = await Consult.enter(ana.page, room)
    for payload in PAYLOADS:
        ack = await ben.ask("post", room=room, text=payload)
        assert ack["t"] == "ack", ack
        on_record = (await arrivals.callers.log(room))[-1]["body"]["text"]
        article = at_ana.feed.get_by_role("article").last
        await expect(article).to_have_attribute("aria-posinset", str(ack["seq"]))
        assert on_record in await article.evaluate("(at) => at.textContent")
        await settle(ana.page)
        await assert_fits(ana.page, repr(payload))
    assert await ana.page.evaluate("() => window.harmed") is None
    assert not harm


async def test_the_case_itself_is_shown_letter_by_letter(arrivals: Arrivals) -> None:
    parts = dict(zip(("title", "situation", "background", "assessment", "request"), PAYLOADS, strict=False))
    room = await arrivals.callers.open_case(**parts)
    ana = await arrivals.of("ana")
    await Consult.enter(ana.page, room)
    for payload in parts.values():
        await expect(ana.page.get_by_text(payload, exact=True).first).to_be_visible()
    await ana.page.goto("/")
    await expect(ana.page.get_by_role("link", name=parts["title"])).to_be_visible()
    assert await ana.page.evaluate("() => window.harmed") is None


async def test_hidden_characters_are_named_and_turn_nothing(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case(title="dose \u202e gm nine \u202c ends")
    ana, ben = await arrivals.of("ana"), await arrivals.callers.seated("ben", room)
    at_ana = await Consult.enter(ana.page, room)
    await ben.ask("post", room=room, text="dose \u202e gm nine \u202c ends")
    article = at_ana.feed.get_by_role("article").last
    hidden = article.get_by_role("img", name="Hidden character U+202E")
    await expect(hidden).to_be_visible()
    # Its name stands before it: it would turn what comes behind it.
    named = "(at) => ['::before', '::after'].map((place) => getComputedStyle(at, place).content)"
    assert await hidden.evaluate(named) == ['"U+202E"', "none"]
    for text in (article, ana.page.locator(".case-title")):
        places: list[list[float]] = await text.evaluate(PLACES, ["gm", "nine", "ends"])
        assert places == sorted(places), "it reads in the order in which it was written"


async def test_strong_words_and_lists_keep_every_letter(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana, ben = await arrivals.of("ana", viewport=PHONE), await arrivals.callers.seated("ben", room)
    at_ana = await Consult.enter(ana.page, room)
    text = "**Now:**\n- stop the infusion\n- look again in 10 min, and say what you see there\n7. then call"
    await ben.ask("post", room=room, text=text)
    article = at_ana.feed.get_by_role("article").last
    await expect(article.locator("strong", has_text="Now:")).to_be_visible()
    await expect(article.locator(".written-item")).to_have_count(3)
    assert text in await article.evaluate("(at) => at.textContent")
    await assert_accessible(ana.page, "marks")
    await assert_fits(ana.page, "marks")
