"""The tables: flat rows with CHECK and UNIQUE constraints (a table model does not validate when it is made)."""

from tracker.store.tables.agency import (
    HolidayRow,
    HolidayYearRow,
    LeaveRow,
    PersonRow,
    PostRow,
    UnitAliasRow,
    UnitGroupRow,
    UnitRow,
)
from tracker.store.tables.bounces import AddressOffRow, BounceRow, MailboxRow
from tracker.store.tables.ledger import (
    MESSAGE_KINDS,
    AttemptRow,
    AuditHeadRow,
    AuditRow,
    IncidentRow,
    MarkRow,
    MessageNoticeRow,
    MessageRow,
    NoticeRow,
    SuppressionRow,
    WordingRow,
)
from tracker.store.tables.work import EvidenceCheckRow, EvidenceRow, LadderRow, PlanRow, TaskRow

__all__ = [
    "MESSAGE_KINDS",
    "AddressOffRow",
    "AttemptRow",
    "AuditHeadRow",
    "AuditRow",
    "BounceRow",
    "EvidenceCheckRow",
    "EvidenceRow",
    "HolidayRow",
    "HolidayYearRow",
    "IncidentRow",
    "LadderRow",
    "LeaveRow",
    "MailboxRow",
    "MarkRow",
    "MessageNoticeRow",
    "MessageRow",
    "NoticeRow",
    "PersonRow",
    "PlanRow",
    "PostRow",
    "SuppressionRow",
    "TaskRow",
    "UnitAliasRow",
    "UnitGroupRow",
    "UnitRow",
    "WordingRow",
]
