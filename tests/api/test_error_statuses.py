"""The rows of the error table that no field brings about: bodies, keys, links, paths, limits, our own faults."""

# ruff: noqa: E501  sentences of the wire stay whole, to be found by search

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.api.answers import EDITS, GENERATIONS, VARIATIONS, Refusal, assert_refused, legacy, typed
from tests.api.conftest import NARROW_LIMIT
from tests.server import ServerProcess

NOT_JSON = legacy(
    "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP "
    "library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON. If you "
    "have trouble figuring out how to fix this, please read the API reference of the client you use.)"
)
DEEP = b'{"prompt":' + b"[" * 10_000 + b"]" * 10_000 + b"}"

RETRY = {"retry-after": "60|[1-5]?[0-9]", "retry-after-ms": "60000|[1-5]?[0-9]{4}"}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"a"', b"null", b"\xff{", b'{"prompt":"a"}x', b'{"n":NaN}', DEEP]
)
@pytest.mark.parametrize("path", [GENERATIONS, EDITS])
def test_not_json(client: httpx.Client, path: str, body: bytes) -> None:
    answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert_refused(answer, NOT_JSON)


CONTENT_TYPES = [
    (GENERATIONS, "multipart/form-data; boundary=x", "Invalid Content-Type header (multipart/form-data), expected application/json."),
    (GENERATIONS, "text/plain", "Invalid Content-Type header (text/plain), expected application/json."),
    (EDITS, "text/plain", "Invalid Content-Type header (text/plain), expected multipart/form-data."),
    (VARIATIONS, "application/json", "Invalid Content-Type header (application/json), expected multipart/form-data."),
    (VARIATIONS, "multipart/form-data", "The Content-Type header must be multipart/form-data with a boundary. Most clients set it themselves when it is left out."),
    (VARIATIONS, "multipart/form-data; boundary=x", "The form is not valid multipart/form-data."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "kind", "message"), CONTENT_TYPES)
def test_wrong_content_type(client: httpx.Client, path: str, kind: str, message: str) -> None:
    assert_refused(client.post(path, content=b"prompt=a", headers={"Content-Type": kind}), legacy(message))


