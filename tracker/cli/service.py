"""`tracker up` and `tracker demo`: the only commands that know the workers."""

import typer

from tracker.cli.output import remark


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("up")(up)
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


def demo() -> None:
    """Show a fiscal year of follow-up on a sample plan, on this machine only, in under a minute.

    Example: tracker demo
    """
    from workers.demo import run_demo

    raise typer.Exit(run_demo())
