"""What a doctor photographs or exports: a strip of an ECG, and a chest with a name burned into it. Made, of nobody."""

import math
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.persistence.pictures.files import saved

NAME: Final = "SPECIMEN, JANE  1971-03-04"


def ecg() -> bytes:
    """A strip on pink paper, as PNG."""
    image = Image.new("RGB", (1_200, 420), "#fff6f4")
    draw = ImageDraw.Draw(image)
    for step, colour in ((12, "#fbdcd6"), (60, "#f0aca0")):
        for x in range(0, 1_200, step):
            draw.line((x, 0, x, 420), colour)
        for y in range(0, 420, step):
            draw.line((0, y, 1_200, y), colour)
    draw.line([(x, 250 - 130 * _beat(x % 200 / 200)) for x in range(1_200)], "#1b1b2f", 3)
    return saved(image, "PNG")


def chest() -> bytes:
    """Two lungs in grey, with a name in the corner, as PNG."""
    y, x = np.mgrid[0:900, 0:760] / np.array([900, 760])[:, None, None]
    lungs = sum(np.exp(-((((x - at) / 0.13) ** 2 + ((y - 0.5) / 0.27) ** 2) ** 2)) for at in (0.3, 0.7))
    body = np.exp(-(((x - 0.5) / 0.44) ** 4 + ((y - 0.6) / 0.62) ** 8))
    ribs = 0.12 * (1 + np.sin(60 * (y - 0.25 * (x - 0.5) ** 2))) * body
    grey = np.clip(255 * (0.75 * body - 0.52 * lungs + ribs * 0.6), 0, 255).astype(np.uint8)
    image = Image.fromarray(grey)
    ImageDraw.Draw(image).text((16, 12), NAME, 255, ImageFont.load_default(26))
    return saved(image, "PNG")


def _beat(at: float) -> float:
    """How high the trace stands at this part of a beat."""
    waves = ((0.2, 0.03, 0.15), (0.37, 0.008, -0.12), (0.4, 0.01, 1.3), (0.43, 0.009, -0.3), (0.65, 0.05, 0.3))
    return sum(height * math.exp(-(((at - middle) / width) ** 2)) for middle, width, height in waves)
