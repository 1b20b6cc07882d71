"""Every table, as the code sees it. `migrations/` makes them; a test holds the two together.

Times are Unix seconds. `owner` is a key's id, or `anonymous@address` where no keys are needed.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData()

keys = Table(
    "keys",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("hint", String(16), nullable=False),
    Column("images_per_minute", Integer),
    Column("created_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("is_admin", Boolean, nullable=False, server_default=false()),
    Column("images_per_day", Integer),
    Column("images_per_month", Integer),
    Column("max_concurrent", Integer),
    Column("models", Text),
    Column("organization", String(64)),
    Column("user", String(200)),
    Column("moderation", String(16)),
    Column("last_used_at", BigInteger),
)
"""API keys. `hash` is the SHA-256 of the secret in hex; `hint` its last characters, for people; `models` a
JSON list of allowed model names. Null limits mean the server's default."""

recipes = Table(
    "recipes",
    metadata,
    Column("owner", String(64), primary_key=True),
    Column("pixel_hash", String(64), primary_key=True),
    Column("engine", String(64), nullable=False),
    Column("recipe", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index("ix_recipes_expires_at", "expires_at"),
)
"""How a picture was made, found again by its pixels when its owner uploads it for an edit or a variation."""

spent = Table(
    "spent",
    metadata,
    Column("owner", String(64), primary_key=True),
    Column("period", String(10), primary_key=True),
    Column("images", Integer, nullable=False),
)
"""Images counted against a quota; `period` is a UTC day `2026-11-22` or month `2026-11`."""

usage = Table(
    "usage",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("owner", String(64), primary_key=True),
    Column("model", String(64), primary_key=True),
    Column("size", String(16), primary_key=True),
    Column("operation", String(16), primary_key=True),
    Column("images", Integer, nullable=False),
    Column("requests", Integer, nullable=False),
)
"""What was drawn, by UTC day."""

jobs = Table(
    "jobs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("owner", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("operation", String(16), nullable=False),
    Column("fields", Text, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("names", Text, nullable=False),
    Column("holder", String(40), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("finished_at", BigInteger),
    Column("expires_at", BigInteger, nullable=False),
    Column("starts", Integer, nullable=False),
    Column("error", Text),
    Index("ix_jobs_owner", "owner"),
    Index("ix_jobs_status", "status"),
    Index("ix_jobs_expires_at", "expires_at"),
)
"""Work that outlives its connection. `fields` is the request as JSON with its seed fixed; `inputs` names its
stored uploads and `names` the files its pictures will be; `holder` is the server that draws it; `starts`
counts how often one began it; `error` is the API's error object."""

pictures = Table(
    "pictures",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("job", String(40)),
    Column("position", Integer),
    Column("bytes", Integer, nullable=False),
    Column("revised_prompt", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("pixel_hash", String(64)),
    UniqueConstraint("job", "position", name="uq_pictures_job_position"),
    Index("ix_pictures_owner", "owner"),
    Index("ix_pictures_expires_at", "expires_at"),
    Index("ix_pictures_pixels", "owner", "pixel_hash"),
)
"""Stored picture files and whose they are. One per position of a job: a job's picture cannot exist twice.
`pixel_hash` leads to its recipe, where it has one."""

replies = Table(
    "replies",
    metadata,
    Column("owner", String(64), primary_key=True),
    Column("key_hash", String(64), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("holder", String(40), nullable=False),
    Column("status", Integer),
    Column("headers", Text),
    Column("body", LargeBinary),
    Column("file", String(40)),
    Column("bytes", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index("ix_replies_expires_at", "expires_at"),
)
"""Answers by Idempotency-Key. `holder` names the server at it; `status` is null until there is an answer,
whose body is here when small and in `file` when not."""

servers = Table(
    "servers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("beat_at", BigInteger, nullable=False),
)
"""Servers on this database and their last signs of life: what a dead one held is up for others to take."""

reports = Table(
    "reports",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("request_id", String(64), nullable=False),
    Column("decision", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("prompt", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("reviewed_at", BigInteger),
    Column("outcome", String(16)),
    Index("ix_reports_created_at", "created_at"),
)
"""Moderation decisions somebody says are wrong, with what they chose to send."""
