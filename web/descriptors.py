"""Enough file descriptors: each seat takes one, and in the demo both ends of a connection are in this process."""

import resource
from contextlib import suppress
from typing import Final

NEEDED: Final = 65_536


def allow_many_descriptors() -> None:
    """Raise the process's soft limit, as far as its hard one lets it: some systems begin with 256."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = NEEDED if hard == resource.RLIM_INFINITY else min(NEEDED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
