"""What tickets are found by: the words of messages, subjects, customers and claims, in their plain form.

Null in rows of earlier versions, and in those that one of them still writes: a clock fills them.
"""

from alembic import op

revision = "0024"
down_revision = "0020"

_TABLES = ("message", "ticket", "customer", "conversation")


def upgrade() -> None:
    connection = op.get_bind()
    for table in _TABLES:
        connection.exec_driver_sql(f"alter table {table} add column words tsvector")
        connection.exec_driver_sql(f"create index {table}_words on {table} using gin (words)")
        connection.exec_driver_sql(
            f"create index {table}_wordless on {table} ({table}_id) where words is null"
        )
