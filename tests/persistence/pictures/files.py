"""Files as people bring them, made in the tests: photos with a place in them, radiographs, and bombs."""

import io
import struct
import zlib
from typing import Any, Final

import numpy as np
from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import DigitalXRayImageStorageForPresentation, ExplicitVRLittleEndian, generate_uid

CANARY: Final = "CANARY-Doe-Jane-1971"
GPS: Final = 0x8825


def photo(kind: str = "JPEG", size: tuple[int, int] = (320, 240), mode: str = "RGB", **how: Any) -> bytes:
    """A picture of one red quarter, upper left, on blue."""
    image = Image.new(mode, size, "blue" if mode in ("RGB", "RGBA") else 40)
    image.paste("red" if mode in ("RGB", "RGBA") else 200, (0, 0, size[0] // 2, size[1] // 2))
    return saved(image, kind, **how)


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    """`image` as a file."""
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def tagged() -> Image.Exif:
    """EXIF as a phone writes it: turned, with a name, a comment and a place."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90° clockwise
    exif[0x010E] = CANARY
    exif[0x9286] = CANARY.encode()
    exif[GPS] = {1: "N", 2: (IFDRational(59), IFDRational(54), IFDRational(4711, 100)), 29: CANARY}
    return exif


def tagged_png() -> bytes:
    """A PNG with text chunks and XMP."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Patient", CANARY)
    words.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY}</x>")
    return photo("PNG", pnginfo=words, exif=tagged())


def opened(data: bytes) -> Image.Image:
    """The picture in a file, decoded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def bomb(width: int, height: int) -> bytes:
    """A PNG of so many black pixels, as small as deflate makes it; its rows are there for the first few only."""
    rows = zlib.compress(bytes(4_000_000), 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def radiograph(pixels: "np.ndarray[Any, Any]", **elements: Any) -> bytes:
    """A DICOM file of these grey values, with a patient in its header; `elements` are set or, as None, left out."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = elements.pop("syntax", ExplicitVRLittleEndian)
    meta.MediaStorageSOPClassUID = DigitalXRayImageStorageForPresentation
    meta.MediaStorageSOPInstanceUID = generate_uid()
    dataset = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    dataset.PatientName, dataset.PatientID, dataset.PatientBirthDate = CANARY.replace("-", "^"), CANARY, "19710101"
    dataset.SOPClassUID, dataset.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    given = {
        "Rows": pixels.shape[0],
        "Columns": pixels.shape[1],
        "SamplesPerPixel": 1,
        "PhotometricInterpretation": "MONOCHROME2",
        "BitsAllocated": pixels.dtype.itemsize * 8,
        "BitsStored": pixels.dtype.itemsize * 8,
        "HighBit": pixels.dtype.itemsize * 8 - 1,
        "PixelRepresentation": int(pixels.dtype.kind == "i"),
        "PixelData": pixels.tobytes(),
    }
    for name, value in (given | elements).items():
        if value is not None:
            setattr(dataset, name, value)
    out = io.BytesIO()
    dataset.save_as(out, enforce_file_format=True)
    return out.getvalue()
