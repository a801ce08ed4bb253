"""The words of messages in English; titles and phrases of the plan stay in Thai."""

from datetime import date

from schedules.calendars import ERA
from tracker.domain.messages.words import Words
from tracker.domain.thai.numerals import arabic

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _long_day(day: date) -> str:
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year} (B.E. {day.year + ERA})"


def _short_day(day: date) -> str:
    return f"{_day_month(day)} {day.year}"


def _day_month(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"


ENGLISH = Words(
    number=str,
    digits=arabic,
    days=lambda count: f"{count} day" if count == 1 else f"{count} days",
    tasks=lambda count: f"{count} task" if count == 1 else f"{count} tasks",
    day=_long_day,
    short_day=_short_day,
    day_month=_day_month,
    dear="Dear {name},",
    sections={
        "follow-up": "Follow-up no. {n}",
        "overdue": "Past due",
        "today": "Due today",
        "coming": "Due soon",
        "notice": "For your attention",
    },
    counted="{title} ({tasks})",
    parts={
        "follow-up": "{tasks} followed up",
        "overdue": "{tasks} past due",
        "today": "{tasks} due today",
        "coming": "{tasks} due soon",
    },
    left="{days} left",
    today="due today",
    past="{days} past due",
    due_short="due {day}",
    and_more="and {count} more",
    openings={
        "owner": (
            "{agency} has adopted a plan of integrity and transparency measures (ITA). "
            "The plan gives your unit {tasks} ({parts}), as follows."
        ),
        "owner-late": (
            "{agency} has announced the dates of its integrity and transparency measures (ITA). "
            "For some of them no result is on record yet. Your unit has {tasks} ({parts}), as follows."
        ),
        "above": (
            "{agency} has adopted a plan of integrity and transparency measures (ITA) "
            "and has notified the units responsible. This is where their work stands: {tasks} ({parts})."
        ),
    },
    measure="Measure",
    measure_number="no. {number} {title}",
    due="Due",
    source="Source",
    reference_to="Reference",
    task="Task number",
    addressed="Remark",
    quoted="“{phrase}”",
    place={"line": "plan, line {n}", "page": "plan, page {n}", "row": "plan, row {n}", "part": "plan, part {n}"},
    inferred="the date was inferred from these words",
    policy="the agency's reporting policy",
    first_notice="first notice of {day}",
    last_follow_up="previous follow-up of {day}",
    moved_up="This comes to you directly because {because}",
    acting_for="Acting for",
    why="Why you receive this",
    whys={
        "owner": "You answer for the unit that the plan names.",
        "supervisor": "You supervise the responsible unit, and follow-up has reached your level.",
        "executive": "You are an executive of the agency, and follow-up has reached your level.",
        "coordinator": "You are the ITA coordinator, and no other recipient can be reached.",
    },
    whys_acting={
        "owner": "You are acting for {name}, who answers for the unit that the plan names.",
        "supervisor": "You are acting for {name}, who supervises the unit; follow-up has reached that level.",
        "executive": "You are acting for {name}, an executive of the agency; follow-up has reached that level.",
        "coordinator": "You are acting for {name}, the ITA coordinator, and no other recipient can be reached.",
    },
    next="What to do next",
    nexts={
        "owner": "Please complete the task and send the report and evidence to {contact}, who records it.",
        "supervisor": "Please see to its completion and tell {contact} the result or the expected date.",
        "executive": "Please give directions as you see fit and inform {contact}.",
        "coordinator": "Please contact the responsible unit and bring the list of recipients up to date.",
    },
    report_has="A report states result, evidence, problems and suggestions (“none” is an answer).",
    need_time="If more time is needed, please tell the coordinator the date on which you expect to report.",
    apology="If the report has already been sent, please accept our apologies and tell the coordinator.",
    coordinator="the ITA coordinator",
    by_email=" ({email})",
    phone="tel. {phone}",
    ask="Questions",
    reference="Reference number",
    closings={
        "owner": "Submitted for your kind action.",
        "supervisor": "Submitted for your consideration and action.",
        "executive": "Submitted for your consideration.",
        "coordinator": "Submitted for your kind action.",
    },
    footer="Sent automatically by the follow-up service for integrity and transparency measures of {agency}.",
    subject_one={
        "follow-up": "Follow-up {n}, {unit}{title} ({days} past due)",
        "overdue": "{unit}{title}, {days} past due",
        "today": "{unit}{title}, due today {day}",
        "coming": "{unit}{title}, due {day}",
    },
    subject_many={
        "follow-up": "Follow-up {n}: {tasks}, {days} past due",
        "overdue": "ITA: {tasks}, {days} past due",
        "today": "ITA: {tasks} due today {day}",
        "coming": "ITA: {tasks}, first due {day}",
    },
    and_others=", others: {tasks}",
)
