"""Leave, confirmed years, messages of several parts"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('holiday_year',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('confirmed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_holiday_year'))
    )
    op.create_table('leave',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('substitute_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.CheckConstraint('person_id <> substitute_id', name=op.f('ck_leave_another_person')),
    sa.CheckConstraint('since < until', name=op.f('ck_leave_since_before_until')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_leave_person_id_person')),
    sa.ForeignKeyConstraint(['substitute_id'], ['person.id'], name=op.f('fk_leave_substitute_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leave'))
    )
    with op.batch_alter_table('leave', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_leave_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('written_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('day_since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('week', sa.Boolean(), nullable=True))
    op.execute('UPDATE message SET decided_at = created_at, written_at = created_at, week = false')
    op.execute("UPDATE message SET day_since = created_at WHERE kind = 'daily'")
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.alter_column('decided_at', nullable=False)
        batch_op.alter_column('written_at', nullable=False)
        batch_op.alter_column('week', nullable=False)
        batch_op.drop_constraint(batch_op.f('ck_message_kind_known'), type_='check')
        batch_op.create_check_constraint(
            batch_op.f('ck_message_kind_known'), "kind IN ('notices', 'daily', 'weekly', 'incidents')"
        )

    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('acting_for_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('pass_on', sa.Boolean(), nullable=True))
    op.execute('UPDATE notice SET pass_on = false')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.alter_column('pass_on', nullable=False)
        batch_op.create_foreign_key(batch_op.f('fk_notice_acting_for_id_person'), 'person', ['acting_for_id'], ['id'])
        batch_op.create_index(
            'ix_notice_pass_on', ['id'], sqlite_where=sa.text('pass_on'), postgresql_where=sa.text('pass_on')
        )


def downgrade() -> None:
    raise NotImplementedError("this way leads forward only: restore the backup that was made before")