def test_json_without_its_content_type_is_taken(client: httpx.Client) -> None:
    """What `curl -d` sends."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post(GENERATIONS, content=b' {"prompt":"a"}', headers=headers).status_code == 200


def test_json_body_too_large(client: httpx.Client) -> None:
    answer = client.post(GENERATIONS, json={"prompt": "a", "x": "x" * 2**20})
    assert_refused(answer, legacy("The request body is larger than 1 MB."))


BEARER = {"www-authenticate": "Bearer"}
NO_KEY = legacy(
    "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API from your browser and are prompted for a username and password. You can obtain an API key from whoever runs this server (egaku keys create).",
    status=401,
    headers=BEARER,
)
WRONG_KEY = legacy(
    "Incorrect API key provided: sk-***. You can find your API key at https://beta.openai.com.",
    code="invalid_api_key",
    status=401,
    headers=BEARER,
)


@pytest.mark.parametrize("path", [GENERATIONS, EDITS, VARIATIONS])
def test_no_key(key_client: httpx.Client, path: str) -> None:
    assert_refused(key_client.post(path, json={"prompt": "a"}), NO_KEY)


@pytest.mark.parametrize("path", ["/v1/models", "/v1/models/x"])
def test_no_key_for_models(key_client: httpx.Client, path: str) -> None:
    assert_refused(key_client.get(path), NO_KEY)


def test_wrong_key(key_client: httpx.Client) -> None:
    headers = {"Authorization": "Bearer sk-wrong"}
    assert_refused(key_client.post(GENERATIONS, json={"prompt": "a"}, headers=headers), WRONG_KEY)


def test_a_key_is_judged_before_the_body(key_client: httpx.Client) -> None:
    assert_refused(key_client.post(GENERATIONS, content=b"{"), NO_KEY)


INVALID_LINK = legacy(
    "This link has expired or is not valid. Links are valid for a limited time; draw the picture again.",
    code="invalid_link",
    status=403,
)


@pytest.mark.parametrize("path", ["/files/img-" + "a" * 24 + ".png?st=1", "/files/x"])
def test_invalid_link(client: httpx.Client, path: str) -> None:
    assert_refused(client.get(path), INVALID_LINK)


MISSING_PATHS = [
    ("POST", "/v1/images/x"), ("GET", "/v2/models"), ("POST", "/v1"), ("DELETE", "/nothing"), ("GET", "/files"),
    ("GET", "/files/a/b"), ("POST", "/v1/images"), ("GET", "/v1//engines"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), MISSING_PATHS)
def test_unknown_path(client: httpx.Client, method: str, path: str) -> None:
    assert_refused(client.request(method, path), legacy(f"Invalid URL ({method} {path})", status=404))


def test_unknown_model(client: httpx.Client) -> None:
    expected = legacy("The model 'x' does not exist", param="model", code="model_not_found", status=404)
    assert_refused(client.get("/v1/models/x"), expected)


WRONG_METHODS = [
    ("GET", GENERATIONS, "POST"), ("PUT", EDITS, "POST"), ("DELETE", VARIATIONS, "POST"),
    ("POST", "/v1/models", "GET, HEAD"), ("PATCH", "/v1/models/x", "GET, HEAD"), ("POST", "/files/x", "DELETE, GET, HEAD"),
    ("POST", "/healthz", "GET, HEAD"), ("OPTIONS", "/readyz", "GET, HEAD"),
    ("PUT", "/v1/jobs/x", "DELETE, GET, HEAD"), ("GET", "/v1/jobs/x/cancel", "POST"),
    ("PUT", "/v1/organization/api_keys", "GET, HEAD, POST"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "allowed"), WRONG_METHODS)
def test_wrong_method(client: httpx.Client, method: str, path: str, allowed: str) -> None:
    expected = legacy(
        f"Not allowed to {method} on {path}. (HINT: Perhaps you meant to use a different HTTP method?)",
        code="method_not_supported",
        status=405,
        headers={"allow": allowed},
    )
    assert_refused(client.request(method, path), expected)


def _rate_limited(limit: int, current: int, *, in_typed_order: bool, hopeless: bool) -> Refusal:
    message = (
        f"Rate limit exceeded for images per minute in organization org-egaku. Limit: {limit}/1min. "
        f"Current: {current}/1min. Please visit https://platform.openai.com/docs/guides/rate-limits to learn how "
        "to increase your rate limit."
    )
    headers = {
        "retry-after": r"60|[1-5]?[0-9]",
        "retry-after-ms": r"60000|[1-5]?[0-9]{4}",
        **({"x-should-retry": "false"} if hopeless else {}),
    }
    if in_typed_order:
        return typed(message, None, "rate_limit_exceeded", "requests", status=429, headers=headers)
    return legacy(message, code="rate_limit_exceeded", kind="requests", status=429, headers=headers)


@pytest.mark.parametrize("model", [None, "gpt-image-1"])
def test_rate_limited(narrow_client: httpx.Client, model: str | None) -> None:
    for n in range(NARROW_LIMIT):
        good = narrow_client.post(GENERATIONS, json={"prompt": "a", "size": "256x256"})
        assert good.status_code == 200
        assert good.headers["x-ratelimit-remaining-images"] == str(NARROW_LIMIT - n - 1)
    answer = narrow_client.post(GENERATIONS, json={"prompt": "a", "model": model})
    expected = _rate_limited(NARROW_LIMIT, NARROW_LIMIT + 1, in_typed_order=bool(model), hopeless=False)
    assert_refused(answer, expected)
    assert answer.headers["x-ratelimit-remaining-images"] == "0"
    assert 1 <= int(answer.headers["retry-after"]) <= 60


def test_rate_limited_for_ever(narrow_client: httpx.Client) -> None:
    """More at once than a minute allows: a client that retried could never succeed."""
    answer = narrow_client.post(GENERATIONS, json={"prompt": "a", "n": NARROW_LIMIT + 1})
    assert_refused(answer, _rate_limited(NARROW_LIMIT, NARROW_LIMIT + 1, in_typed_order=False, hopeless=True))
    assert answer.headers["x-ratelimit-remaining-images"] == str(NARROW_LIMIT)


@contextmanager
def _busy(client: httpx.Client, prompts: list[str]) -> Iterator[list[httpx.Response]]:
    """Drawings under way in threads of their own; their answers, once the block has ended."""
    answers: list[httpx.Response] = []

    def draw(prompt: str) -> None:
        answers.append(client.post(GENERATIONS, json={"prompt": prompt, "size": "256x256"}))

    threads = [threading.Thread(target=draw, args=(prompt,)) for prompt in prompts]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    yield answers
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("model", [None, "gpt-image-1"])
def test_overloaded(narrow_client: httpx.Client, model: str | None) -> None:
    """One is drawn, one waits, the third is refused at once."""
    message, headers = "The server is overloaded or not ready yet.", RETRY
    expected = (
        typed(message, None, "server_is_overloaded", "server_error", status=503, headers=headers)
        if model
        else legacy(message, code="server_is_overloaded", kind="server_error", status=503, headers=headers)
    )
    with _busy(narrow_client, ["wait 0.15", "wait 0.05"]) as answers:
        began = time.monotonic()
        answer = narrow_client.post(GENERATIONS, json={"prompt": "a", "model": model})
        assert time.monotonic() - began < 0.4
        assert not answers
        assert_refused(answer, expected)
    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize(
    "extra", [{}, {"model": "gpt-image-1"}, {"model": "gpt-image-1", "stream": True}], ids=str
)
def test_server_error(narrow: ServerProcess, narrow_client: httpx.Client, extra: dict[str, object]) -> None:
    """The engine raises: that request fails in one fixed sentence, the next one is served."""
    message = "The server had an error while processing your request. Sorry about that!"
    expected = (
        typed(message, None, None, "server_error", status=500)
        if extra
        else legacy(message, kind="server_error", status=500)
    )
    answer = narrow_client.post(GENERATIONS, json={"prompt": "break 0", **extra})
    seed = {"x-egaku-seed": r"\d+"}
    assert_refused(answer, Refusal(expected.error, 500, seed))
    assert narrow_client.post(GENERATIONS, json={"prompt": "a"}).status_code == 200
