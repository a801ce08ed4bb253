"""What a message says in a table of its own, whether it tells incidents, indexes that hold only what is looked for"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

_DIGEST, _REPLACING = sa.text("(day_since IS NOT NULL OR week OR incidents)"), sa.text("replaces_id IS NOT NULL")
_WORDS = "subject, text, html, calendar, written_at"


def upgrade() -> None:
    op.create_table(
        'wording',
        sa.Column('message_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('html', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column('calendar', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column('written_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_wording_message_id_message')),
        sa.PrimaryKeyConstraint('message_id', name=op.f('pk_wording')),
    )
    op.execute(
        f"INSERT INTO wording (message_id, {_WORDS}) SELECT id, {_WORDS} FROM message WHERE text IS NOT NULL"
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('ix_message_person_id')
        batch_op.drop_constraint('uq_message_replaces_id', type_='unique')
        for name in ('written', 'sent_as_written'):
            batch_op.drop_constraint(batch_op.f(f'ck_message_{name}'), type_='check')
        for name in _WORDS.split(', '):
            batch_op.drop_column(name)
        batch_op.add_column(sa.Column('incidents', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(
            batch_op.f('ck_message_sent_by_an_attempt'), "status <> 'sent' OR attempts > 0"
        )
    op.execute(
        "UPDATE message SET incidents = true WHERE kind IN ('daily', 'incidents') "
        "AND EXISTS (SELECT 1 FROM incident WHERE incident.told_at = message.decided_at)"
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.alter_column('incidents', existing_type=sa.Boolean(), server_default=None)
    op.create_index(
        'ix_message_digest', 'message', ['decided_at', 'person_id'], sqlite_where=_DIGEST, postgresql_where=_DIGEST
    )
    op.create_index(
        'ix_message_replaces', 'message', ['replaces_id'], unique=True,
        sqlite_where=_REPLACING, postgresql_where=_REPLACING,
    )


def downgrade() -> None:
    raise NotImplementedError("this way leads forward only: restore the backup that was made before")
