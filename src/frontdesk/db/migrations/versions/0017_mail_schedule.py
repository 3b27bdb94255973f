"""When a mail was first tried and is tried next, for managers' mails and for replies."""

from alembic import op

revision = "0017"
down_revision = "0016"

SCHEMA = """
alter table escalation
    add column mail_first_tried_at timestamptz,
    add column mail_next_at timestamptz;
create index escalation_mail_waiting on escalation (mail_next_at) where mail_state in ('queued', 'sending');
alter table outbox add column first_tried_at timestamptz;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SCHEMA)
