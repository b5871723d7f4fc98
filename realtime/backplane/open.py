"""Which backplane a URL means."""

from realtime.backplane.base import Backplane
from realtime.backplane.memory import MemoryBackplane


def open_backplane(url: str | None) -> Backplane:
    """The backplane at `url`, not started; the one in memory where there is none.

    Raises `ValueError` where it is no URL of a Redis, with one sentence that holds nothing of the URL.
    """
    if url is None:
        return MemoryBackplane()
    # Imported here, so that the embedded default never loads the client.
    from realtime.backplane.redis import RedisBackplane

    return RedisBackplane(url)
