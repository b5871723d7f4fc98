"""A server that takes its time, so that a person can be faster."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page, Route


@asynccontextmanager
async def slow_answers(page: Page, address: str) -> AsyncIterator[list[str]]:
    """What is posted to `address` is answered when the block ends; what it was comes as a list."""
    posted: list[str] = []
    over = asyncio.Event()

    async def hold(route: Route) -> None:
        if route.request.method == "POST":
            posted.append(route.request.post_data or "")
            await over.wait()
        await route.fallback()

    await page.route(address, hold)
    try:
        yield posted
    finally:
        over.set()
