"""Every setting in one typed table: command line over environment (`EGAKU_…`) over file over default.

The file is TOML, named by `EGAKU_CONFIG` or `--config`. A wrong value stops the start and is named.
"""

from __future__ import annotations

import ipaddress
import os
import re
import sys
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from egaku.cores import cores

SWEEP_GRACE_SECONDS = 60
"""Files outlive their links by this much, so that a link never points at nothing."""

DATABASE = "egaku.db"
"""File of the data folder that holds the records."""

Names = Annotated[tuple[str, ...], NoDecode]
"""A list, in the environment and on the command line written with commas."""

STORE_SCHEMES = {
    "database_url": ("postgresql", "postgres"),
    "redis_url": ("redis", "rediss", "unix"),
    "images_url": ("s3",),
}
"""What the addresses of stores may begin with."""

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


class ConfigUnreadable(Exception):
    """The file of settings cannot be read; the text says why."""


class DataDirUnusable(Exception):
    """The data folder is not there and cannot be made, or is not to be written to; the text says which."""


class Settings(BaseSettings):
    """What `egaku serve` can be told. Each field is also `EGAKU_<NAME>` in the environment."""

    model_config = SettingsConfigDict(env_prefix="EGAKU_", extra="forbid", validate_default=True)

    config: Path | None = Field(default=None, description="TOML file with any of these settings.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 picks a free one.")
    data_dir: Path = Field(
        default_factory=default_data_dir, description="Where pictures, records and the signing secret live."
    )
    public_url: str | None = Field(
        default=None,
        description="Base of picture links, when clients reach the server under another address.",
    )
    engine: str = Field(
        default="illustrator",
        description="What draws: illustrator, blank for measuring, or a module of yours (`package.module`).",
    )
    workers: int = Field(
        default_factory=cores, ge=1, le=64, description="Drawing processes; default one per core."
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
        description="A picture that takes longer fails; its worker is replaced if it does not stop.",
    )
    stall_seconds: float = Field(
        default=20,
        ge=1,
        le=3600,
        description="A worker whose engine finishes no step for this long is replaced, its picture redrawn.",
    )
    database_url: str | None = Field(
        default=None,
        description="Records in PostgreSQL (`postgresql://…`) instead of SQLite in the data folder.",
    )
    redis_url: str | None = Field(
        default=None, description="Limits in Redis (`redis://…`), shared by several servers, not in memory."
    )
    images_url: str | None = Field(
        default=None,
        description="Pictures in an S3 bucket (`s3://bucket/prefix`) instead of the data folder.",
    )
    max_concurrent: int = Field(
        default=100, ge=1, le=100_000, description="Images each key may have under way at once."
    )
    images_per_day: int | None = Field(
        default=None, ge=1, description="Images each key may draw per UTC day."
    )
    images_per_month: int | None = Field(
        default=None, ge=1, description="Images each key may draw per UTC month."
    )
    max_jobs: int = Field(
        default=1000, ge=1, le=1_000_000, description="Background jobs that may wait; more are refused."
    )
    job_seconds: int = Field(
        default=86_400, ge=60, description="How long a finished job and its pictures are kept."
    )
    reply_seconds: int = Field(
        default=86_400, ge=60, description="How long the answer to an Idempotency-Key is kept."
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
    moderation: str = Field(
        default="standard",
        pattern="^(strict|standard|low|off)$",
        description="How much of prompts and pictures is refused; a key can have its own.",
    )
    moderation_thresholds: dict[str, float] = Field(
        default_factory=dict,
        description='Own thresholds by category, as JSON: `{"violence": 0.8}`; above 1 switches one off.',
    )
    moderation_allow: Path | None = Field(
        default=None, description="File of phrases, one a line, that are always let through."
    )
    moderation_deny: Path | None = Field(
        default=None, description="File of phrases, one a line, that are always refused."
    )
    moderation_pictures: str = Field(
        default="accurate",
        pattern="^(accurate|fast|off)$",
        description="How uploads and results with uploaded or learned pixels are judged.",
    )
    moderation_judge: str | None = Field(
        default=None,
        description="A second judge: `hf:DIRECTORY`, a moderation endpoint's or `chat:` model's address.",
    )
    moderation_judge_key: SecretStr | None = Field(default=None, description="The second judge's API key.")
    moderation_judge_seconds: float = Field(
        default=5, gt=0, le=120, description="How long the second judge may take."
    )
    moderation_fail: str = Field(
        default="closed",
        pattern="^(open|closed)$",
        description="When a judge cannot be asked: closed refuses, open goes on without it.",
    )
    provenance: bool = Field(
        default=True,
        description="Every picture carries a signed C2PA manifest saying what made it: on or off.",
    )
    provenance_certificate: Path | None = Field(
        default=None,
        description="PEM file of your own certificate chain, leaf first; else one made at the first start.",
    )
    provenance_key: Path | None = Field(
        default=None, description="PEM file of that certificate's private key, without a passphrase."
    )
    embed_parameters: bool = Field(
        default=False, description="Write prompt, seed and engine into the files, readable by everybody."
    )
    allowed_hosts: Names = Field(
        default=(),
        description="Further host names a server without keys answers to, by comma; * for any.",
    )
    allowed_origins: Names = Field(
        default=(),
        description="Origins whose web pages may call this server, by comma; * for any.",
    )
    trusted_proxies: Names = Field(
        default=(),
        description="Reverse proxies whose X-Forwarded-For and -Proto count: addresses or networks.",
    )
    max_connections: int = Field(
        default=1000, ge=1, le=100_000, description="Connections at a time; more are refused (503)."
    )
    max_connections_per_client: int = Field(
        default=100,
        ge=1,
        le=100_000,
        description="Connections at a time from one address, loopback and trusted proxies excepted.",
    )
    head_seconds: float = Field(
        default=10, gt=0, le=600, description="How long a client may take to send a request's head."
    )
    body_idle_seconds: float = Field(
        default=30, gt=0, le=600, description="How long an upload may stand still."
    )
    send_seconds: float = Field(
        default=30, gt=0, le=600, description="How long a client may leave an answer unread."
    )
    min_bytes_per_second: int = Field(
        default=1024,
        ge=0,
        le=10**9,
        description="Average an upload or download keeps up beyond those seconds; 0 asks for none.",
    )
    grace_seconds: float = Field(
        default=30,
        ge=0,
        le=3600,
        description="How long requests under way may still take when the server is told to stop.",
    )
    open_metrics: bool = Field(
        default=False,
        description="Let anybody read /metrics; else, once there are keys, an admin key must ask.",
    )
    traces_url: str | None = Field(
        default=None,
        description="Send OpenTelemetry traces to this OTLP/HTTP address (`…/v1/traces`).",
    )
    log_level: str = Field(
        default="info", pattern=r"^(debug|info|warning|error)$", description="Least logged."
    )

    @field_validator("allowed_hosts", "allowed_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, names: object) -> object:
        return (
            [name.strip() for name in names.split(",") if name.strip()] if isinstance(names, str) else names
        )

    @field_validator("allowed_hosts")
    @classmethod
    def _host_names(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if any(
            name != "*" and not re.fullmatch(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]", name) for name in names
        ):
            raise ValueError("must be host names without scheme and port, for example draw.example.org")
        return tuple(name.lower() for name in names)

    @field_validator("allowed_origins")
    @classmethod
    def _origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        if any(name != "*" and not re.fullmatch(r"[a-z][a-z0-9+.-]*://[^/\s]+", name) for name in origins):
            raise ValueError("must be origins as browsers send them, for example https://app.example.org")
        return origins

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            ipaddress.ip_network(network)  # its ValueError says what is wrong
        return networks

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic names all of them
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then environment, then the file that one of the two names."""
        path = init_settings().get("config") or os.environ.get("EGAKU_CONFIG")
        if not path:
            return init_settings, env_settings
        if not Path(path).is_file():
            raise ConfigUnreadable(f"{path} is not a file")
        try:
            return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, Path(path))
        except tomllib.TOMLDecodeError as error:
            raise ConfigUnreadable(f"{path} is not TOML: {error}") from None

    @field_validator("public_url")
    @classmethod
    def _absolute(cls, url: str | None) -> str | None:
        if url is None or url == "":
            return None
        if not url.startswith(("http://", "https://")) or any(c.isspace() for c in url):
            raise ValueError("must start with http:// or https://")
        return url.rstrip("/")

    @field_validator("database_url", "redis_url", "images_url")
    @classmethod
    def _known_scheme(cls, url: str | None, info: ValidationInfo) -> str | None:
        if not url:
            return None
        if url.partition("://")[0] not in STORE_SCHEMES[info.field_name or ""]:
            # Without the value: it may hold a password.
            raise PydanticCustomError(
                "store_scheme",
                "must start with {wanted}",
                {"wanted": STORE_SCHEMES[info.field_name or ""][0] + "://"},
            )
        return url

    @property
    def is_loopback(self) -> bool:
        """True when only this machine can reach `host`."""
        if self.host in LOOPBACK_NAMES:
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @cached_property
    def proxy_networks(self) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
        """`trusted_proxies` as networks."""
        return tuple(ipaddress.ip_network(network) for network in self.trusted_proxies)

    def data_path(self, name: str) -> Path:
        """`name` in the data folder, which is made if need be, private to its owner.

        Raises DataDirUnusable.
        """
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise DataDirUnusable(f"{self.data_dir} cannot be used: {error.strerror}") from None
        if not os.access(self.data_dir, os.W_OK | os.X_OK):
            raise DataDirUnusable(f"{self.data_dir} cannot be written to")
        return self.data_dir / name

    @property
    def database(self) -> Path | str:
        """Where records live: a file for SQLite, or a PostgreSQL URL."""
        return self.database_url or self.data_path(DATABASE)

    @property
    def keep_seconds(self) -> int:
        """How long a linked picture is kept: never shorter than its link lives."""
        return max(self.retention_seconds, self.link_seconds) + SWEEP_GRACE_SECONDS
