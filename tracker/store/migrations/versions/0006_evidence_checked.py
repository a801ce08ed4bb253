"""When evidence was last looked at, and what was wrong with it"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'evidence_check',
        sa.Column('evidence_id', sa.Integer(), nullable=False, autoincrement=False),
        sa.Column('checked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('fault', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column('since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("(fault IS NULL) = (since IS NULL)", name=op.f('ck_evidence_check_since')),
        sa.ForeignKeyConstraint(
            ['evidence_id'], ['evidence.id'], name=op.f('fk_evidence_check_evidence_id_evidence')
        ),
        sa.PrimaryKeyConstraint('evidence_id', name=op.f('pk_evidence_check')),
    )


def downgrade() -> None:
    raise NotImplementedError("this way leads forward only: restore the backup that was made before")
