"""Settings: flags over environment over defaults; every one documented."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from egaku.cores import cores
from egaku.settings import (
    SWEEP_GRACE_SECONDS,
    ConfigUnreadable,
    Settings,
    default_data_dir,
)

DOCUMENT = Path(__file__).parents[1] / "docs" / "configuration.md"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("EGAKU_"):
            monkeypatch.delenv(name)


def test_defaults() -> None:
    found = Settings()
    assert (found.host, found.port, found.engine, found.images_per_minute) == (
        "127.0.0.1",
        8000,
        "illustrator",
        50,
    )
    assert (found.link_seconds, found.allow_anyone, found.public_url) == (3600, False, None)
    assert found.workers == cores() >= 1
    assert found.is_loopback


def test_environment_and_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EGAKU_PORT", "9000")
    monkeypatch.setenv("EGAKU_ALLOW_ANYONE", "true")
    monkeypatch.setenv("EGAKU_PUBLIC_URL", "https://x.example/a/")
    assert (Settings().port, Settings().allow_anyone, Settings().public_url) == (
        9000,
        True,
        "https://x.example/a",
    )
    assert Settings(port=1).port == 1


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    assert f"EGAKU_{name.upper()}" in DOCUMENT.read_text()
    assert Settings.model_fields[name].description


EVERYWHERE = "0.0.0.0"  # noqa: S104  only talked about
LOOPBACK = {
    "127.0.0.1": True,
    "127.8.9.1": True,
    "::1": True,
    "localhost": True,
    EVERYWHERE: False,
    "::": False,
}
STRANGE = [
    "",
    "0",
    "127.1",
    "2130706433",
    "10.0.0.1",
    "169.254.1.1",
    "localhost.example",
    "LOCALHOST ",
    "::ffff:10.0.0.1",
]


@pytest.mark.parametrize("host", [*LOOPBACK, *STRANGE])
def test_loopback(host: str) -> None:
    assert Settings(host=host).is_loopback is LOOPBACK.get(host, False)


WRONG: dict[str, list[object]] = {
    "port": [-1, 65_536, "x"], "workers": [0, 65], "images_per_minute": [0], "max_waiting": [0],
    "draw_seconds": [0, -1, 3601], "link_seconds": [0, 604_801], "retention_seconds": [0],
    "max_upload_mb": [0, 1025], "organization": ["", "a b", "é", "a\n", "x" * 65],
    "log_level": ["INFO", "", "trace"],
    "public_url": ["example.org", "ftp://x", "http://a b", "javascript:x"],
    "allowed_hosts": ["http://a", "a:80", "a b", "a/b"],
    "allowed_origins": ["a.example", "https://a/b", "null"],
    "trusted_proxies": ["*", "proxy", "10.0.0.1/8", "1.2.3"],
    "max_connections": [0], "head_seconds": [0, 601],
    "max_connections_per_client": [0], "body_idle_seconds": [0], "send_seconds": [-1],
    "min_bytes_per_second": [-1], "grace_seconds": [-1, 3601],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_wrong_values(name: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(**{name: value})  # type: ignore[arg-type]  # wrong by design
    assert [error["loc"] for error in caught.value.errors()] == [(name,)]


@pytest.mark.parametrize(("retention", "link", "kept"), [(10, 3600, 3600), (7200, 3600, 7200)])
def test_a_picture_outlives_its_link(retention: int, link: int, kept: int) -> None:
    assert Settings(retention_seconds=retention, link_seconds=link).keep_seconds == kept + SWEEP_GRACE_SECONDS


def test_data_dir_follows_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    assert default_data_dir() == Path("/srv/data/egaku")
    monkeypatch.delenv("XDG_DATA_HOME")
    assert default_data_dir() == Path.home() / ".local" / "share" / "egaku"


def test_a_file_lies_between_environment_and_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "egaku.toml"
    file.write_text(
        'port = 9001\nworkers = 3\norganization = "org-file"\n[moderation_thresholds]\nhate = 0.4\n'
    )
    monkeypatch.setenv("EGAKU_CONFIG", str(file))
    monkeypatch.setenv("EGAKU_WORKERS", "2")
    found = Settings(organization="org-flag")
    assert (found.port, found.workers, found.organization) == (9001, 2, "org-flag")
    assert found.moderation_thresholds == {"hate": 0.4}


@pytest.mark.parametrize(
    ("text", "error"),
    [("port = 'x'", ValidationError), ("prot = 1", ValidationError), ("=", ConfigUnreadable)],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, error: type[Exception]) -> None:
    file = tmp_path / "egaku.toml"
    file.write_text(text)
    with pytest.raises(error, match=r"port|prot|egaku\.toml"):
        Settings(config=file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigUnreadable, match="is not a file"):
        Settings(config=tmp_path / "none.toml")


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EGAKU_ALLOWED_HOSTS", "Draw.example, [::1],")
    monkeypatch.setenv("EGAKU_TRUSTED_PROXIES", "192.0.2.1,2001:db8::/32")
    found = Settings(allowed_origins=("https://a.example",))
    assert found.allowed_hosts == ("draw.example", "[::1]")
    assert [str(network) for network in found.proxy_networks] == ["192.0.2.1/32", "2001:db8::/32"]
    assert found.allowed_origins == ("https://a.example",)
