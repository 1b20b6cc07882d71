"""What nobody foresaw: one fixed 500 for the caller, its kind and place for the log, its words for nobody."""

from __future__ import annotations

import traceback

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from egaku.api.envelope import error_response
from egaku.api.state import Exchange
from egaku.contract.errors import ServerError

log = structlog.get_logger(__name__)


class Faults:
    """ASGI middleware inside Starlette's own, which would answer in plain text."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        except Exception as error:  # noqa: BLE001  nothing an exception says may reach the caller or the log
            exchange: Exchange = scope["egaku.exchange"]
            exchange.error = ServerError.type
            log.error("request failed", request_id=exchange.request_id, **_describe(error))  # noqa: TRY400
            if begun:
                raise RuntimeError("the answer broke off") from None
            await error_response(ServerError())(scope, receive, send)


def _describe(error: Exception) -> dict[str, object]:
    """Kind and place of an exception, without its words: they can hold prompts and keys."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return {
        "kind": type(error).__name__,
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
