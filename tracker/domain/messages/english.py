"""The words of messages in English; titles and phrases of the plan stay in Thai."""

from datetime import date

from schedules.calendars import ERA
from tracker.domain.counting import counted
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
    days=lambda count: counted(count, "day"),
    tasks=lambda count: counted(count, "task"),
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
    between=", ",
    most="up to {days}",
    left="{days} left",
    today="due today",
    past="{days} past due",
    followed="follow-up {n}, {past}",
    due_short="due {day}",
    and_more="and {count} more",
    openings={
        "owner": (
            "{agency} has adopted a plan of integrity and transparency measures (ITA). "
            "The plan gives your unit {tasks} ({parts}), as follows."
        ),
        "owner-late": (
            "{agency} has adopted a plan of integrity and transparency measures (ITA). "
            "For some of it no result is on record yet. The plan gives your unit {tasks} ({parts}), as follows."
        ),
        "above": (
            "{agency} has adopted a plan of integrity and transparency measures (ITA). "
            "This is where the work of the units concerned stands: {tasks} ({parts})."
        ),
    },
    besides="{opening}",
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
    last_follow_up=", previous follow-up of {day}",
    told_first=", first told {day}",
    moved_up="This comes to you directly because {because}",
    acting_for="Acting for",
    why="Why you receive this",
    whys={
        "owner": "You answer for the unit that the plan names.",
        "supervisor": "You supervise the responsible unit, and this has come to the point where you are told.",
        "executive": "You are an executive of the agency, and this has come to the point where you are told.",
        "coordinator": "You are the ITA coordinator, and no other recipient can be reached.",
    },
    whys_acting={
        "owner": "You are acting for {name}, who answers for the unit that the plan names.",
        "supervisor": "You are acting for {name}, who supervises the unit and is to be told of this.",
        "executive": "You are acting for {name}, an executive of the agency, who is to be told of this.",
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
        "follow-up": "Follow-up {n}, {unit}{title}, {days} past due",
        "overdue": "{unit}{title}, {days} past due",
        "today": "{unit}{title}, due today {day}",
        "coming": "{unit}{title}, due {day}",
    },
    subject_many={
        "follow-up": "Follow-up {n}, {unit}{tasks}, {days} past due",
        "overdue": "{unit}ITA {tasks}, {days} past due",
        "today": "{unit}ITA {tasks} due today {day}",
        "coming": "{unit}ITA {tasks}, first due {day}",
    },
    and_others=", and {tasks} more",
)
