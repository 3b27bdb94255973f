"""A process of the version before, which names no kind of actor, writes to the log while others are upgraded."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.execute(
        "alter table ticket_event alter column actor_kind set default 'system',"
        " alter column actor_id set default ''"
    )


def downgrade() -> None:
    op.execute(
        "alter table ticket_event alter column actor_kind drop default, alter column actor_id drop default"
    )
