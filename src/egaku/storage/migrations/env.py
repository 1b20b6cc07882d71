"""Alembic's entry: runs the versions beside this file against the URL that database.migrate gives."""

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from egaku.storage.database import metadata

engine = create_engine(context.config.attributes["url"], poolclass=NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
