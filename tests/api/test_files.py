"""GET /files/{name}: by link alone, in ranges, until its time, and never anything else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest

from tests.api.answers import GENERATIONS
from tests.api.conftest import BLANK
from tests.api.raw import raw_get
from tests.server import ServerProcess


@pytest.fixture(scope="module")
def url(client: httpx.Client) -> str:
    """A good link to a 256-pixel PNG."""
    answer = client.post(GENERATIONS, json={"prompt": "a", "size": "256x256"})
    found: str = answer.json()["data"][0]["url"]
    return found


@pytest.fixture(scope="module")
def content(client: httpx.Client, url: str) -> bytes:
    return client.get(url).content


def test_get(client: httpx.Client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.content.startswith(b"\x89PNG")
    headers = answer.headers
    assert headers["content-type"] == "image/png"
    assert headers["content-length"] == str(len(answer.content))
    assert headers["access-control-allow-origin"] == "*"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["x-request-id"].startswith("req_")


def test_head(client: httpx.Client, url: str, content: bytes) -> None:
    answer = client.head(url)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(content))
    assert answer.headers["content-type"] == "image/png"


@pytest.mark.parametrize("value", ["Bearer sk-wrong", "Basic !!!", "x", "Bearer " + "x" * 5000])
def test_a_stray_authorization_does_no_harm(client: httpx.Client, url: str, value: str) -> None:
    assert client.get(url, headers={"Authorization": value}).status_code == 200


def test_no_key_is_needed_where_keys_are(key_client: httpx.Client, key: str) -> None:
    body = {"prompt": "a", "size": "256x256"}
    made = key_client.post(GENERATIONS, json=body, headers={"Authorization": f"Bearer {key}"})
    url = made.json()["data"][0]["url"]
    assert key_client.get(url).status_code == 200
    assert key_client.get(url, headers={"Authorization": "Bearer wrong"}).status_code == 200
    assert (
        key_client.get(url.partition("?")[0], headers={"Authorization": f"Bearer {key}"}).status_code == 403
    )


@pytest.mark.parametrize("path", ["//files//{}", "/files/{}/"])
def test_spellings(client: httpx.Client, url: str, path: str) -> None:
    parsed = httpx.URL(url)
    name = parsed.path.rpartition("/")[2]
    written = f"http://{parsed.netloc.decode()}{path.format(name)}?{parsed.query.decode()}"
    assert client.get(written).status_code == 200


def test_a_query_that_was_normalised(client: httpx.Client, url: str) -> None:
    """Some clients write `:` where `%3A` was."""
    assert client.get(url.replace("%3A", ":")).status_code == 200


RANGES = {
    "bytes=0-9": slice(0, 10),
    "bytes=100-": slice(100, None),
    "bytes=-10": slice(-10, None),
    "bytes=0-999999999": slice(None),
}


@pytest.mark.parametrize("header", RANGES)
def test_ranges(client: httpx.Client, url: str, content: bytes, header: str) -> None:
    answer = client.get(url, headers={"Range": header})
    assert (answer.status_code, answer.content) == (206, content[RANGES[header]])


@pytest.mark.parametrize(
    "header", ["lines=0-1", "bytes=x-y", "bytes=999999999-", "bytes=0-1,4-5", "bytes=-0"]
)
def test_ranges_that_cannot_be_are_ignored(
    client: httpx.Client, url: str, content: bytes, header: str
) -> None:
    answer = client.get(url, headers={"Range": header})
    assert (answer.status_code, answer.content) == (200, content)


@pytest.mark.parametrize("header", [
    "bytes=" + ",".join(["0-"] * 5000), "bytes=" + ",".join(f"{i}-{i}" for i in range(0, 10_000, 2)),
    "bytes=" + "-" * 5000, "bytes=" + ",".join(["-1"] * 5000), "bytes=" + "9" * 5000 + "-",
], ids=lambda header: header[:12])  # fmt: skip
def test_thousands_of_ranges(client: httpx.Client, url: str, content: bytes, header: str) -> None:
    """CVE-2025-62727: quadratic time in a list of ranges."""
    began = time.perf_counter()
    answer = client.get(url, headers={"Range": header})
    took = time.perf_counter() - began
    assert answer.status_code in {200, 400, 431}
    assert len(answer.content) < 3 * len(content)
    assert took < 0.5


def test_conditional_requests(client: httpx.Client, url: str, content: bytes) -> None:
    etag = client.get(url).headers["etag"]
    part = client.get(url, headers={"Range": "bytes=0-9", "If-Range": etag})
    assert (part.status_code, part.content) == (206, content[:10])
    whole = client.get(url, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (whole.status_code, whole.content) == (200, content)


TRAVERSALS = [
    "..", "../egaku.db", "....//egaku.db", "..%2fegaku.db", "..%252fegaku.db", "%2e%2e/egaku.db",
    "..\\egaku.db", "..%5cegaku.db", "..%c0%afegaku.db", "/etc/passwd", "%2fetc%2fpasswd", "img-%00.png",
    "link-secret", "egaku.db", "file:///etc/passwd", "C:\\windows\\win.ini", "\u2025/egaku.db",
    "..;/egaku.db",    "images/../egaku.db", "~root", "%ff", "%",
]  # fmt: skip


@pytest.mark.parametrize("name", TRAVERSALS)
@pytest.mark.parametrize("signed", [True, False])
def test_traversal(blank: ServerProcess, url: str, name: str, *, signed: bool) -> None:
    """Neither with a good link's query nor without; 403 and 404 only, and nothing of a file."""
    query = httpx.URL(url).query if signed else b""
    secret = (blank.data_dir / "link-secret").read_bytes()
    for written in (quote(name, safe="%/\\:;"), quote(name, safe="%/"), quote(name, safe="")):
        answer = raw_get(blank, b"/files/%s?%s" % (written.encode(), query))
        assert answer.status in {403, 404}, written
        assert answer.is_api_error()
        assert secret not in answer.body


