"""What people write is shown as they wrote it, whatever it is, and does nothing."""

from typing import Final

from playwright.async_api import expect

from tests.browser.arrivals import Arrivals
from tests.browser.consult import Consult
from tests.browser.layout import assert_fits
from tests.browser.person import PHONE
from tests.browser.windows import settle

PAYLOADS: Final = (
    "<script>window.harmed = 1</script>",
    "<img src=x onerror='window.harmed = 1'>",
    '"><svg onload=window.harmed=1>',
    "<iframe srcdoc='<script>parent.harmed = 1</script>'></iframe>",
    "javascript:window.harmed=1",
    "{{constructor.constructor('window.harmed=1')()}} ${window.harmed=1}",
    "&lt;b&gt;10&nbsp;mg&lt;/b&gt; &#x202E;",
    "__proto__ constructor toString",
    "dose \u202e gm 01 \u202c ends here",
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
