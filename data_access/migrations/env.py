"""What Alembic runs: the migrations, on the connection that `data_access.schema` hands over."""

from alembic import context
from alembic.ddl.impl import DefaultImpl

from data_access.tables.every import metadata


class DuckDBImpl(DefaultImpl):
    """DuckDB needs nothing special; Alembic only wants to have heard of it."""

    __dialect__ = "duckdb"


connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, on_version_apply=context.config.attributes.get("step")
)
with context.begin_transaction():
    context.run_migrations()
