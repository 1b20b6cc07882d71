"""Sessions: they stand for one key until their second, and cannot be made or changed without the secret."""

from __future__ import annotations

from egaku.storage.links import LinkSigner
from egaku.storage.sessions import PURPOSE, SessionSigner

KEY = "key_0abc123def456789"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_session_stands_for_its_key_until_its_end() -> None:
    clock = Clock()
    signer = SessionSigner(b"s" * 32, clock)
    token = signer.issue(KEY, 60)
    assert signer.read(token) == KEY
    clock.now += 59.9
    assert signer.read(token) == KEY
    clock.now += 0.1
    assert signer.read(token) is None


def test_every_changed_character_ends_it() -> None:
    signer = SessionSigner(b"s" * 32)
    token = signer.issue(KEY, 3600)
    for at, letter in enumerate(token):
        for other in ("0", "A", ".", "é"):
            if other != letter:
                assert signer.read(token[:at] + other + token[at + 1 :]) is None, (at, other)
    for text in ("", token[:-1], token + "A", f" {token}", token * 3, "1...", "\x00"):
        assert signer.read(text) is None


def test_another_secret_reads_nothing() -> None:
    token = SessionSigner(b"s" * 32).issue(KEY, 3600)
    assert SessionSigner(b"t" * 32).read(token) is None


def test_the_secret_is_neither_that_of_links_nor_of_other_purposes() -> None:
    links = LinkSigner(b"s" * 32, 60)
    derived = {
        b"s" * 32,
        links.derive(PURPOSE),
        links.derive(b"other"),
        LinkSigner(b"t" * 32, 60).derive(PURPOSE),
    }
    assert len(derived) == 4
    assert links.derive(PURPOSE) == LinkSigner(b"s" * 32, 1).derive(PURPOSE)
