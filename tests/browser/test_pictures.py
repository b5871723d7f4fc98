"""Pictures, from the file on somebody's device to what others see: what was blackened never left the device."""

import re
from typing import Final

import numpy as np
import pytest
from PIL import Image
from playwright.async_api import FilePayload, Locator, Page, ViewportSize, expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.consult import Consult
from tests.browser.keyboard import assert_focus_seen, tab_to
from tests.browser.layout import assert_fits
from tests.browser.person import PHONE
from tests.browser.trouble import LINE_DOWN
from tests.endtoend.callers import said
from tests.persistence.pictures.files import opened, photo, radiograph, saved, tagged

DESK: Final[ViewportSize] = {"width": 1280, "height": 800}
WHITE: Final = saved(Image.new("RGB", (800, 600), "white"), "PNG")


def file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/png" if name.endswith("png") else "", "buffer": data}


async def attach(page: Page, *files: FilePayload) -> Locator:
    """The dialog in which the first of these files is looked at."""
    await page.locator(".composer-file").set_input_files(list(files))
    dialog = page.get_by_role("dialog")
    await expect(dialog.locator("canvas")).to_be_visible()
    return dialog


async def use(dialog: Locator) -> None:
    """Confirm and bring the picture."""
    await dialog.get_by_role("checkbox").check()
    await dialog.get_by_role("button", name="Use this picture").click()
    await expect(dialog).to_have_count(0)


async def stored(arrivals: Arrivals, room: str, name: str = "ana") -> Image.Image:
    """The picture of the last post, as the server gives it."""
    event = (await arrivals.callers.log(room))[-1]
    image = event["body"]["images"][0]
    given = await arrivals.callers.get(f"/api/cases/{room}/images/{image}", name)
    answer = await arrivals.callers.request("GET", given["full"], name)
    return opened(answer.content)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
async def test_what_is_blackened_never_leaves_the_device(arrivals: Arrivals, viewport: ViewportSize) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana", viewport=viewport, reduced_motion="reduce")
    consult = await Consult.enter(ana.page, room)
    dialog = await attach(ana.page, file("scan.png", WHITE))
    box = await dialog.locator("canvas").bounding_box()
    assert box is not None
    await ana.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    await ana.page.mouse.down()
    await ana.page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.75, steps=4)
    await ana.page.mouse.up()
    await expect(dialog.locator("button.black-box")).to_have_count(1)
    await assert_accessible(ana.page, "the picture that is looked at")
    await assert_fits(ana.page, "the picture that is looked at")
    await expect(dialog.get_by_role("button", name="Use this picture")).to_be_disabled()
    await use(dialog)
    await expect(ana.page.get_by_role("img", name="Picture 1, ready to be sent")).to_be_visible()
    await consult.say(words := said("The scan, as I have it."))
    await expect(consult.post(words).get_by_role("button", name="Picture 1 of 1: open")).to_be_visible()
    picture = (await stored(arrivals, room)).convert("RGB")
    assert picture.size == (800, 600)
    assert np.asarray(picture)[310:440, 410:590].max() == 0
    assert np.asarray(picture)[:290].min() == 255 and np.asarray(picture)[:, :390].min() == 255


