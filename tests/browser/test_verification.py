"""Registering, one's own verification and the moderators' queue, in the page, and by keyboard alone."""

from typing import Final

from PIL import Image
from playwright.async_api import FilePayload, Page, expect

from tests.browser.ageing import aged
from tests.browser.arrivals import Arrivals
from tests.browser.hearing import hears, listen
from tests.browser.plays.selves import PDF
from tests.endtoend.site import PASSWORD
from tests.persistence.pictures.files import saved

WORDS: Final = "a passphrase of zoe"
LICENCE: Final[FilePayload] = {"name": "licence.pdf", "mimeType": "application/pdf", "buffer": PDF}
PICTURE: Final = saved(Image.new("RGB", (80, 60), "white"), "PNG")


async def test_a_newcomer_registers_is_verified_and_told_at_once(arrivals: Arrivals) -> None:
    newcomer = (await arrivals.stranger()).page
    await registered(newcomer, "zoe")
    await expect(newcomer.get_by_role("heading", name="T0: not verified")).to_be_visible()
    await asked(newcomer)

    desk = (await arrivals.of("mo")).page
    await desk.goto("/moderation/verifications")
    card = desk.get_by_role("article").filter(has=desk.get_by_text("zoe", exact=True))
    await card.get_by_label("Why you look at who they are").fill("To decide on the request")
    await card.get_by_role("button", name="Open the identity").click()
    await expect(card.get_by_text("Zoë Gübeli")).to_be_visible()
    await expect(card.get_by_text("7601000123459")).to_be_visible()
    await card.get_by_label("Decision").select_option("approve_2")
    await card.get_by_label("Reason", exact=True).fill("The licence is hers.")
    await card.get_by_role("button", name="Decide").click()
    await expect(card).to_have_count(0)

    # Her page is open, and is told: nothing is loaded again.
    await expect(newcomer.get_by_role("heading", name="T2: verified in a register")).to_be_visible()
    await expect(newcomer.get_by_text("The licence is hers.")).to_be_visible()
    await expect(newcomer.get_by_text("To decide on the request")).to_be_visible()
    await newcomer.get_by_label("Show my real name").check()
    await expect(newcomer.get_by_label("Show my real name")).to_be_checked()


async def test_a_document_asks_again_who_looks_and_opens_then(arrivals: Arrivals) -> None:
    newcomer = (await arrivals.stranger()).page
    await registered(newcomer, "wim")
    await asked(newcomer, {"name": "licence.png", "mimeType": "image/png", "buffer": PICTURE})
    mo = await arrivals.of("mo")
    mo.trouble.announce("status of 403")
    await mo.page.goto("/moderation/verifications")
    card = mo.page.get_by_role("article").filter(has=mo.page.get_by_text("wim", exact=True))
    await card.get_by_label("Why you look at who they are").fill("To decide on the request")
    await card.get_by_role("button", name="Open the identity").click()
    await aged(mo, arrivals.callers.site)
    await card.get_by_role("link", name="Picture").click()
    sheet = mo.page.get_by_role("dialog", name="Is it you?")
    await sheet.get_by_label("Password").fill(PASSWORD)
    async with mo.context.expect_page() as opening:
        await sheet.get_by_role("button", name="Go on").click()
    shown = await opening.value
    await expect(shown.get_by_role("img")).to_be_visible()


async def test_a_handle_that_looks_like_another_is_refused_where_one_registers(arrivals: Arrivals) -> None:
    stranger = await arrivals.stranger()
    stranger.trouble.announce("status of 422")
    page = stranger.page
    await filled(page, "\N{CYRILLIC SMALL LETTER A}na")
    await page.get_by_role("button", name="Register").click()
    await expect(page.get_by_role("alert")).to_have_text(
        "This handle is taken, or looks like one that is. Choose another."
    )


async def test_registering_works_by_keyboard(arrivals: Arrivals) -> None:
    page = (await arrivals.stranger()).page
    await page.goto("/")
    await page.get_by_role("link", name="No account yet? Register").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Register")).to_be_visible()
    await page.get_by_label("Handle").focus()
    for words in ("yan", WORDS, "Yan", "Li", ""):
        await page.keyboard.type(words)
        await page.keyboard.press("Tab")
    await page.keyboard.type("Kenya")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.type("A12345")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Your verification")).to_be_visible()
    await expect(page.get_by_text("A12345")).to_be_visible()


async def test_after_a_decision_the_focus_is_on_who_waits_next_and_it_is_told(arrivals: Arrivals) -> None:
    for handle in ("uma", "vera"):
        newcomer = (await arrivals.stranger()).page
        await registered(newcomer, handle)
        await asked(newcomer)
    mo = await arrivals.of("mo")
    await listen(mo.context)
    await mo.page.goto("/moderation/verifications")
    await decide(mo.page, "uma", "Refuse, leave the tier")
    await expect(mo.page.get_by_role("heading", name="vera")).to_be_focused()
    await hears(mo.page, "uma: Refuse, leave the tier. That is decided.")
    await decide(mo.page, "vera", "Ask for more")
    await expect(mo.page.get_by_role("heading", level=1)).to_be_focused()


async def decide(page: Page, handle: str, decision: str) -> None:
    card = page.get_by_role("article").filter(has=page.get_by_text(handle, exact=True))
    await card.get_by_label("Decision").select_option(decision)
    await card.get_by_label("Reason", exact=True).fill("Its register has another name.")
    await card.get_by_role("button", name="Decide").press("Enter")
    await expect(card).to_have_count(0)


async def test_the_queue_is_no_place_for_others(arrivals: Arrivals) -> None:
    page = (await arrivals.of("ana")).page
    await page.goto("/moderation/verifications")
    await expect(page.get_by_text("There is nothing at this address.")).to_be_visible()


async def filled(page: Page, handle: str) -> None:
    await page.goto("/register")
    await page.get_by_label("Handle").fill(handle)
    await page.get_by_label("Password").fill(WORDS)
    await page.get_by_label("Given names").fill("Zoë")
    await page.get_by_label("Family name").fill("Gübeli")
    await page.get_by_label("Country of your licence").select_option("CH")
    await page.get_by_label("GLN of the register").fill("7601000123459")


async def registered(page: Page, handle: str) -> None:
    await filled(page, handle)
    await page.get_by_role("button", name="Register").click()
    await expect(page.get_by_role("heading", name="Your verification")).to_be_visible()


async def asked(page: Page, document: FilePayload = LICENCE) -> None:
    """They give a document, and ask a moderator to look."""
    await page.get_by_label("Give a document").set_input_files(document)
    # What is missing becomes shorter then, and the button moves.
    await expect(page.get_by_role("button", name="Remove")).to_be_visible()
    await page.get_by_role("button", name="Ask a moderator to look").click()
    await expect(page.get_by_text("A moderator will look at it.")).to_be_visible()
