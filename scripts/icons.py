"""Draws the icons of the installed app, as `web/ui/src/design/mark.svg` has the mark: `python -m scripts.icons`."""

from math import cos, radians, sin
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

ICONS: Final = Path(__file__).parent.parent / "web" / "ui" / "src" / "design" / "icons"
GROUND: Final = "#0b6a62"
# Drawn larger, then made small: the edges are smooth.
FINER: Final = 4
# Name, pixels, how round the corners are of 32. Where the system cuts them itself they are not.
MADE: Final = (("icon-192", 192, 8), ("icon-512", 512, 8), ("whole-512", 512, 0), ("touch-180", 180, 0))


def drawn(pixels: int, round_by: float) -> Image.Image:
    """The mark: an open ring around a point."""
    side = pixels * FINER
    image = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(image)
    unit = side / 32
    draw.rounded_rectangle((0, 0, side - 1, side - 1), round_by * unit, GROUND)
    # The line is as wide as the SVG's: Pillow draws it inside of the circle.
    outer, width, turn = 9.7 * unit, 3.4 * unit, 35.1
    centre = side / 2
    draw.arc(_circle(centre, centre, outer), turn, 360 - turn, "white", round(width))
    for angle in (radians(turn), radians(-turn)):
        ring = outer - width / 2
        draw.ellipse(_circle(centre + ring * cos(angle), centre + ring * sin(angle), width / 2), "white")
    draw.ellipse(_circle(centre, centre, 2.6 * unit), "white")
    return image.resize((pixels, pixels), Image.Resampling.LANCZOS)


def _circle(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return x - radius, y - radius, x + radius, y + radius


if __name__ == "__main__":
    for name, pixels, round_by in MADE:
        drawn(pixels, round_by).quantize(64).save(ICONS / f"{name}.png", optimize=True)
