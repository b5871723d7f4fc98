"""The kinds of sites that a drill breaks, and how one of each is had."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

from drill.cluster import Cluster, cluster
from drill.embedded import Embedded, embedded
from drill.site import Site
from drill.watched import Watched

SITES: Final[dict[type[Site], Callable[[Path, Random], AbstractAsyncContextManager[Any]]]] = {
    Cluster: partial(cluster, kind=Cluster),
    Watched: partial(cluster, kind=Watched),
    Embedded: embedded,
}
