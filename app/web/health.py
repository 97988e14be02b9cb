"""Two addresses for whatever watches over the server: does it live, and could it serve. No word more than that."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from pipelines.flows import readiness

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

LIVES, READY = "/healthz", "/readyz"
# Seconds an answer holds, so that asking often costs nothing.
_HOLDS = 5.0


def routes(home: Path) -> list[Route]:
    """The two routes over one home."""
    asking = asyncio.Lock()
    known: dict[str, tuple[bool, float]] = {}

    async def lives(_: Request) -> PlainTextResponse:
        return PlainTextResponse("lives\n")

    async def ready(_: Request) -> PlainTextResponse:
        async with asking:
            is_ready, until = known.get(READY, (False, 0.0))
            if monotonic() >= until:
                is_ready = await run_in_threadpool(readiness.ready, home)
                known[READY] = (is_ready, monotonic() + _HOLDS)
        return PlainTextResponse("ready\n") if is_ready else PlainTextResponse("not ready\n", 503)

    return [Route(LIVES, lives, methods=["GET"]), Route(READY, ready, methods=["GET"])]
