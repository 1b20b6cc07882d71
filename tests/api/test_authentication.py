"""Keys: three ways to send one, hundreds of ways to be wrong, revoked at once and for good."""

from __future__ import annotations

import base64
import random
import time
from pathlib import Path

import httpx
import numpy as np
import pytest

from egaku.settings import DATABASE
from egaku.storage.database import open_database
from egaku.storage.keys import ALPHABET, PREFIX, REMEMBERED_SECONDS, KeyStore
from tests.api.answers import GENERATIONS
from tests.api.conftest import BLANK, make_key
from tests.api.raw import raw_get
from tests.cli.run import run_cli
from tests.scale import scaled
from tests.server import ServerProcess

GOOD = {"prompt": "a", "size": "256x256"}


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


def ways(key: str) -> list[dict[str, str]]:
    """Headers that carry a key as real clients do."""
    return [
        {"Authorization": f"Bearer {key}"},
        {"Authorization": f"bearer {key}"},
        {"Authorization": f"BEARER   {key}"},
        {"Authorization": basic(f":{key}")},
        {"Authorization": basic(f"{key}:")},
        {"Authorization": basic(f"user:{key}")},
        {"api-key": key},
        {"Api-Key": key},
        {"Authorization": "", "api-key": key},
    ]


@pytest.mark.parametrize("way", range(9))
def test_ways_to_send_a_key(key_client: httpx.Client, key: str, way: int) -> None:
    answer = key_client.post(GENERATIONS, json=GOOD, headers=ways(key)[way])
    assert answer.status_code == 200


def hostile_values(key: str) -> list[bytes]:
    """300 values of Authorization, none of which is the key."""
    good = key.encode()
    bearers = [
        b"", good[:-1], good + b"x", b"x" + good, good.swapcase(), good.upper(), good + b" " + good,
        good + b", Bearer " + good, b"Bearer " + good, b"'" + good + b"'", base64.b64encode(good),
        b"\x80\xff", "é".encode(), b"A" * 9000, b"' OR '1'='1", b"' UNION SELECT * FROM keys --",
        b'" OR ""="', b"%", b"_", b"sk-egaku-%", b"*", b"null", b"undefined", b"None", b"{}",
        b"[]", b";DROP TABLE keys", b"../../etc/passwd", b"${jndi:ldap://x}", b"{{7*7}}",
    ]  # fmt: skip
    basics = [
        b"", b"=", b"====", good, b"A" * 9001, b"Basic " + base64.b64encode(b":" + good),
        *(base64.b64encode(text.encode()) for text in (
            ":", f"::{key}", f"{key}:x", f":{key}x", "a:b:c", f"{key}:{key}x", f"{key[:-1]}:", ":\0", "\n:\n",
        )),
    ]  # fmt: skip
    fixed = [b"", b" ", b"Bearer", b"Basic", b"Digest " + good, good, b"Bearer" + good, b"Bearer\t" + good]
    fixed += [b"Bearer " + one for one in bearers] + [b"Basic " + one for one in basics]
    dice = random.Random(1)
    letters = bytes([9, *range(32, 127), *range(128, 256)])
    noise = [bytes(dice.choices(letters, k=dice.randint(1, 200))) for _ in range(300 - len(fixed))]
    return fixed + [dice.choice([b"", b"Bearer ", b"Basic "]) + one for one in noise]


