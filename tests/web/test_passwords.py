import asyncio
import time

import pytest

from realtime.errors import Unavailable
from web.signin.passwords import Passwords, hashed

PASSWORD = "correct horse battery"
KEPT = hashed(PASSWORD)


async def test_only_the_right_password_matches() -> None:
    passwords = Passwords()
    assert await passwords.match(KEPT, PASSWORD)
    assert not await passwords.match(KEPT, PASSWORD + " ")
    assert not await passwords.match("not a hash", PASSWORD)
    assert await passwords.match(hashed(PASSWORD, random=True), PASSWORD)
    passwords.close()


async def test_an_unknown_person_costs_what_a_known_one_does() -> None:
    passwords = Passwords()
    known, unknown = [], []
    for _ in range(3):
        known.append(await _seconds(passwords, KEPT))
        unknown.append(await _seconds(passwords, None))
    passwords.close()
    assert min(unknown) > min(known) / 2


async def test_the_loop_goes_on_while_passwords_are_compared() -> None:
    passwords = Passwords()
    comparing = asyncio.create_task(passwords.match(KEPT, PASSWORD))
    turns = 0
    while not comparing.done():
        await asyncio.sleep(0)
        turns += 1
    passwords.close()
    assert turns > 10


async def test_too_many_at_once_are_told_to_come_back() -> None:
    passwords = Passwords()
    light = hashed(PASSWORD, random=True)
    waiting = [asyncio.create_task(passwords.match(light, PASSWORD)) for _ in range(64)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable, match="signing in at once"):
        await passwords.match(light, PASSWORD)
    assert all(await asyncio.gather(*waiting))
    assert await passwords.match(light, PASSWORD)
    passwords.close()


async def _seconds(passwords: Passwords, kept: str | None) -> float:
    began = time.perf_counter()
    assert not await passwords.match(kept, "wrong")
    return time.perf_counter() - began
