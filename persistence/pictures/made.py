"""Pixels as the two files that are kept of a picture: one to look at closely, and a small one for a bad line."""

import io
from typing import Any, Final

from PIL import Image

from persistence.pictures.answer import Made
from persistence.pictures.still import LONGEST_PX

PREVIEW_BYTES: Final = 40_000
MOST_BYTES: Final = 16 * 1_048_576
# Whichever is small enough first: a side in px, and WebP's quality.
_PREVIEWS: Final = ((720, 72), (720, 55), (560, 55), (560, 40), (420, 40), (320, 30), (240, 20))


def made(image: Image.Image, *, lossless: bool) -> Made:
    """`image` as files that hold its pixels and nothing else.

    What came without loss is kept without loss, so that a radiograph is what it was; what came as JPEG is kept as one
    of high quality with all of its colours (4:4:4): redness of a skin must not be smeared. What would be too large
    without loss is kept as JPEG, too.
    """
    image = _bare(image)
    image.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS)
    full, kind = (_saved(image, "PNG", compress_level=6), "png") if lossless else (b"", "jpeg")
    if not full or len(full) > MOST_BYTES:
        full, kind = _saved(image, "JPEG", quality=93, subsampling=0, progressive=True), "jpeg"
    return Made(kind, *image.size, full, _preview(image))


def _bare(image: Image.Image) -> Image.Image:
    """The same pixels in a picture that never knew anything else: savers add what a picture was opened with."""
    return Image.frombytes(image.mode, image.size, image.tobytes())


def _preview(image: Image.Image) -> bytes:
    for side, quality in _PREVIEWS:
        small = image.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        preview = _saved(small, "WEBP", quality=quality, method=4)
        if len(preview) <= PREVIEW_BYTES:
            break
    return preview


def _saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()
