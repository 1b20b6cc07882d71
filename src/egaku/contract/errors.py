"""Every error a caller can meet. The public sentence is decided where the error is made.

    ApiError
      InvalidRequest      400  the request is wrong; repeating it unchanged cannot help
      AuthenticationError 401  no key, or a wrong one
      PermissionDenied    403  the link or the key does not allow this
      NotFound            404  no such path, model or object
      MethodNotAllowed    405  the path exists, the method does not
      RequestTimeout      408  the request came too slowly; SDKs try again
      HeadTooLarge        431  more header fields than any client needs
      RateLimited         429  too many images; Retry-After says when
      Overloaded          503  the queue is full or the server is stopping; Retry-After says when
      StorageUnavailable  503  disk, database or bucket refuses for now; Retry-After says when to come back
      StorageFull         507  no room left to store the answer; SDKs are told not to repeat it
      ServerError         500  our fault; the log has the reason, the body never does

Input faults are always 400: openai-python 0.28 turns 413 and 422 into a bare APIError, and SDKs retry 409.
"""

from __future__ import annotations

from collections.abc import Mapping

import orjson

LEGACY_KEYS: tuple[str, ...] = ("code", "message", "param", "type")
"""Key order of 2022-2024 bodies."""

TYPED_KEYS: tuple[str, ...] = ("message", "type", "param", "code")
"""Key order of bodies since gpt-image-1."""


class ApiError(Exception):
    """An error in the API's own shape: all four keys are always sent, null where there is nothing to say."""

    status = 400
    type = "invalid_request_error"

    def __init__(
        self,
        message: str,
        *,
        param: str | None = None,
        code: str | None = None,
        type: str | None = None,  # noqa: A002  the wire's own name for it
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.param = param
        self.code = code
        self.type = type or self.type
        self.headers = dict(headers or {})
        self.keys = LEGACY_KEYS

    def payload(self) -> dict[str, dict[str, str | None]]:
        """The body as an object: {"error": {message, type, param, code}} in the dialect's key order."""
        return {"error": {key: getattr(self, key) for key in self.keys}}

    def body(self) -> bytes:
        """The body as JSON bytes."""
        # A lone surrogate that JSON let in cannot be encoded as UTF-8; it is echoed escaped instead.
        try:
            return orjson.dumps(self.payload())
        except TypeError:
            self.message = self.message.encode("utf-8", "backslashreplace").decode()
            return orjson.dumps(self.payload())


class InvalidRequest(ApiError):
    """The request is wrong; the message says what and `param` which."""


class AuthenticationError(ApiError):
    """No key, or a wrong one."""

    status = 401


class PermissionDenied(ApiError):
    """The link has expired or was altered, or the key may not do this."""

    status = 403


class NotFound(ApiError):
    """No such path, model or object."""

    status = 404


class MethodNotAllowed(ApiError):
    """The path exists, the method does not; the Allow header lists those that do."""

    status = 405


class RequestTimeout(ApiError):
    """The client did not send its request in time."""

    status = 408


class HeadTooLarge(ApiError):
    """Request line and header fields are larger than the server reads."""

    status = 431


class RateLimited(ApiError):
    """More images than the key may draw in this minute."""

    status = 429
    type = "requests"


class Overloaded(ApiError):
    """The queue is full or the server is stopping."""

    status = 503
    type = "server_error"


class StorageUnavailable(ApiError):
    """A disk, database or bucket that refuses, is locked, or is away; the next request asks it anew."""

    status = 503
    type = "server_error"

    def __init__(self, retry_seconds: int) -> None:
        super().__init__(
            "The server cannot reach its storage at the moment. Please try again in a few seconds.",
            code="storage_unavailable",
            headers={"Retry-After": str(retry_seconds)},
        )


class StorageFull(ApiError):
    """No room left. Repeating it at once would draw in vain, so SDKs are told not to."""

    status = 507
    type = "server_error"

    def __init__(self) -> None:
        super().__init__(
            "The server has no room left to store the result. Its operator has to free some; pictures asked "
            "for as b64_json need none.",
            code="storage_full",
            headers={"X-Should-Retry": "false"},
        )


class ServerError(ApiError):
    """Our fault. One fixed sentence: exception texts leak addresses, paths and prompts."""

    status = 500
    type = "server_error"

    def __init__(self) -> None:
        super().__init__("The server had an error while processing your request. Sorry about that!")
