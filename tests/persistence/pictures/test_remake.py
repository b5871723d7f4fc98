from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms
from pydicom.uid import JPEGLSLossless

from persistence.pictures.answer import Made
from persistence.pictures.remake import Remaking
from persistence.pictures.unfit import NotTaken, Unfit
from tests.persistence.pictures.files import (
    CANARY,
    bomb,
    opened,
    photo,
    radiograph,
    saved,
    tagged,
    tagged_png,
)

RAMP = np.tile(np.arange(4_096, dtype=np.uint16), (16, 1))


async def made(folder: Path, data: bytes) -> Made:
    path = folder / "brought"
    path.write_bytes(data)
    return await Remaking().made(path)


async def unfit(folder: Path, data: bytes) -> Unfit:
    with pytest.raises(NotTaken) as refused:
        await made(folder, data)
    return refused.value.unfit


@pytest.mark.parametrize(("kind", "becomes"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "jpeg")])
async def test_each_format_keeps_its_picture(tmp_path: Path, kind: str, becomes: str) -> None:
    picture = await made(tmp_path, photo(kind))
    assert (picture.type, picture.width, picture.height) == (becomes, 320, 240)
    for file, size in ((picture.full, (320, 240)), (picture.preview, (320, 240))):
        image = opened(file).convert("RGB")
        assert image.size == size
        red, blue = image.getpixel((40, 40)), image.getpixel((300, 200))
        assert isinstance(red, tuple) and isinstance(blue, tuple)
        assert red[0] > 230 and red[2] < 25 and blue[2] > 230 and blue[0] < 25


async def test_lossless_pictures_keep_every_pixel(tmp_path: Path) -> None:
    noise = Image.fromarray(np.random.default_rng(7).integers(0, 255, (200, 300, 3), dtype=np.uint8))
    for data in (saved(noise, "PNG"), saved(noise, "WEBP", lossless=True)):
        picture = await made(tmp_path, data)
        assert picture.type == "png"
        assert opened(picture.full).tobytes() == noise.tobytes()


@pytest.mark.parametrize(
    "data",
    [
        photo("JPEG", exif=tagged(), comment=CANARY.encode()),
        tagged_png(),
        photo("WEBP", exif=tagged(), xmp=CANARY.encode()),
        photo("JPEG", exif=tagged()) + f"PK\x03\x04{CANARY}".encode(),
    ],
    ids=["jpeg", "png", "webp", "polyglot"],
)
async def test_nothing_but_pixels_is_kept(tmp_path: Path, data: bytes) -> None:
    assert CANARY.encode() in data
    picture = await made(tmp_path, data)
    for file in (picture.full, picture.preview):
        assert CANARY.encode() not in file
        assert b"Exif" not in file and b"GPS" not in file and b"ICC" not in file
        kept = opened(file)
        assert not kept.getexif()
        assert not set(kept.info) & {"exif", "xmp", "icc_profile", "comment", "Patient"}


async def test_orientation_is_applied_before_it_is_lost(tmp_path: Path) -> None:
    picture = await made(tmp_path, photo("JPEG", exif=tagged()))
    assert (picture.width, picture.height) == (240, 320)
    corner = opened(picture.full).getpixel((220, 20))
    assert isinstance(corner, tuple) and corner[0] > 230


async def test_colours_come_in_srgb(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    picture = await made(tmp_path, photo("JPEG", icc_profile=profile))  # a profile that does not fit is left out
    assert "icc_profile" not in opened(picture.full).info


async def test_what_is_transparent_hides_nothing(tmp_path: Path) -> None:
    picture = await made(tmp_path, saved(Image.new("RGBA", (64, 64), (255, 0, 0, 0)), "PNG"))
    assert opened(picture.full).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
async def test_every_way_of_writing_pixels_is_read(tmp_path: Path, mode: str) -> None:
    image = Image.new(mode, (64, 48))
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert (await made(tmp_path, saved(image, kind))).width == 64


async def test_large_photo_is_scaled_and_its_preview_is_small(tmp_path: Path) -> None:
    noise = Image.fromarray(np.random.default_rng(7).integers(0, 255, (3_000, 5_000), dtype=np.uint8))
    picture = await made(tmp_path, saved(noise, "JPEG", quality=80))
    assert max(picture.width, picture.height) <= 4_096
    assert len(picture.preview) <= 40_000


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Unfit.KIND),
        (b"hello", Unfit.KIND),
        (b"GIF89a" + bytes(200), Unfit.KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Unfit.KIND),
        (b"%PDF-1.7" + bytes(200), Unfit.KIND),
        (photo("TIFF"), Unfit.KIND),
        (photo()[:700], Unfit.DAMAGED),
        (photo("PNG")[:200], Unfit.DAMAGED),
        (photo("WEBP")[:120], Unfit.DAMAGED),
        (bomb(30_000, 30_000), Unfit.PIXELS),
        (bomb(2_000_000_000, 2), Unfit.PIXELS),
        (saved(Image.new("L", (4, 4)), "PNG"), Unfit.SIDE),
        (photo()[:128] + b"DICM" + bytes(64), Unfit.KIND),
        (radiograph(RAMP, NumberOfFrames=2, PixelData=RAMP.tobytes() * 2), Unfit.FRAMES),
        (radiograph(RAMP, Rows=60_000, Columns=60_000), Unfit.PIXELS),
        (radiograph(RAMP, Rows=4_000), Unfit.DAMAGED),
        (radiograph(RAMP, PixelData=None), Unfit.PIXELLESS),
        (bytes(128) + b"DICM" + bytes(64), Unfit.PIXELLESS),
    ],
)
async def test_what_is_no_picture_is_refused_with_a_sentence(tmp_path: Path, data: bytes, why: Unfit) -> None:
    assert await unfit(tmp_path, data) is why
    assert why.sentence.endswith(".")


