"""An index on the open tasks that nothing will be said about, for the watch"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_SILENT = sa.text("status = 'open' AND next_notice_at IS NULL")


def upgrade() -> None:
    op.create_index(
        'ix_task_silent', 'task', ['ladder', 'reached'], sqlite_where=_SILENT, postgresql_where=_SILENT
    )


def downgrade() -> None:
    raise NotImplementedError("this way leads forward only: restore the backup that was made before")