def test_a_link_inside_the_store_is_not_followed_out(
    client: httpx.Client, blank: ServerProcess, url: str
) -> None:
    """No name but ours is looked up, so a stray symbolic link cannot be reached."""
    outside = blank.data_dir / "images" / "aa" / "passwd.png"
    outside.parent.mkdir(exist_ok=True)
    outside.symlink_to("/etc/passwd")
    assert client.get(f"/files/passwd.png?{httpx.URL(url).query.decode()}").status_code == 403
    outside.unlink()


def test_altered_links(client: httpx.Client, url: str) -> None:
    base, _, query = url.partition("?")
    other = client.post(GENERATIONS, json={"prompt": "a", "size": "256x256"}).json()["data"][0]["url"]
    signature = httpx.URL(other).params["sig"]
    altered = [
        base, f"{base}?", f"{base}?{query}x", f"{base}?{query}&x=1", url.replace("sp=r", "sp=w"),
        url.replace("&se=2", "&se=3"), f"{base}?{other.partition('?')[2]}",
        url.replace(httpx.URL(url).params["sig"], signature), url.replace(".png", ".jpeg"),
    ]  # fmt: skip
    assert [client.get(one).status_code for one in altered] == [403] * len(altered)


def test_a_deleted_picture_and_one_that_never_was_look_alike(
    client: httpx.Client, blank: ServerProcess
) -> None:
    made = client.post(GENERATIONS, json={"prompt": "a", "size": "256x256"}).json()["data"][0]["url"]
    name = httpx.URL(made).path.rpartition("/")[2]
    (path,) = (blank.data_dir / "images").rglob(name)
    path.unlink()
    gone, never = client.get(made), client.get("/files/img-" + "a" * 24 + ".png")
    assert (gone.status_code, gone.content) == (never.status_code, never.content) == (403, gone.content)


@pytest.fixture(scope="module")
def hasty() -> Iterator[ServerProcess]:
    """Links for two seconds."""
    with ServerProcess([], {**BLANK, "EGAKU_LINK_SECONDS": "2", "EGAKU_WORKERS": "1"}) as server:
        yield server


def test_expiry(hasty: ServerProcess) -> None:
    with httpx.Client(base_url=hasty.url) as client:
        url = client.post(GENERATIONS, json={"prompt": "a", "size": "256x256"}).json()["data"][0]["url"]
        end = datetime.fromisoformat(parse_qs(urlsplit(url).query)["se"][0]).timestamp()
        assert client.get(url).status_code == 200
        time.sleep(max(0.0, end + 0.1 - time.time()))
        assert client.get(url).status_code == 403


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("pictures.localhost", "http://pictures.localhost/"),
        ("[::1]:8000", "http://[::1]:8000/"),
        ("evil.example/x", None),
        ("a b", None),
        ('"><script>', None),
        ("user@evil.example", None),
    ],
)
def test_links_repeat_only_proper_hosts(
    client: httpx.Client, blank: ServerProcess, host: str, base: str | None
) -> None:
    answer = client.post(GENERATIONS, json={"prompt": "a", "size": "256x256"}, headers={"Host": host})
    if answer.status_code == 200:
        assert answer.json()["data"][0]["url"].startswith(base or blank.url + "/")
    else:
        assert answer.status_code in (400, 403)
        assert base is None


def test_public_url(tmp_path: Path) -> None:
    args = ["--public-url", "https://art.example/base/"]
    with ServerProcess(args, {**BLANK, "EGAKU_WORKERS": "1"}, data_dir=tmp_path) as server:
        answer = httpx.post(server.url + GENERATIONS, json={"prompt": "a", "size": "256x256"})
    assert answer.json()["data"][0]["url"].startswith("https://art.example/base/files/img-")