async def test_moving_pictures_are_refused(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    for kind in ("WEBP", "PNG"):
        data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        assert await unfit(tmp_path, data) is Unfit.MOVES


async def test_dicom_is_shown_as_its_window_says(tmp_path: Path) -> None:
    window = {"WindowCenter": 1_000, "WindowWidth": 1_000, "BitsStored": 12, "HighBit": 11}
    picture = await made(tmp_path, radiograph(RAMP, **window))
    grey = np.asarray(opened(picture.full))
    assert picture.type == "png" and grey.shape == (16, 4_096)
    assert grey[0, 400] == 0 and grey[0, 1_600] == 255 and abs(int(grey[0, 1_000]) - 128) <= 1
    assert (np.diff(grey[0].astype(int)) >= 0).all()


async def test_rescaled_signed_dicom_is_shown_in_its_own_units(tmp_path: Path) -> None:
    hounsfield = np.tile(np.arange(-1_024, 1_024, dtype=np.int16), (16, 1))
    elements: dict[str, Any] = {"RescaleSlope": 2, "RescaleIntercept": -100, "WindowCenter": 40, "WindowWidth": 400}
    grey = np.asarray(opened((await made(tmp_path, radiograph(hounsfield, **elements))).full))
    middle = int(np.argmin(np.abs(2 * hounsfield[0].astype(int) - 100 - 40)))
    assert abs(int(grey[0, middle]) - 128) <= 1
    assert grey[0, middle - 110] == 0 and grey[0, middle + 110] == 255


async def test_inverted_dicom_without_a_window_uses_all_shades(tmp_path: Path) -> None:
    grey = np.asarray(opened((await made(tmp_path, radiograph(RAMP, PhotometricInterpretation="MONOCHROME1"))).full))
    assert grey[0, 0] == 255 and grey[0, 4_095] == 0


async def test_colour_dicom_is_read(tmp_path: Path) -> None:
    pixels = np.zeros((32, 48, 3), np.uint8)
    pixels[..., 0] = 200
    elements = {"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0}
    assert opened((await made(tmp_path, radiograph(pixels, **elements))).full).getpixel((3, 3)) == (200, 0, 0)


async def test_dicom_header_is_gone(tmp_path: Path) -> None:
    data = radiograph(RAMP, BurnedInAnnotation="YES")
    assert CANARY.encode() in data
    picture = await made(tmp_path, data)
    assert picture.burned_in
    for file in (picture.full, picture.preview):
        assert b"CANARY" not in file and b"Doe" not in file and b"1971" not in file


async def test_foreign_compression_is_refused(tmp_path: Path) -> None:
    from pydicom.encaps import encapsulate

    data = radiograph(RAMP, syntax=JPEGLSLossless, PixelData=encapsulate([b"\xff\xd8\xff\xf7" + bytes(60)]))
    assert await unfit(tmp_path, data) is Unfit.SYNTAX


async def test_largest_picture_that_is_taken_is_made_within_the_limits(tmp_path: Path) -> None:
    picture = await made(tmp_path, saved(Image.new("L", (10_000, 5_000)), "PNG"))
    assert (picture.width, picture.height) == (4_096, 2_048)


async def test_what_needs_more_than_the_limits_harms_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("persistence.pictures.remake.LONGEST_S", 0.0)
    assert await unfit(tmp_path, photo()) is Unfit.HARD
