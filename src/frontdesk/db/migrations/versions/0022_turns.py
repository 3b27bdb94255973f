"""In which order lanes are taken, apart from when they are due; and for whom they are: nobody takes all the turns."""

from alembic import op

revision = "0022"
down_revision = "0025"


def upgrade() -> None:
    op.get_bind().exec_driver_sql("""
        alter table lane add column turn timestamptz not null default now(), add column flow text;
        update lane set turn = due_at where due_at < 'infinity';
        create index lane_turn on lane (kind, turn) where parked_at is null and due_at < 'infinity';
        create index lane_flow on lane (kind, flow, turn) where flow is not null and due_at < 'infinity';
    """)
