"""Enough file descriptors: both ends of each of the cast's connections are in this process."""

import resource
from contextlib import suppress
from typing import Final

NEEDED: Final = 4_096


def allow_many_descriptors() -> None:
    """Raise the process's soft limit, as far as its hard one lets it: some systems begin with 256."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = NEEDED if hard == resource.RLIM_INFINITY else min(NEEDED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
