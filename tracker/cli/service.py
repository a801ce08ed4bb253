"""`tracker up`, `watch`, `doctor` and `demo`: the only commands that know the workers."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.given import Json
from tracker.cli.help import Commands
from tracker.cli.output import print_json, print_table, remark, say, thai_instant

if TYPE_CHECKING:
    from tracker.delivery.broker import Broker
    from tracker.settings import Settings


def add_to(app: Commands) -> None:
    """Add the commands of this file."""
    app.command("up")(up)
    app.command("watch")(watch)
    app.command("doctor")(doctor)
    app.command("demo")(demo)


def up(
    concurrency: int = typer.Option(8, min=1, max=64, help="How many messages are sent at once."),
) -> None:
    """Run the whole service: Redis if none is configured, worker and beat; Ctrl-C or SIGTERM stops it cleanly.

    Example: tracker up
    """
    from tracker.cli.session import opened
    from workers.embedded import run

    with opened(sending=True) as services:
        code = run(services, concurrency=concurrency, announce=remark)
    raise typer.Exit(code)


def watch(as_json: Json = False) -> None:
    """Look once whether all is well, ping the heartbeat or tell the administrator; exit 1 when something is wrong.

    The service does the same each minute; this is for cron, also on another machine.

    Example: tracker watch
    """
    from tracker.cli.session import opened
    from tracker.domain.watch_words import on_screen, to_json
    from tracker.errors import Unavailable
    from tracker.usecases.watch import watch as look
    from workers.watchman import broker_of

    with opened(checked=False) as services:
        seen = look(services, broker_of(services.settings.redis_url))
    for line in seen.unheard:
        remark(line)
    if as_json:
        print_json([to_json(finding) for finding in seen.findings])
    elif seen.findings:
        said = [(finding, on_screen(finding)) for finding in seen.findings]
        print_table(
            ["since", "what", "what to do"],
            [[thai_instant(finding.since), words.what, words.mend] for finding, words in said],
            whole=1,
            empty="",
        )
    if seen.findings:
        raise Unavailable("The heartbeat was not sent, for something is wrong: mend it as shown.")
    if not as_json:
        say("All is well.")


def doctor(
    send_to: Annotated[
        str | None, typer.Option(help="Also send one test message there: an e-mail address or a LINE user id.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Prove each part with a real exchange, in the order in which they rest on each other; exit 1 on the first broken.

    A remark is something that is off, or that should be looked at, while the service works without it.

    Example: tracker doctor --send-to ita@example.go.th
    """
    from tracker.bootstrap import build, open_bounces, open_channel
    from tracker.cli.doctor import show_proofs
    from tracker.settings import load_settings
    from tracker.usecases.bench import Tools
    from tracker.usecases.examine import examine
    from workers.inspection import ask_workers

    tools = Tools(
        load=lambda: load_settings(os.environ),
        build=lambda settings: build(settings, sending=False, checked=False),
        open_channel=open_channel,
        open_bounces=open_bounces,
        broker_of=_broker_in_use,
        ask_workers=ask_workers,
    )
    show_proofs(examine(tools, send_to), as_json=as_json)


def _broker_in_use(settings: "Settings") -> "Broker | None":
    """Return the broker that is set, or the private one that runs for this home, with the queues that are needed."""
    from tracker.delivery.broker import Broker
    from workers.inspection import needed_queues
    from workers.redis_server import running_in

    url = settings.redis_url or running_in(settings.home)
    return Broker(url, tuple(sorted(needed_queues(settings)))) if url else None


def workers_of(settings: "Settings") -> list[str]:
    """Return the workers that serve a home at this moment; none when no broker answers, for then no bell is heard."""
    from tracker.delivery.broker import ask_broker
    from tracker.errors import Unavailable
    from workers.inspection import ask_workers

    broker = _broker_in_use(settings)
    if broker is None:
        return []
    try:
        ask_broker(broker)
        return sorted(ask_workers(broker.url, ()))
    except Unavailable:
        return []


def demo() -> None:
    """Show a fiscal year of follow-up on a sample plan, on this machine only, in under a minute.

    Example: tracker demo
    """
    from workers.demo import run_demo

    raise typer.Exit(run_demo())
