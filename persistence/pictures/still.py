"""A JPEG, PNG or WebP file as pixels: upright, in sRGB, without anything that came along with them."""

import io
import warnings
from typing import IO, Final

from PIL import Image, ImageCms, ImageOps

from persistence.pictures.unfit import MOST_PIXELS, NotTaken, Unfit

LONGEST_PX: Final = 4_096
"""A longer side is made so long: finer than any screen that shows it, and all of a 14-bit detector's usual 4,096."""
SHORTEST_PX: Final = 8
_FORMATS: Final = ("JPEG", "PNG", "WEBP")


def limit_pixels() -> None:
    """From now on Pillow itself refuses pictures that are too large, also those within other files."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # it refuses what is over twice that
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)


def still(file: IO[bytes]) -> tuple[Image.Image, bool]:
    """The pixels, RGB or grey (mode L), and whether the file had lost none of them. Raises `NotTaken`."""
    image = _opened(file)
    check_size(*image.size)
    # MPO is what some phones write as JPEG: the first picture is the one that was taken.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise NotTaken(Unfit.MOVES)
    lossless = image.format == "PNG" or (image.format == "WEBP" and _is_lossless_webp(file))
    image.draft(None, (LONGEST_PX, LONGEST_PX))  # of a very large JPEG only as much is decoded as is kept
    try:
        image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NotTaken(Unfit.DAMAGED) from error
    return _plain(ImageOps.exif_transpose(image)), lossless


def check_size(width: int, height: int) -> None:
    """Return if so many pixels are taken. Raises `NotTaken`."""
    if width * height > MOST_PIXELS:
        raise NotTaken(Unfit.PIXELS)
    if min(width, height) < SHORTEST_PX:
        raise NotTaken(Unfit.SIDE)


def _opened(file: IO[bytes]) -> Image.Image:
    try:
        return Image.open(file, formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise NotTaken(Unfit.PIXELS) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise NotTaken(Unfit.DAMAGED) from error


def _is_lossless_webp(file: IO[bytes]) -> bool:
    """Whether the first picture's chunk is `VP8L` (RFC 9649 §2.6)."""
    at = file.tell()
    file.seek(0)
    head = file.read(65_536)
    file.seek(at)
    return b"VP8L" in head and b"VP8 " not in head


def _plain(image: Image.Image) -> Image.Image:
    """RGB or L in sRGB; what is transparent is white, for hidden colours must not stay."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    grey = image.mode in ("1", "L", "LA")
    image = _in_srgb(image)
    if image.has_transparency_data:
        over = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", over.size, "white"), over)
    return image.convert("L" if grey else "RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return made if made is not None else image
