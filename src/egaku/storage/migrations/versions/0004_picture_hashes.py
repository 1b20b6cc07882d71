"""Pictures lead to their recipes, which are deleted with them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column and its index. Recipes of earlier pictures keep their own time."""
    op.add_column("pictures", sa.Column("pixel_hash", sa.String(64)))
    op.create_index("ix_pictures_pixels", "pictures", ["owner", "pixel_hash"])


def downgrade() -> None:
    """Drop both again."""
    op.drop_index("ix_pictures_pixels", "pictures")
    op.drop_column("pictures", "pixel_hash")
