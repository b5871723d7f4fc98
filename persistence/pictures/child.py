"""The process that reads one file that somebody brought: it may do nothing but that, for a while.

The file is its standard input, what it made of it its standard output. Whatever a decoder can be talked into happens
here, without the server's memory, environment, files or right to start programs.
"""

import io
import resource
import sys
from contextlib import suppress
from typing import IO, Final

import msgspec

from persistence.pictures.unfit import FILE_BYTES, NotTaken, Unfit

MEMORY_BYTES: Final = 2 * 1_073_741_824
CPU_S: Final = 40
_LIMITS: Final = (
    (resource.RLIMIT_AS, MEMORY_BYTES),
    (resource.RLIMIT_CPU, CPU_S),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NPROC, 0),
)
_STARTS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


def main() -> None:
    """Write msgpack: what was made, or the name of what is wrong."""
    for limit, most in _LIMITS:
        with suppress(ValueError, OSError):  # not every system keeps every limit
            resource.setrlimit(limit, (most, most))
    try:
        answer = msgspec.msgpack.encode(_made(sys.stdin.buffer))
    except NotTaken as refused:
        answer = msgspec.msgpack.encode(refused.unfit.name)
    except MemoryError:
        answer = msgspec.msgpack.encode(Unfit.HARD.name)
    except Exception:  # a decoder may raise anything on hostile bytes, and may say some of them
        answer = msgspec.msgpack.encode(Unfit.DAMAGED.name)
    sys.stdout.buffer.write(answer)


def _made(file: IO[bytes]) -> object:
    data = file.read(FILE_BYTES + 1)
    is_still, is_dicom = data.startswith(_STARTS), data[128:132] == b"DICM"
    if is_still is is_dicom:  # neither, or a file that is taken for one thing by one reader, for another by the next
        raise NotTaken(Unfit.KIND)
    from persistence.pictures.still import limit_pixels

    limit_pixels()
    return _of_dicom(io.BytesIO(data)) if is_dicom else _of_still(io.BytesIO(data))


def _of_still(file: IO[bytes]) -> object:
    from persistence.pictures.made import made
    from persistence.pictures.still import still

    image, lossless = still(file)
    return made(image, lossless=lossless)


def _of_dicom(file: IO[bytes]) -> object:
    from persistence.pictures.dicom import dicom, says_burned_in
    from persistence.pictures.made import made

    image, lossless = dicom(file)
    return msgspec.structs.replace(made(image, lossless=lossless), burned_in=says_burned_in(file))


if __name__ == "__main__":
    main()
