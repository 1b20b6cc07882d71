"""Links: good for their time, for their path, for reading, and for nothing else."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from egaku.contract.errors import PermissionDenied
from egaku.storage.links import BACKDATE_SECONDS, LinkSigner, load_secret
from tests.storage.conftest import Clock

LIFETIME = 3600
PATH = "/files/img-aBcDeFgHiJkLmNoPqRsTuVwX.png"
START = 1_800_000_000
SECRET = b"s" * 32


def signer(now: float = START, secret: bytes = SECRET) -> LinkSigner:
    return LinkSigner(secret, LIFETIME, Clock(now))


def is_valid(path: str, query: str, now: float = START) -> bool:
    try:
        signer(now).verify(path, query)
    except PermissionDenied:
        return False
    return True


def link() -> tuple[str, str]:
    """A good link's path and query."""
    path, _, query = signer().sign(PATH).partition("?")
    return path, query


def test_shape() -> None:
    path, query = link()
    assert path == PATH
    pairs = parse_qsl(query, strict_parsing=True)
    assert [name for name, _ in pairs] == ["st", "se", "sp", "sig"]
    found = dict(pairs)
    begin, end = (datetime.fromisoformat(found[name]) for name in ("st", "se"))
    assert begin == datetime.fromtimestamp(START - BACKDATE_SECONDS, UTC)
    assert end - begin == timedelta(seconds=LIFETIME + BACKDATE_SECONDS)
    assert found["sp"] == "r"


@pytest.mark.parametrize(
    ("after", "valid"),
    [
        (0, True),
        (LIFETIME - 1, True),
        (LIFETIME - 0.001, True),
        (LIFETIME, False),
        (LIFETIME + 1, False),
        (86_400, False),
        # A clock that went back by up to the back-dating does no harm, a longer way does.
        (-900, True),
        (-BACKDATE_SECONDS, True),
        (-BACKDATE_SECONDS - 1, False),
        (-86_400, False),
    ],
)
def test_lifetime(after: float, valid: bool) -> None:
    assert is_valid(*link(), START + after) is valid


def test_of_a_fraction_of_a_second() -> None:
    """Times are whole seconds; a link made at .9 s dies up to a second early, never late."""
    path, _, query = signer(START + 0.9).sign(PATH).partition("?")
    assert is_valid(path, query, START + LIFETIME - 0.1)
    assert not is_valid(path, query, START + LIFETIME)


@given(data=st.data())
@settings(max_examples=500, deadline=None)
def test_any_change_of_a_character_kills_it(data: st.DataObject) -> None:
    path, query = link()
    whole = f"{path}?{query}"
    at = data.draw(st.integers(0, len(whole) - 1))
    kind = data.draw(st.sampled_from(["replace", "insert", "delete", "swap"]))
    letter = data.draw(st.characters(codec="utf-8"))
    changed = {
        "replace": whole[:at] + letter + whole[at + 1 :],
        "insert": whole[:at] + letter + whole[at:],
        "delete": whole[:at] + whole[at + 1 :],
        "swap": whole[:at] + whole[at + 1 : at + 2] + whole[at : at + 1] + whole[at + 2 :],
    }[kind]
    new_path, _, new_query = changed.partition("?")
    # The same values spelled otherwise (%3A or :) are the same link: clients and proxies normalise.
    assume((new_path, parse_qsl(new_query, keep_blank_values=True)) != (path, parse_qsl(query)))
    assert not is_valid(new_path, new_query)


FIELD = st.sampled_from(["st", "se", "sp", "sig"])
WHEN = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.strftime("%Y-%m-%dT%H:%M:%SZ"))


@given(name=FIELD, value=st.one_of(WHEN, st.text(max_size=30), st.sampled_from(["rw", "w", "R", "r\n"])))
@settings(max_examples=500, deadline=None)
def test_any_other_value_kills_it(name: str, value: str) -> None:
    path, query = link()
    pairs = dict(parse_qsl(query))
    assume(pairs[name] != value)
    assert not is_valid(path, urlencode({**pairs, name: value}, errors="surrogatepass"))


@given(path=st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_another_path_is_another_link(path: str) -> None:
    assume(path != PATH)
    assert not is_valid(path, link()[1])


def test_moving_a_character_between_fields_kills_it() -> None:
    """CVE-like confusion of joined fields: path and time are separated in what is signed."""
    path, query = link()
    pairs = dict(parse_qsl(query))
    assert not is_valid(path + pairs["st"][0], urlencode({**pairs, "st": pairs["st"][1:]}))
    assert not is_valid(path + "\n" + pairs["st"], urlencode({**pairs, "st": pairs["se"]}))


STRANGE = [
    "", "?", "&", "sig", "st=&se=&sp=&sig=", "sig=&sp=r&se=&st=", "st=1&se=2&sp=r&sig=3&sig=4", "x" * 100_000,
    "st=9999-12-31T23:59:59Z&se=9999-12-31T23:59:59Z&sp=r&sig=" + "A" * 43,
]  # fmt: skip


@pytest.mark.parametrize("query", STRANGE, ids=lambda query: query[:20])
def test_strange_queries(query: str) -> None:
    assert not is_valid(PATH, query)


def test_order_and_repetition() -> None:
    path, query = link()
    pairs = parse_qsl(query)
    assert not is_valid(path, urlencode(pairs[::-1]))
    assert not is_valid(path, urlencode([*pairs, pairs[0]]))
    assert not is_valid(path, query + "&x=1")
    assert not is_valid(path, "x=1&" + query)


def test_another_servers_link() -> None:
    path, _, query = signer(secret=b"t" * 32).sign(PATH).partition("?")
    assert not is_valid(path, query)


def test_the_refusal_says_nothing_of_the_reason() -> None:
    path, query = link()
    messages = set()
    for one_path, one_query, now in [
        (path, "", START),
        (path, query, START + 9999),
        (path + "x", query, START),
    ]:
        with pytest.raises(PermissionDenied) as caught:
            signer(now).verify(one_path, one_query)
        messages.add(caught.value.body())
    assert len(messages) == 1


def test_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    secret = load_secret(path)
    assert len(secret) == 32
    assert load_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_secret(tmp_path / "other") != secret


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_damaged_secret_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "secret"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="not a signing secret"):
        load_secret(path)
