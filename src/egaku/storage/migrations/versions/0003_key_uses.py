"""When a key was last used."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column."""
    op.add_column("keys", sa.Column("last_used_at", sa.BigInteger))


def downgrade() -> None:
    """Drop it again."""
    op.drop_column("keys", "last_used_at")
