"""Pictures in a room, and before they leave the device."""

from typing import Final

from playwright.async_api import FilePayload, Page, expect

from tests.browser import scans
from tests.browser.plays.rooms import room_of_presenter
from tests.browser.stage import Stage

SHOWN: Final = "Her ECG, and the chest film from admission."


async def blacking_out(stage: Stage) -> Page:
    """A name is burned into the picture, and is blackened before it leaves."""
    page = await room_of_presenter(stage)
    chosen: FilePayload = {"name": "chest.png", "mimeType": "image/png", "buffer": scans.chest()}
    await page.locator(".composer-file").set_input_files([chosen])
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Add black box").click()
    await expect(dialog.locator("button.black-box")).to_be_visible()
    return page


async def room_with_pictures(stage: Stage) -> Page:
    """In a case that only its presenter sees, so that it is on nobody else's worklist."""
    consult = await stage.enter("ben", await stage.open_apart("ben"))
    page = consult.page
    for name, scan in (("ecg", scans.ecg()), ("chest", scans.chest())):
        chosen: FilePayload = {"name": f"{name}.png", "mimeType": "image/png", "buffer": scan}
        await page.locator(".composer-file").set_input_files([chosen])
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("checkbox").check()
        await dialog.get_by_role("button", name="Use this picture").click()
        await expect(dialog).to_have_count(0)
    await consult.say(SHOWN)
    previews = consult.post(SHOWN).get_by_role("button", name="open").locator("img")
    await expect(previews).to_have_count(2)
    for preview in await previews.all():
        await preview.evaluate("(img) => img.decode()")
    return page


async def picture(stage: Stage) -> Page:
    page = await room_with_pictures(stage)
    await page.get_by_role("button", name="Picture 2 of 2: open").click()
    await expect(page.get_by_role("dialog").locator(".darkroom-wait")).to_have_count(0)
    return page
