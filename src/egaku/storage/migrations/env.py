"""Alembic's entry: runs the versions beside this file on the connection that database.migrate gives."""

from alembic import context

from egaku.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