def test_hostile_values(key_client: httpx.Client, keyed: ServerProcess, key: str) -> None:
    values = hostile_values(key)
    assert len(values) == 300
    database = keyed.data_dir / DATABASE
    before = database.read_bytes()
    for value in values:
        answer = raw_get(keyed, b"/v1/models", b"Authorization: " + value)
        assert answer.status == 401, value
        assert b"\r\nwww-authenticate: Bearer\r\n" in answer.head
        assert answer.is_api_error()
        assert key.encode() not in answer.body
    assert database.read_bytes() == before
    assert key_client.get("/v1/models", headers={"api-key": key}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/openapi.json", "/healthz", "/readyz"])
def test_public_routes(key_client: httpx.Client, path: str) -> None:
    assert key_client.get(path).status_code == 200


HOSTS = ["", "x/v1/models", "x?", "x#", "x:99999", "[", "..", "/healthz", "localhost/healthz#", "\x80"]


@pytest.mark.parametrize("host", HOSTS, ids=ascii)
def test_no_host_header_opens_a_door(keyed: ServerProcess, host: str) -> None:
    """CVE-2026-48710: a path rebuilt from the Host header is not the path that is served."""
    answer = raw_get(keyed, b"/v1/models", b"Host: " + host.encode("latin-1"))
    assert answer.status in {400, 401}


def test_revoking_takes_effect_within_a_second_and_the_last_one_leaves_it_closed(tmp_path: Path) -> None:
    """From another process; the server that revokes a key itself knows at once (tests/api/test_admin.py)."""
    first, second = make_key(tmp_path), make_key(tmp_path)
    with ServerProcess([], BLANK, data_dir=tmp_path) as server, httpx.Client(base_url=server.url) as client:

        def status(key: str | None) -> int:
            headers = {"Authorization": f"Bearer {key}"} if key else {}
            return client.get("/v1/models", headers=headers).status_code

        def revoke(key: str) -> None:
            assert run_cli("keys", "revoke", ids[key[-4:]], data_dir=tmp_path).code == 0
            time.sleep(REMEMBERED_SECONDS)

        assert [status(first), status(second), status(None)] == [200, 200, 401]
        ids = {key["hint"]: key["id"] for key in run_cli("keys", "list", "--json", data_dir=tmp_path).json()}
        revoke(first)
        assert [status(first), status(second), status(None)] == [401, 200, 401]
        revoke(second)
        assert [status(first), status(second), status(None)] == [401, 401, 401]


def test_without_keys_whatever_is_sent_is_taken(client: httpx.Client) -> None:
    for headers in ({}, {"Authorization": "Bearer any"}, {"Authorization": "Basic !"}, {"api-key": "x"}):
        assert client.get("/v1/models", headers=headers).status_code == 200


def test_the_first_key_closes_an_open_server_within_a_second(tmp_path: Path) -> None:
    with ServerProcess([], BLANK, data_dir=tmp_path) as server, httpx.Client(base_url=server.url) as client:
        assert client.get("/v1/models").status_code == 200
        key = make_key(tmp_path)
        for _ in range(30):
            if client.get("/v1/models").status_code == 401:
                break
            time.sleep(0.05)
        assert client.get("/v1/models").status_code == 401
        assert client.get("/v1/models", headers={"api-key": key}).status_code == 200


@pytest.mark.campaign
async def test_time_tells_nothing_about_a_key(tmp_path: Path) -> None:
    """Secrets that begin like a real one and secrets that do not take equally long (vLLM CVE-2025-59425).

    Lookups take turns; the slowest tenth, which the machine's other work makes, is left out as dudect does
    (Reparaz et al., 2017). Welch's t below 4.5 is its verdict "no leak seen".
    """
    database = open_database(tmp_path / DATABASE)
    store = KeyStore(database)
    secret, _ = await store.create("x")
    start, dice = len(PREFIX) + 1, random.Random(1)
    other = "A" if secret[start - 1] != "A" else "B"
    times: dict[bool, list[int]] = {True: [], False: []}
    for _ in range(scaled(20_000, 2000)):
        rest = "".join(dice.choices(ALPHABET, k=len(secret) - start))
        for right in dice.sample([True, False], 2):
            guess = (secret[:start] if right else PREFIX + other) + rest
            began = time.perf_counter_ns()
            found = await store.find(guess)
            times[right].append(time.perf_counter_ns() - began)
            assert found is None
    await database.dispose()
    limit = np.percentile(times[True] + times[False], 90)
    kept = [np.array(one)[np.array(one) < limit] for one in times.values()]
    t = (kept[0].mean() - kept[1].mean()) / np.sqrt(sum(one.var(ddof=1) / one.size for one in kept))
    assert min(one.size for one in kept) >= 1500
    assert abs(t) < 4.5
