"""Clients that hang up: whatever is done for them alone ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request

T = TypeVar("T")


async def unless_gone(request: Request, answer: Awaitable[T]) -> T:
    """The answer to a request whose body has been read. Raises ClientDisconnect when nobody waits for it."""
    working = asyncio.ensure_future(answer)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return await working
    finally:
        leaving.cancel()
        working.cancel()
        await asyncio.gather(leaving, working, return_exceptions=True)


async def _gone(request: Request) -> None:
    """Returns when the client has hung up. The body has been read, so nothing else can come."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