async def test_everything_works_with_the_keyboard(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana", viewport=DESK, reduced_motion="reduce")
    consult = await Consult.enter(ana.page, room)
    dialog = await attach(ana.page, file("scan.png", WHITE), file("ecg.png", WHITE))
    for _ in range(2):
        await tab_to(ana.page, dialog.get_by_role("button", name="Add black box"))
        await ana.page.keyboard.press("Enter")
        await dialog.locator("button.black-box").focus()
        for key in ("ArrowRight", "Shift+ArrowDown", "ArrowDown"):
            await ana.page.keyboard.press(key)
        await assert_focus_seen(ana.page)
        await tab_to(ana.page, dialog.get_by_role("checkbox"))
        await ana.page.keyboard.press("Space")
        await tab_to(ana.page, dialog.get_by_role("button", name="Use this picture"))
        await ana.page.keyboard.press("Enter")
        await expect(dialog.get_by_role("heading", name="Picture 1 of 2")).to_have_count(0)
    await expect(ana.page.get_by_role("button", name="Take picture 2 out")).to_be_visible()
    await consult.say(words := said("Two of them."))
    await consult.post(words).get_by_role("button", name="Picture 1 of 2: open").focus()
    await ana.page.keyboard.press("Enter")
    await expect(dialog.get_by_role("heading", name="Picture 1 of 2")).to_be_visible()
    await ana.page.keyboard.press("ArrowRight")
    await expect(dialog.get_by_role("heading", name="Picture 2 of 2")).to_be_visible()
    await expect(dialog.get_by_role("img", name="Picture 2 of 2")).to_be_visible()
    await ana.page.keyboard.press("+")
    await expect(dialog.get_by_role("button", name="Smaller")).to_be_enabled()
    await assert_accessible(ana.page, "a picture at full size")
    await ana.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    picture = np.asarray((await stored(arrivals, room)).convert("L"))
    assert picture[7:80, 9:480].max() == 0 and picture[:, 500:].min() == 255


async def test_observers_see_it_once_somebody_has_looked_again(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case(observers="live")
    ana, cleo = await arrivals.of("ana", viewport=DESK), await arrivals.of("cleo", viewport=PHONE)
    obi = await arrivals.of("obi", viewport=PHONE)
    at_ana, at_cleo = await Consult.enter(ana.page, room), await Consult.enter(cleo.page, room)
    at_obi = await Consult.enter(obi.page, room)
    await use(await attach(ana.page, file("arm.jpg", photo("JPEG", exif=tagged()))))
    await at_ana.say(words := said("The arm."))
    await at_obi.sees(words)
    await expect(at_obi.post(words)).to_contain_text("once somebody here has looked at it again")
    await at_cleo.post(words).get_by_role("button", name="Look again").click()
    await cleo.page.get_by_role("button", name="Show to observers").click()
    await expect(at_obi.post(words).get_by_role("button", name="Picture 1 of 1: open").locator("img")).to_be_visible()
    await expect(at_cleo.post(words)).not_to_contain_text("Observers do not see this yet")
    await at_obi.post(words).get_by_role("button", name="Picture 1 of 1: open").click()
    await expect(obi.page.get_by_role("dialog").locator("img").last).to_be_visible()
    await assert_fits(obi.page, "a picture at full size")


async def test_dicom_is_looked_at_and_blackened_before_it_is_posted(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana", viewport=DESK)
    consult = await Consult.enter(ana.page, room)
    pixels = np.full((300, 400), 4_000, np.uint16)
    pixels[0, 0] = 0
    dialog = await attach(ana.page, file("chest.dcm", radiograph(pixels)))
    await dialog.get_by_role("button", name="Add black box").click()
    await use(dialog)
    await consult.say(said("The chest."))
    await expect(ana.page.get_by_role("button", name="Picture 1 of 1: open")).to_be_visible()
    picture = np.asarray((await stored(arrivals, room)).convert("L"))
    assert picture.shape == (300, 400)
    assert picture[:35, :239].max() == 0 and picture[40:].min() == 255


async def test_picture_is_sent_again_when_the_line_is_back(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana", viewport=PHONE)
    await Consult.enter(ana.page, room)
    dialog = await attach(ana.page, file("scan.png", WHITE))
    ana.trouble.announce(LINE_DOWN)
    await ana.context.set_offline(True)
    await dialog.get_by_role("checkbox").check()
    await dialog.get_by_role("button", name="Use this picture").click()
    await expect(dialog).to_contain_text("The line is down")
    await ana.context.set_offline(False)
    await expect(dialog).to_have_count(0)
    await expect(ana.page.get_by_role("img", name="Picture 1, ready to be sent")).to_be_visible()


async def test_what_is_no_picture_is_named_as_such(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana", viewport=PHONE)
    await Consult.enter(ana.page, room)
    await ana.page.locator(".composer-file").set_input_files([file("letter.png", b"%PDF-1.7")])
    dialog = ana.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("cannot be read as a picture")
    await dialog.get_by_role("button", name="Leave it out").click()
    await expect(dialog).to_have_count(0)


async def test_who_reads_and_writes_text_loads_nothing_of_pictures(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana")
    asked: list[str] = []
    ana.page.on("request", lambda request: asked.append(request.url))
    consult = await Consult.enter(ana.page, room)
    await consult.say(words := said("No picture."))
    await consult.sees(words)
    assert not [url for url in asked if re.search("Bringing|Shown|Attached|Darkroom", url)]
