"""`tracker people ...`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.given import DryRun, Json, Person, day_option, person_option, unit_option
from tracker.cli.help import Commands
from tracker.cli.output import actor, day_given, print_json, print_table, remark, say, shown_progress, thai_day
from tracker.cli.people_shown import confirmed, difference, moved, remains, role_given, show_counts, show_difference
from tracker.domain.counting import counted
from tracker.domain.masking import mask_address

if TYPE_CHECKING:
    from tracker.usecases.list_people import PostView

Email = Annotated[str | None, typer.Option(help="E-mail address.")]
Line = Annotated[str | None, typer.Option(help="LINE user id: U and 32 hexadecimal digits.")]
Channels = Annotated[str | None, typer.Option(help="The order in which to try them, such as line,email.")]
Lang = Annotated[str | None, typer.Option(help="Language of the messages: th or en.")]
Supervisor = Annotated[
    str | None,
    person_option("Who is above: a name or number."),
]
NewUnits = Annotated[
    bool, typer.Option("--new-units", help="A unit whose name is close to a known one is another one all the same.")
]

app = Commands(help="Who is responsible, and how to reach them.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A workbook (.xlsx) or CSV file, one person in one post on each line.")],
    dry_run: DryRun = False,
    new_units: NewUnits = False,
) -> None:
    """Store a people file; the same file twice changes nothing.

    Columns: name, position, unit, unit_group, role, email, line, channels, supervisor, from, until, lang
    (Thai headers work too, and may stand below a title). Roles: officer, supervisor, executive, coordinator.
    A column that is not there leaves what is known; an empty cell takes it away.

    Example: tracker people import people.xlsx --dry-run
    """
    from tracker.cli.session import opened
    from tracker.intake.people_file import read_people
    from tracker.usecases.import_people import import_people

    with opened() as services:
        with shown_progress(f"Reading {file.name}") as progress:
            lines = read_people(file, services.settings.channels, progress)
        with shown_progress("Comparing people") as progress:
            done = import_people(
                services,
                lines,
                file=file.name,
                actor=actor(),
                dry_run=dry_run,
                new_units=new_units,
                progress=progress,
            )
    if dry_run:
        show_difference(done)
    show_counts(done, dry_run=dry_run)
    if not dry_run:
        remark("Next: tracker plan import PLAN, or tracker unit list to check.")


@app.command("list")
def list_(
    as_json: Json = False,
    reveal: Annotated[bool, typer.Option("--reveal", help="Show addresses in full.")] = False,
) -> None:
    """List people and the posts that they hold.

    Example: tracker people list
    """
    from tracker.cli.session import opened
    from tracker.usecases.list_people import list_people

    with opened() as services:
        views = list_people(services)
    if as_json:
        print_json([view.to_json(reveal=reveal) for view in views])
        return
    print_table(
        ["id", "role", "person", "reached by"],
        [[view.id, view.role, _in_short(view), view.reach(reveal=reveal)] for view in views],
        whole=2,
        empty="Nobody is known yet: tracker people import FILE.",
    )


@app.command("address")
def address(
    person: Person,
    _on: Annotated[bool, typer.Option("--on", help="Use again what was refused before.")],
) -> None:
    """Use the addresses of a person again that were turned off because a mail system or LINE refused them for good.

    A people file with another address does the same for that person. What failed before is sent again by
    `tracker message retry`.

    Example: tracker people address "นางสาวตัวอย่าง หนึ่ง" --on
    """
    from tracker.cli.session import opened
    from tracker.usecases.give_up_address import use_addresses_again

    with opened() as services:
        routes = use_addresses_again(services, person, actor=actor())
    say(f"Used again: {', '.join(f'{channel} {mask_address(address)}' for channel, address in routes)}.")


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The whole name, with its title.")],
    unit: Annotated[str, unit_option("The unit of the post.")],
    role: Annotated[str, typer.Option(help="officer, supervisor, executive or coordinator.")],
    position: Annotated[str | None, typer.Option(help="The position, as letters name it.")] = None,
    email: Email = None,
    line: Line = None,
    channels: Channels = None,
    supervisor: Supervisor = None,
    unit_group: Annotated[str | None, typer.Option(help="The class that the unit belongs to.")] = None,
    from_: Annotated[str | None, day_option("The first day of the post.", "--from")] = None,
    until: Annotated[str | None, day_option("The first day on which it is not held any more.")] = None,
    lang: Lang = None,
    new_units: NewUnits = False,
) -> None:
    """Store one person in one post, by the same rules as a line of a people file; or one more post of somebody known.

    What no option says stays as it is.

    Example: tracker people add "นายตัวอย่าง สอง" --unit "กองคลัง" --role officer --email two@example.go.th
    """
    from tracker.cli.session import opened
    from tracker.intake.people_file import person_line
    from tracker.usecases.add_person import add_person

    options = {
        "name": name, "unit": unit, "role": role, "position": position, "email": email, "line": line,
        "channels": channels, "supervisor": supervisor, "unit_group": unit_group, "from": from_, "until": until,
        "lang": lang,
    }  # fmt: skip
    with opened() as services:
        told = {field: text.strip() for field, text in options.items() if text is not None}
        done = add_person(services, person_line(told, services.settings.channels), actor=actor(), new_units=new_units)
    show_difference(done)
    show_counts(done)


@app.command("link")
def link(
    person: Person,
    email: Email = None,
    line: Line = None,
    channels: Channels = None,
    supervisor: Supervisor = None,
    lang: Lang = None,
) -> None:
    """Link a person with what reaches them, and with the supervisor to whom their tasks are escalated.

    Only what is given changes; an empty text ("") takes it away. The supervisor goes for every post that goes on.

    Example: tracker people link "นายตัวอย่าง สอง" --supervisor "นางหัวหน้า กองคลัง" --channels line,email
    """
    from tracker.cli.session import opened
    from tracker.usecases.link_person import link_person

    options = {"email": email, "line": line, "channels": channels, "lang": lang}
    told = {field: text.strip() for field, text in options.items() if text is not None}
    with opened() as services:
        done = link_person(services, person, told, supervisor=supervisor, actor=actor())
    shown = "; ".join(difference(*each) for each in done.changed)
    say(f"{done.name} ({done.id}): {shown or 'everything was so before'}.")
    for each in done.remarks:
        remark(each)


@app.command("transfer")
def transfer(
    person: Person,
    to: Annotated[str, unit_option("The unit of the new post.")],
    position: Annotated[str | None, typer.Option(help="The new position.")] = None,
    role: Annotated[str | None, typer.Option(help="The new role; that of the present post when not given.")] = None,
    from_: Annotated[str | None, day_option("The first day of the new post; today by default.", "--from")] = None,
    leaving: Annotated[
        str | None,
        unit_option("The unit that is left, for somebody with several."),
    ] = None,
    new_units: NewUnits = False,
) -> None:
    """Move a person to another unit: the present post ends on that day, and the new one begins.

    Open tasks stay with the unit that is left: those that named the person are told to its officers again.

    Example: tracker people transfer "นายตัวอย่าง สอง" --to "กองช่าง" --from 01/10/2569
    """
    from tracker.cli.session import opened
    from tracker.usecases.transfer_person import transfer_person

    day = day_given(from_, "--from")
    with opened() as services:
        done = transfer_person(
            services,
            person,
            to,
            since=day,
            position=position,
            role=role_given(role),
            leaving=leaving,
            new_units=new_units,
            actor=actor(),
        )
    for line in moved(done):
        say(line)
    if done.nobody_left:
        remark(
            f"From {thai_day(done.since)} nobody answers for {done.left}: its "
            f"{counted(done.nobody_left, 'open task goes', 'open tasks go')} to the next one up. Name a successor: "
            f'tracker people add NAME --unit "{done.left}" --role officer '
            f"--from {done.since}"
        )


@app.command("erase")
def erase(
    person: Person,
    reason: Annotated[str, typer.Option(help="Why, such as the number of the request; kept in the audit trail.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Erase a person's name and addresses on request (Personal Data Protection Act); this cannot be undone.

    The number stays in what was decided and in the audit trail, which still verifies. Refused while open tasks name
    the person or nobody else of the role can be reached.

    Example: tracker people erase 12 --reason "คำขอเลขที่ ๑/๒๕๖๙"
    """
    from tracker.cli.session import opened
    from tracker.usecases.erase_person import erase_person, who_to_erase

    with opened() as services:
        person_id, name = who_to_erase(services, person)
        if not yes:
            confirmed(f"Erase the name and addresses of {name} ({person_id})? This cannot be undone.")
        done = erase_person(services, person_id, reason=reason, actor=actor())
    messages, texts = counted(done.messages, "message"), counted(done.texts, "other text")
    say(f"Person {done.id} was erased: {messages} emptied, {texts} rewritten.")
    for line in remains(done):
        remark(line)


def _in_short(view: "PostView") -> str:
    span = [f"from {thai_day(view.since)}"] if view.since else []
    span += [f"until {thai_day(view.until)}"] if view.until else []
    return "\n".join([view.name, ", ".join(filter(None, (view.position, view.unit))), *span])
