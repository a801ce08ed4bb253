"""Words written when a message leaves, attempts logged when they end, indexes for large outboxes"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

WAITING, HELD, DEAD = "status IN ('queued', 'retrying')", "status = 'sending'", "status = 'dead'"
SUBMITTED = "status = 'submitted'"


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    # An attempt in hand is logged when it ends from now on; one that never ended has vanished.
    op.execute(
        "DELETE FROM attempt WHERE finished_at IS NULL AND EXISTS (SELECT 1 FROM message "
        "WHERE message.id = attempt.message_id AND message.status = 'sending' AND message.attempts = attempt.n)"
    )
    op.execute(
        "UPDATE attempt SET finished_at = started_at, outcome = 'vanished', detail = 'it never ended' "
        "WHERE finished_at IS NULL OR outcome IS NULL"
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.alter_column('finished_at', existing_type=sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False)
        batch_op.alter_column('outcome', existing_type=sqlmodel.sql.sqltypes.AutoString(), nullable=False)
        batch_op.create_check_constraint(
            batch_op.f('ck_attempt_outcome_known'),
            "outcome IN ('accepted', 'temporary', 'permanent', 'unknown', 'misconfigured', 'vanished')",
        )

    op.execute("UPDATE message SET status = 'retrying' WHERE status = 'queued' AND attempts > 0")
    op.execute("UPDATE message SET error = 'no reason was kept' WHERE status IN ('dead', 'withdrawn') AND error IS NULL")
    op.execute("UPDATE message SET attempts = 1 WHERE status = 'sent' AND attempts = 0")
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('ix_message_due')
        for column in ('subject', 'text'):
            batch_op.alter_column(column, existing_type=sqlmodel.sql.sqltypes.AutoString(), nullable=True)
        batch_op.alter_column('written_at', existing_type=sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
        batch_op.drop_constraint(batch_op.f('ck_message_attempts'), type_='check')
        batch_op.create_check_constraint(
            batch_op.f('ck_message_attempts'), "attempts >= 0 AND (status <> 'queued' OR attempts = 0)"
        )
        batch_op.create_check_constraint(
            batch_op.f('ck_message_written'),
            "(written_at IS NULL) = (text IS NULL) AND (text IS NULL) = (subject IS NULL)",
        )
        batch_op.create_check_constraint(
            batch_op.f('ck_message_sent_as_written'), "status <> 'sent' OR (attempts > 0 AND text IS NOT NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f('ck_message_ended_for_a_reason'), "status NOT IN ('dead', 'withdrawn') OR error IS NOT NULL"
        )
    _partial('ix_message_waiting', 'message', ['channel', 'next_attempt_at', 'id'], WAITING)
    _partial('ix_message_held', 'message', ['channel', 'lease_until'], HELD)
    _partial('ix_message_dead', 'message', ['id'], DEAD)
    _partial('ix_task_submitted', 'task', ['due', 'id'], SUBMITTED)


def downgrade() -> None:
    raise NotImplementedError("this way leads forward only: restore the backup that was made before")
