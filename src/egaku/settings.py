"""Every setting in one typed table: command line over environment (`EGAKU_…`) over default.

A wrong value stops the start and names its variable.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SWEEP_GRACE_SECONDS = 60
"""Files outlive their links by this much, so that a link never points at nothing."""

DATABASE = "egaku.db"
"""File of the data folder that holds keys and recipes."""

LOOPBACK_NAMES = frozenset({"localhost", "ip6-localhost"})


def default_data_dir() -> Path:
    """Where pictures and records live unless told otherwise: the platform's place for user data."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "egaku"


def default_workers() -> int:
    """One process per core this process may use: drawing is single-threaded, n pictures run in parallel."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


class Settings(BaseSettings):
    """What `egaku serve` can be told. Each field is also `EGAKU_<NAME>` in the environment."""

    model_config = SettingsConfigDict(env_prefix="EGAKU_", extra="forbid", validate_default=True)

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 picks a free one.")
    data_dir: Path = Field(
        default_factory=default_data_dir, description="Where pictures, records and the signing secret live."
    )
    public_url: str | None = Field(
        default=None,
        description="Base of picture links, when clients reach the server under another address.",
    )
    engine: str = Field(default="illustrator", description="What draws: illustrator, or blank for measuring.")
    workers: int = Field(
        default_factory=default_workers, ge=1, le=64, description="Drawing processes; default one per core."
    )
    images_per_minute: int = Field(
        default=50, ge=1, le=1_000_000, description="Images each key may draw per minute."
    )
    max_waiting: int = Field(
        default=200,
        ge=1,
        le=100_000,
        description="Images that may wait for a worker; more are refused (503).",
    )
    draw_seconds: float = Field(
        default=120,
        gt=0,
        le=3600,
        description="A picture that takes longer fails and its worker is replaced.",
    )
    link_seconds: int = Field(
        default=3600, ge=1, le=604_800, description="How long a picture's link is valid."
    )
    retention_seconds: int = Field(
        default=3600,
        ge=1,
        description="How long a linked picture stays on disk; at least the link's lifetime.",
    )
    max_upload_mb: int = Field(
        default=200, ge=1, le=1024, description="Largest request body in MiB, all files together."
    )
    organization: str = Field(
        default="org-egaku", pattern=r"^[\x21-\x7e]{1,64}$", description="Name sent as openai-organization."
    )
    allow_anyone: bool = Field(
        default=False,
        description="Listen beyond this machine without keys: everybody who can reach the address can draw.",
    )
    log_level: str = Field(
        default="info", pattern=r"^(debug|info|warning|error)$", description="Least logged."
    )

    @field_validator("public_url")
    @classmethod
    def _absolute(cls, url: str | None) -> str | None:
        if url is None or url == "":
            return None
        if not url.startswith(("http://", "https://")) or any(c.isspace() for c in url):
            raise ValueError("must start with http:// or https://")
        return url.rstrip("/")

    @property
    def is_loopback(self) -> bool:
        """True when only this machine can reach `host`."""
        if self.host in LOOPBACK_NAMES:
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def data_path(self, name: str) -> Path:
        """`name` in the data folder, which is made if need be, private to its owner."""
        self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self.data_dir / name

    @property
    def keep_seconds(self) -> int:
        """How long a linked picture is kept: never shorter than its link lives."""
        return max(self.retention_seconds, self.link_seconds) + SWEEP_GRACE_SECONDS
