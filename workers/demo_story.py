"""What people do in the demo's fiscal year: a few officers are prompt, one is late, one promises, one asks for time.

The story is told on the tasks that the sample plan opens; it names them by what they say, not by number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.tasks import Act
from tracker.store.tables import TaskRow
from tracker.usecases.act_on_task import Said, act_on_tasks
from tracker.usecases.list_tasks import TaskView, list_tasks
from tracker.usecases.services import Services

NOTHING = "ไม่มี"
EVIDENCE = "https://example.org/ita/2569"


@dataclass(frozen=True, slots=True)
class Scene:
    """On a day somebody does something to the open tasks that `about` picks; `told` is what the demo says."""

    on: date
    told: str
    act: Act
    about: Callable[[TaskView], bool]
    day: date | None = None
    reason: str | None = None


def _unit(name: str, due: date) -> Callable[[TaskView], bool]:
    return lambda view: view.unit == name and view.row.due == due


def _due(*days: date) -> Callable[[TaskView], bool]:
    return lambda view: view.row.due in days


NOVEMBER, FEBRUARY, MARCH_16, HALF = date(2025, 11, 28), date(2026, 2, 28), date(2026, 3, 16), date(2026, 3, 31)
JUNE, YEAR_END = date(2026, 6, 30), date(2026, 9, 30)
MAILBOX_MENDED, MAILBOX_OF = date(2025, 11, 21), "นายตัวอย่าง กองคลัง"
LATE_UNIT = "กองช่าง"

SCENES: tuple[Scene, ...] = (
    Scene(date(2025, 11, 27), "กองคลัง finishes its budget summary a day early", "done", _due(NOVEMBER)),
    Scene(
        date(2026, 3, 4),
        "สำนักปลัด is late with a publication and promises 10 March",
        "ack",
        _due(FEBRUARY),
        day=date(2026, 3, 10),
        reason="รอผู้บริหารลงนาม",
    ),
    Scene(date(2026, 3, 10), "สำนักปลัด keeps its promise", "done", _due(FEBRUARY)),
    Scene(
        date(2026, 3, 13),
        "สำนักปลัด reports; reminders stop, the coordinator is asked to check",
        "submit",
        _unit("สำนักปลัด", MARCH_16),
    ),
    Scene(date(2026, 3, 17), "the coordinator checks that report and closes it", "done", _unit("สำนักปลัด", MARCH_16)),
    Scene(
        date(2026, 3, 16),
        "กองคลัง asks for a week more, with a reason",
        "extend",
        _unit("กองคลัง", MARCH_16),
        day=date(2026, 3, 23),
        reason="ระบบเว็บไซต์ปิดปรับปรุง",
    ),
    Scene(date(2026, 3, 20), "กองคลัง reports in time for the new date", "done", _unit("กองคลัง", date(2026, 3, 23))),
    Scene(
        date(2026, 3, 30),
        "every division but one reports before 31 March",
        "done",
        lambda view: view.row.due == HALF and view.unit != LATE_UNIT,
    ),
    Scene(
        date(2026, 4, 22),
        f"{LATE_UNIT} reports after its supervisor and the clerk were told",
        "done",
        _unit(LATE_UNIT, HALF),
    ),
    Scene(date(2026, 6, 29), "กองสาธารณสุขและสิ่งแวดล้อม opens its booking system", "done", _due(JUNE)),
    Scene(date(2026, 9, 29), "everybody reports the year", "done", _due(YEAR_END)),
)


def play(scene: Scene, services: Services) -> int:
    """Do what a scene says and return to how many tasks."""
    now = services.clock.now()
    wanted = [view.row for view in list_tasks(services, now=now) if _is_active(view.row) and scene.about(view)]
    if wanted:
        act_on_tasks(services, scene.act, _ids(wanted), _said(scene))
    return len(wanted)


def _is_active(row: TaskRow) -> bool:
    return row.status in ("open", "submitted")


def _ids(rows: Sequence[TaskRow]) -> list[int]:
    return [row.id for row in rows if row.id is not None]


def _said(scene: Scene) -> Said:
    if scene.act != "done":
        return Said("demo", reason=scene.reason, day=scene.day)
    return Said("demo", result="ดำเนินการแล้วเสร็จตามแผน", problems=NOTHING, suggestions=NOTHING, evidence=(EVIDENCE,))
