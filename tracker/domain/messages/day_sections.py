"""The sections of what the coordinator reads; each says which `tracker` command comes next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.messages.coordinator_words import CoordinatorWords
from tracker.domain.messages.day import (
    CoordinatorDay,
    FailedDelivery,
    OverdueTask,
    SubmittedTask,
    UnownedTask,
)
from tracker.domain.messages.entries import days_in_words
from tracker.domain.messages.lines import one_line, shorten
from tracker.domain.messages.values import Detail, Entry, Section, Severity
from tracker.domain.messages.words import Words

IN_A_SECTION = 10
"""Three sections spell out tasks, so a day stays within SPELLED_OUT and no kind crowds out another."""


@dataclass(frozen=True, slots=True)
class DaySections:
    """Makes sections in one language, as of one day."""

    words: Words
    says: CoordinatorWords
    today: date

    def of_day(self, day: CoordinatorDay) -> tuple[Section, ...]:
        """Return what needs a hand first, and what went out last; empty kinds are left out."""
        sections = [self.incidents(day.incidents)] if day.incidents else []
        sections += [self._failed(day.failed)] if day.failed else []
        sections += [self._unowned(day.unowned)] if day.unowned else []
        sections += [self._submitted(day.submitted)] if day.submitted else []
        sections += [self._overdue(day.overdue)] if day.overdue else []
        sections += [self._unconfirmed(day.unconfirmed_years)] if day.unconfirmed_years else []
        return (*sections, self._sent(day))

    def incidents(self, sentences: Sequence[str]) -> Section:
        """Return incidents, each in its own sentence."""
        entries = [_sentence(shorten(each, 400)) for each in sentences]
        commands = ["tracker doctor", "tracker message list"]
        return self._section(self.says.incidents, "notice", entries, self.says.incidents_advice, commands)

    def _failed(self, failures: Collection[FailedDelivery]) -> Section:
        first = next(iter(failures)).message_id
        return self._section(
            self.says.failed,
            "overdue",
            [self._failure(each) for each in failures],
            self.says.failed_advice,
            [f"tracker message show {first}", f"tracker message retry {first}"],
            count=len(failures),
        )

    def _unowned(self, tasks: Collection[UnownedTask]) -> Section:
        entries = [self._task(task, "overdue", self.says.unowned_badge) for task in tasks]
        commands = ["tracker people import people.csv", f"tracker task assign {next(iter(tasks)).task_id} --to NAME"]
        return self._section(
            self.says.unowned, "overdue", entries, self.says.unowned_advice, commands, count=len(tasks)
        )

    def _submitted(self, tasks: Collection[SubmittedTask]) -> Section:
        entries = [self._task(task, "coming", self._sent_on(task.submitted_on)) for task in tasks]
        first = next(iter(tasks)).task_id
        commands = [
            f"tracker task show {first}",
            f"tracker task done {first} --evidence URL --result TEXT --problems TEXT --suggestions TEXT",
            f"tracker task reopen {first} --reason TEXT",
        ]
        return self._section(
            self.says.submitted, "coming", entries, self.says.submitted_advice, commands, count=len(tasks)
        )

    def _overdue(self, tasks: Collection[OverdueTask]) -> Section:
        entries = [self._late(task) for task in tasks]
        commands = ["tracker task list --status overdue"]
        commands += [f"tracker task extend {next(iter(tasks)).task_id} --to DATE --reason TEXT"]
        return self._section(
            self.says.overdue, "follow-up", entries, self.says.overdue_advice, commands, count=len(tasks)
        )

    def _unconfirmed(self, years: Sequence[int]) -> Section:
        years = sorted(set(years))
        number, says = self.words.number, self.says
        entries = [_sentence(says.unconfirmed_year.format(year=number(year))) for year in years]
        commands = [f"tracker holiday {act} {year}" for year in years[:IN_A_SECTION] for act in ("list", "confirm")]
        return self._section(says.unconfirmed, "notice", entries, says.unconfirmed_advice, commands)

    def _sent(self, day: CoordinatorDay) -> Section:
        if not (total := sum(count for _, count in day.sent)):
            return Section(self.says.sent_none, "notice", ())
        number, names = self.words.number, self.says.channels
        channels = self.words.between.join(
            names.get(channel, channel + " {count}").format(count=number(count)) for channel, count in day.sent
        )
        since = self.says.sent_since.format(day=self.words.short_day(day.since)) if day.since else ""
        title = f"{self.says.sent.format(count=number(total))}{since} ({channels})"
        return Section(title, "notice", (), advice=self.says.sent_advice, commands=("tracker message list",))

    def _section(
        self,
        title: str,
        severity: Severity,
        entries: list[Entry],
        advice: str,
        commands: list[str],
        *,
        count: int | None = None,
    ) -> Section:
        """Return a section with its first entries; `count` is how many there are, when not all are at hand."""
        shown, count = tuple(entries[:IN_A_SECTION]), len(entries) if count is None else count
        counted = title.format(count=self.words.number(count))
        return Section(counted, severity, shown, count - len(shown), advice, tuple(commands))

    def _failure(self, each: FailedDelivery) -> Entry:
        channel = self.says.channels.get(each.channel, each.channel).removesuffix(" {count}")
        title = f"{channel} {one_line(each.address)}"
        reason, unit = shorten(each.reason, 200), one_line(each.unit or "")
        details = Detail(self.says.reason, reason), Detail(self.says.message, str(each.message_id))
        return Entry("overdue", unit, title, "", details, " ".join(filter(None, [unit, title, shorten(reason, 60)])))

    def _late(self, task: OverdueTask) -> Entry:
        told = self.says.escalated_to[task.escalated_to]
        if task.follow_up:
            told = self.words.between.join((self.says.follow_up.format(n=self.words.number(task.follow_up)), told))
        badge = days_in_words(task.due, self.words, self.today)
        return self._task(task, "follow-up", badge, Detail(self.says.escalated, told))

    def _task(
        self,
        task: OverdueTask | UnownedTask | SubmittedTask,
        severity: Severity,
        badge: str,
        *more: Detail,
    ) -> Entry:
        unit, title = shorten(task.unit, 80), shorten(task.title, 160)
        due = Detail(self.words.due, self.words.day(task.due), strong=True)
        number = Detail(self.words.task, str(task.task_id))
        short = f"{shorten(unit, 40)}: {shorten(title, 60)} ({badge})"
        return Entry(severity, unit, title, badge, (due, *more, number), short, task.task_id)

    def _sent_on(self, day: date) -> str:
        return self.says.submitted_on.format(day=self.words.short_day(day))


def _sentence(text: str) -> Entry:
    """Return an entry that says one thing and concerns no unit."""
    return Entry("notice", "", text, "", (), text)
