"""One agency with a plan of every kind of standing: what the reports are told from."""

from dataclasses import replace
from datetime import date

from tests.builders import TREASURY, World, measure, obligation, plan
from tracker.domain.plans import Assessment, IndicatorScore, Plan
from tracker.reports.o43 import O43Report
from tracker.usecases.import_plan import import_plan
from tracker.usecases.report_o43 import o43_report

SAID = {"result": "จัดทำแล้ว", "problems": "ไม่มี", "suggestions": "ไม่มี", "evidence": ("https://example.org/a.pdf",)}
EVERYBODY = "ทุกส่วนราชการ"


def a_plan() -> Plan:
    """Three measures: of one unit, of every unit, and one that nothing is owed for."""
    one = plan(
        measure(1, TREASURY, title="การใช้งบประมาณ =1+1 <b>"),
        measure(2, EVERYBODY),
        measure(3),
        obligations=(
            obligation(date(2022, 10, 31), measures=(1,)),
            obligation(date(2022, 11, 30), measures=(2,)),
            obligation(date(2023, 9, 29), measures=(1,), phrase="เผยแพร่แผนประจำปี"),
        ),
    )
    scores = (IndicatorScore(2, "การใช้งบประมาณ", "IIT", 84.15, 5),)
    measures = (replace(one.measures[0], indicator=2), *one.measures[1:])
    return replace(one, measures=measures, assessment=Assessment(2565, 90.05, "A", scores))


def begun(world: World) -> World:
    """Tasks: 1 กองคลัง (October), 2 and 3 every unit (November), 4 กองคลัง (September)."""
    world.people()
    import_plan(world.services, a_plan(), actor="test")
    return world


def told(world: World, at: str = "2022-12-07 10:00") -> O43Report:
    world.clock.set(at)
    return o43_report(world.services, fiscal_year=2566)
