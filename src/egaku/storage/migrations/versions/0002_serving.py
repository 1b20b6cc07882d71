"""Limits on keys, usage, jobs, their pictures, idempotent replies, servers, moderation reports."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("spent", "usage", "jobs", "pictures", "replies", "servers", "reports")


def _key_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("is_admin", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("images_per_day", sa.Integer),
        sa.Column("images_per_month", sa.Integer),
        sa.Column("max_concurrent", sa.Integer),
        sa.Column("models", sa.Text),
        sa.Column("organization", sa.String(64)),
        sa.Column("user", sa.String(200)),
        sa.Column("moderation", sa.String(16)),
    )


def upgrade() -> None:
    """Add the columns and create the tables."""
    for column in _key_columns():
        op.add_column("keys", column)
    op.create_table(
        "spent",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("period", sa.String(10), primary_key=True),
        sa.Column("images", sa.Integer, nullable=False),
    )
    op.create_table(
        "usage",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("model", sa.String(64), primary_key=True),
        sa.Column("size", sa.String(16), primary_key=True),
        sa.Column("operation", sa.String(16), primary_key=True),
        sa.Column("images", sa.Integer, nullable=False),
        sa.Column("requests", sa.Integer, nullable=False),
    )
    op.create_table(
        "jobs",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(40), nullable=False, unique=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("operation", sa.String(16), nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("inputs", sa.Text, nullable=False),
        sa.Column("names", sa.Text, nullable=False),
        sa.Column("holder", sa.String(40), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("started_at", sa.BigInteger),
        sa.Column("finished_at", sa.BigInteger),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("starts", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
    )
    for column_name in ("owner", "status", "expires_at"):
        op.create_index(f"ix_jobs_{column_name}", "jobs", [column_name])
    op.create_table(
        "pictures",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("job", sa.String(40)),
        sa.Column("position", sa.Integer),
        sa.Column("bytes", sa.Integer, nullable=False),
        sa.Column("revised_prompt", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("job", "position", name="uq_pictures_job_position"),
    )
    for column_name in ("owner", "expires_at"):
        op.create_index(f"ix_pictures_{column_name}", "pictures", [column_name])
    op.create_table(
        "replies",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("holder", sa.String(40), nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("headers", sa.Text),
        sa.Column("body", sa.LargeBinary),
        sa.Column("file", sa.String(40)),
        sa.Column("bytes", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_replies_expires_at", "replies", ["expires_at"])
    op.create_table(
        "servers",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("beat_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("prompt", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("reviewed_at", sa.BigInteger),
        sa.Column("outcome", sa.String(16)),
    )
    op.create_index("ix_reports_created_at", "reports", ["created_at"])


def downgrade() -> None:
    """Drop them again."""
    for table in TABLES:
        op.drop_table(table)
    for column in _key_columns():
        op.drop_column("keys", column.name)
