"""Who may do what: every route is listed here, every object is its owner's alone.

A route that is added without being listed fails these tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from egaku.api.app import ROUTES
from tests.api.answers import GENERATIONS
from tests.api.conftest import BLANK, make_key
from tests.server import ServerProcess

PUBLIC = {
    ("GET", "/"), ("GET", "/openapi.json"), ("GET", "/healthz"), ("GET", "/readyz"),
    ("GET", "/files/{name}"),  # by signed link
    # The web app: the same files for everybody, which ask the API like any other client.
    ("GET", "/history"), ("GET", "/settings"), ("GET", "/i/{job}/{index}"), ("GET", "/e/{document}"),
    ("GET", "/collections"), ("GET", "/collections/{collection}"),
    ("GET", "/admin"), ("GET", "/admin/{section}"),
    ("GET", "/assets/{name}"), ("GET", "/icon.svg"),
    ("DELETE", "/app/session"), ("DELETE", "/app/admin-session"),  # the browser forgets its own cookie
    ("GET", "/app/admin-session"),  # says "nobody" to those without one
}  # fmt: skip
ADMIN = {
    ("GET", "/metrics"),
    ("GET", "/organization/usage/images"),
    ("GET", "/organization/status"),
    ("GET", "/organization/moderation/summary"),
    ("GET", "/organization/moderation/reports"),
    *((method, "/organization/moderation/reports/{id}") for method in ("GET", "POST", "DELETE")),
    ("POST", "/app/admin-session"),
    *(
        (method, path)
        for kind in ("api_keys", "admin_api_keys")
        for path, methods in (
            (f"/organization/{kind}", ("GET", "POST")),
            (f"/organization/{kind}/{{id}}", ("GET", "POST", "DELETE")),
        )
        for method in methods
    ),
}
"""Need an admin key."""
OWN = {
    ("POST", "/images/generations"), ("POST", "/images/edits"), ("POST", "/images/variations"),
    ("POST", "/images/generations:submit"), ("GET", "/models"), ("GET", "/models/{model:path}"),
    ("POST", "/moderations"), ("POST", "/moderations/reports"), ("GET", "/usage"),
    ("GET", "/jobs"), ("GET", "/jobs/events"), ("POST", "/app/session"), ("GET", "/app/session"),
}  # fmt: skip
"""Need a key and touch nobody else's objects."""
OBJECTS = {
    ("GET", "/openai/operations/images/{id}"),
    ("GET", "/jobs/{id}"), ("DELETE", "/jobs/{id}"), ("POST", "/jobs/{id}/cancel"),
    ("DELETE", "/files/{name}"),
}  # fmt: skip
"""Need the key that made the object."""

GOOD = {"prompt": "a", "size": "256x256"}


def registered() -> set[tuple[str, str]]:
    """Method and path of every route; HEAD goes wherever GET goes."""
    return {(method, route.path) for route in ROUTES for method in route.methods or () if method != "HEAD"}


def test_every_route_is_listed_once() -> None:
    kinds = (PUBLIC, ADMIN, OWN, OBJECTS)
    assert registered() == set().union(*kinds)
    assert sum(map(len, kinds)) == len(registered()) >= 32


@dataclass(frozen=True)
class House:
    """A server, an admin, Ann who owns things, and Bob who is curious."""

    server: ServerProcess
    admin: str
    ann: str
    bob: str


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    admin, ann, bob = make_key(folder, is_admin=True), make_key(folder), make_key(folder)
    with ServerProcess([], BLANK, data_dir=folder) as server:
        yield House(server, admin, ann, bob)


def ask(house: House, key: str | None, method: str, path: str, **request: Any) -> httpx.Response:
    headers = {**({"Authorization": f"Bearer {key}"} if key else {}), **request.pop("headers", {})}
    return httpx.request(method, f"{house.server.url}{path}", headers=headers, timeout=60, **request)


def filled(path: str) -> str:
    return path.replace("{model:path}", "x").replace("{id}", "x").replace("{name}", "x.png")


