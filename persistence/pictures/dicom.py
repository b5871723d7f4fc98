"""A DICOM file as pixels: windowed as the file asks for (PS3.3 C.11), none of its header kept."""

from typing import IO, Final

import numpy as np
import pydicom
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import FileDataset
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut, apply_voi_lut
from pydicom.pixels.utils import pixel_array
from pydicom.uid import (
    JPEG2000,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    RLELossless,
)

from persistence.pictures.still import check_size
from persistence.pictures.unfit import NotTaken, Unfit

LOSSLESS: Final = frozenset(
    (ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEG2000Lossless, RLELossless)
)
READ: Final = LOSSLESS | {JPEGBaseline8Bit, JPEG2000}
"""The transfer syntaxes that Pillow and pydicom read."""


def dicom(file: IO[bytes]) -> tuple[Image.Image, bool]:
    """The pixels, RGB or grey (mode L), and whether the file had lost none of them. Raises `NotTaken`."""
    dataset = _read(file)
    pixels = pixel_array(dataset)
    if dataset.PhotometricInterpretation == "PALETTE COLOR":
        colours = apply_color_lut(pixels, dataset)
        return Image.fromarray(_stretched(colours, 0, np.iinfo(colours.dtype).max)), True
    lossless = dataset.file_meta.TransferSyntaxUID in LOSSLESS
    if pixels.ndim == 3:
        return Image.fromarray(_stretched(pixels, 0, 2**dataset.BitsStored - 1)), lossless
    return Image.fromarray(_windowed(pixels, dataset)), lossless


def says_burned_in(file: IO[bytes]) -> bool:
    """Whether the file itself says that words are burned into its pixels (0028,0301)."""
    file.seek(0)
    dataset = pydicom.dcmread(file, stop_before_pixels=True, specific_tags=["BurnedInAnnotation"])
    return str(dataset.get("BurnedInAnnotation", "")).upper() == "YES"


def _read(file: IO[bytes]) -> FileDataset:
    dataset = pydicom.dcmread(file)
    if "PixelData" not in dataset:
        raise NotTaken(Unfit.PIXELLESS)
    if int(dataset.get("NumberOfFrames") or 1) > 1:
        raise NotTaken(Unfit.FRAMES)
    check_size(int(dataset.Columns), int(dataset.Rows))
    if dataset.file_meta.TransferSyntaxUID not in READ:
        raise NotTaken(Unfit.SYNTAX)
    return dataset


def _windowed(pixels: NDArray[np.generic], dataset: FileDataset) -> NDArray[np.uint8]:
    values = apply_modality_lut(pixels, dataset)
    if "VOILUTSequence" in dataset:
        low, high = 0.0, 2.0 ** int(dataset.VOILUTSequence[0].LUTDescriptor[2]) - 1
        values = apply_voi_lut(values, dataset)
    elif "WindowCenter" in dataset and "WindowWidth" in dataset:
        low, high = _range(dataset)
        values = apply_voi_lut(values, dataset)
    else:
        low, high = float(values.min()), float(values.max())
    shades = _stretched(values, low, high)
    inverted = str(dataset.PhotometricInterpretation) == "MONOCHROME1"
    return np.subtract(255, shades, dtype=np.uint8) if inverted else shades


def _range(dataset: FileDataset) -> tuple[float, float]:
    """Between which values pydicom puts a window's ends: all that the pixels could say, rescaled."""
    bits = int(dataset.BitsStored)
    if "ModalityLUTSequence" in dataset:
        return 0.0, 2.0 ** int(dataset.ModalityLUTSequence[0].LUTDescriptor[2]) - 1
    low, high = (-(2.0 ** (bits - 1)), 2.0 ** (bits - 1) - 1) if dataset.PixelRepresentation else (0.0, 2.0**bits - 1)
    slope, intercept = float(dataset.get("RescaleSlope") or 1), float(dataset.get("RescaleIntercept") or 0)
    return low * slope + intercept, high * slope + intercept


def _stretched(values: NDArray[np.generic], low: float, high: float) -> NDArray[np.uint8]:
    """From `low` to `high` in 256 shades."""
    if (low, high) == (0, 255) and values.dtype == np.uint8:
        return values.astype(np.uint8)
    if high <= low:
        return np.zeros(values.shape, np.uint8)
    scaled = (values.astype(np.float32) - np.float32(low)) * np.float32(255 / (high - low))
    shades: NDArray[np.uint8] = np.clip(np.rint(scaled), 0, 255).astype(np.uint8)
    return shades
