"""In which process a request with an Idempotency-Key runs: where that is dead, its key is free."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.get_bind().exec_driver_sql("alter table idempotency add column process bigint")
