"""Passwords: argon2id (RFC 9106 §4, the second recommended option), hashed off the loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from realtime.errors import Unavailable

# NIST SP 800-63B-4 §3.1.1.2 asks for 15 characters where a password is all that is asked for.
PASSWORD_CHARS: Final = 15

T = TypeVar("T")

_hasher = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4, hash_len=32, salt_len=16, type=Type.ID)
# What cannot be guessed needs no stretching.
_light = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1, type=Type.ID)
# The hash of a password that nobody has, with the parameters above: an unknown handle costs what a known one does.
_nobodys = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
# Each hash takes 64 MiB and a core: few at a time, and a queue that is answered within seconds.
_AT_ONCE = 2
_MOST_WAITING = 64


def hashed(password: str, *, random: bool = False) -> str:
    """The hash of `password` to keep. Takes about 0.1 s, and no time for one that is `random`, 96 bits or more."""
    return (_light if random else _hasher).hash(password)


class Passwords:
    """Compares passwords in threads of its own."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="passwords")
        self._waiting = 0

    async def match(self, kept: str | None, password: str) -> bool:
        """Whether `password` has the hash `kept`; None takes as long and is never so.

        Raises `Unavailable` while too many others are waiting.
        """
        return await self._run(lambda: _matches(kept, password))

    async def hashed(self, password: str) -> str:
        """The hash of `password` to keep. Raises as `match` does."""
        return await self._run(lambda: hashed(password))

    async def _run(self, fn: Callable[[], T]) -> T:
        if self._waiting >= _MOST_WAITING:
            raise Unavailable("Too many people are signing in at once. Try again in a moment.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, fn)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Wait for what is being compared and end the threads."""
        self._threads.shutdown()


def _matches(kept: str | None, password: str) -> bool:
    try:
        return _hasher.verify(kept or _nobodys, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