def test_without_a_key_nothing_but_the_public(house: House) -> None:
    for method, path in sorted(registered() - PUBLIC):
        for key in (None, "sk-egaku-wrong"):
            answer = ask(house, key, method, filled(path))
            assert answer.status_code == 401, (method, path)
            assert answer.headers["www-authenticate"] == "Bearer"
            assert set(answer.json()["error"]) == {"code", "message", "param", "type"}
    for method, path in sorted(PUBLIC):
        assert ask(house, None, method, filled(path)).status_code != 401


def test_each_kind_of_key_has_its_routes(house: House) -> None:
    for method, path in sorted(ADMIN):
        assert ask(house, house.bob, method, filled(path)).status_code == 403, (method, path)
    for method, path in sorted(OWN | OBJECTS):
        assert ask(house, house.admin, method, filled(path)).status_code == 403, (method, path)


def operation(house: House, key: str) -> str:
    """An Azure operation, by its id."""
    answer = ask(house, key, "POST", "/openai/images/generations:submit", json=GOOD)
    assert answer.status_code == 202
    identifier: str = answer.json()["id"]
    return identifier


def job(house: House, key: str) -> str:
    """A background job, by its id."""
    answer = ask(house, key, "POST", GENERATIONS, json=GOOD, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202
    identifier: str = answer.json()["id"]
    return identifier


def picture(house: House, key: str) -> str:
    """A picture behind a link, by its file's name."""
    answer = ask(house, key, "POST", GENERATIONS, json=GOOD)
    assert answer.status_code == 200
    url: str = answer.json()["data"][0]["url"]
    return urlsplit(url).path.rpartition("/")[2]


MAKERS: dict[str, Callable[[House, str], str]] = {
    "/openai/operations/images/{id}": operation,
    "/jobs/{id}": job,
    "/jobs/{id}/cancel": job,
    "/files/{name}": picture,
}


@pytest.mark.parametrize(("method", "path"), sorted(OBJECTS))
def test_objects_are_their_owners(house: House, method: str, path: str) -> None:
    """For anybody else they are not there: the same 404 as for an id that never was."""
    identifier = MAKERS[path](house, house.ann)
    stem, dot, kind = identifier.partition(".")
    unknown = stem[:-8] + "0" * 8 + dot + kind
    place, never = (path.replace("{id}", one).replace("{name}", one) for one in (identifier, unknown))
    stranger = ask(house, house.bob, method, place)
    assert stranger.status_code == 404
    nobody = ask(house, house.bob, method, never)
    assert nobody.status_code == 404
    assert stranger.text.replace(identifier, "X") == nobody.text.replace(unknown, "X")
    assert ask(house, None, method, place).status_code == 401
    assert ask(house, house.ann, method, place).status_code == 200


def test_no_verb_reaches_another_owners_object(house: House) -> None:
    """Whatever the method: 404 or 405, and the object is there afterwards."""
    for path in sorted({path for _, path in OBJECTS}):
        identifier = MAKERS[path](house, house.ann)
        place = path.replace("{id}", identifier).replace("{name}", identifier)
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            if (method, path) in PUBLIC or (method == "HEAD" and ("GET", path) in PUBLIC):
                continue
            answer = ask(house, house.bob, method, place)
            assert answer.status_code in {404, 405}, (method, path)


def test_lists_show_ones_own_only(house: House) -> None:
    mine, theirs = job(house, house.ann), job(house, house.bob)
    listed = {one["id"] for one in ask(house, house.ann, "GET", "/v1/jobs?limit=100").json()["data"]}
    assert mine in listed
    assert theirs not in listed
    assert ask(house, house.ann, "GET", f"/v1/jobs?after={theirs}").status_code == 404


def test_an_idempotency_key_is_ones_own(house: House) -> None:
    """The same word from two callers means two answers."""
    headers = {"Idempotency-Key": "the-same"}
    bodies = [
        ask(house, key, "POST", GENERATIONS, json={**GOOD, "response_format": "b64_json"}, headers=headers)
        for key in (house.ann, house.bob, house.ann)
    ]
    assert [answer.status_code for answer in bodies] == [200] * 3
    assert bodies[0].headers["x-egaku-seed"] == bodies[2].headers["x-egaku-seed"]
    assert bodies[0].headers["x-egaku-seed"] != bodies[1].headers["x-egaku-seed"]
