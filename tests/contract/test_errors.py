"""Errors as bodies: four keys, in the dialect's order, whatever the message holds."""

from __future__ import annotations

import inspect

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egaku.contract.errors import LEGACY_KEYS, TYPED_KEYS, ApiError, ServerError

KINDS = {
    "InvalidRequest": (400, "invalid_request_error"),
    "AuthenticationError": (401, "invalid_request_error"),
    "PermissionDenied": (403, "invalid_request_error"),
    "NotFound": (404, "invalid_request_error"),
    "MethodNotAllowed": (405, "invalid_request_error"),
    "RateLimited": (429, "requests"),
    "Overloaded": (503, "server_error"),
    "ServerError": (500, "server_error"),
    "RequestTimeout": (408, "invalid_request_error"),
    "HeadTooLarge": (431, "invalid_request_error"),
    "StorageFull": (507, "server_error"),
    "StorageUnavailable": (503, "server_error"),
}


def test_kinds() -> None:
    classes = ApiError.__subclasses__()
    assert {found.__name__: (found.status, found.type) for found in classes} == KINDS
    assert not {found.status for found in classes} & {409, 413, 422}


@pytest.mark.parametrize("keys", [LEGACY_KEYS, TYPED_KEYS])
@given(message=st.text(st.characters()), param=st.none() | st.text(), code=st.none() | st.text())
def test_bodies(keys: tuple[str, ...], message: str, param: str | None, code: str | None) -> None:
    """Lone surrogates too, which no JSON text can hold."""
    error = ApiError(message, param=param, code=code)
    error.keys = keys
    found = orjson.loads(error.body())
    assert list(found) == ["error"]
    assert tuple(found["error"]) == keys
    assert found["error"]["message"] == message.encode("utf-8", "backslashreplace").decode()


def test_a_server_error_says_one_thing() -> None:
    assert str(ServerError()) == "The server had an error while processing your request. Sorry about that!"
    assert not inspect.signature(ServerError).parameters
