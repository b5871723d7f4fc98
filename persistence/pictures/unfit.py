"""Why a file is not taken as a picture: one sentence each."""

from enum import Enum
from typing import Final

MOST_PIXELS: Final = 50_000_000
FILE_BYTES: Final = 32 * 1_048_576
"""A radiograph of 16 megapixels, uncompressed, takes so much."""


class Unfit(Enum):
    """What is wrong with a file, and what to do."""

    KIND = "This file is no JPEG, PNG, WebP or DICOM picture. Save it as one of these and bring that."
    DAMAGED = "This picture is damaged or cut off. Save it again and bring that."
    PIXELS = "This picture has more than 50 million pixels. Make it smaller and bring that."
    SIDE = "A side of this picture is shorter than 8 pixels. Bring a larger one."
    MOVES = "This picture moves. Save the frame that matters as a still picture and bring that."
    FRAMES = "This DICOM file holds several frames. Export the one that matters and bring that."
    SYNTAX = "This DICOM file is compressed in a way that is not read here. Export it uncompressed, or as PNG."
    PIXELLESS = "This DICOM file holds no picture. Export the image and bring that."
    HARD = "This file takes too long or too much memory to read. Save it anew, as PNG or JPEG, and bring that."

    @property
    def sentence(self) -> str:
        """What is wrong and what to do."""
        return self.value


class NotTaken(Exception):
    """This file is not taken as a picture."""

    def __init__(self, unfit: Unfit) -> None:
        super().__init__(unfit.name)
        self.unfit = unfit
