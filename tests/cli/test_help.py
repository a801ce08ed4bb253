"""Each text of each `--help` has its Thai, each Thai text is used, and each command shows an example that parses."""

import shlex
from collections.abc import Iterator

import pytest
import typer.main
from typer.core import TyperCommand, TyperGroup

from tracker.cli.help import HEADINGS, NOTES, _Readable, kind
from tracker.cli.language import paragraphs, thai
from tracker.cli.main import app

EXAMPLE = "Example: "


def walk(path: tuple[str, ...] = ()) -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    """Yield every command and group under the words that are typed for it."""
    command = typer.main.get_command(app)
    for word in path:
        command = command.commands[word]
    yield " ".join(("tracker", *path)), command
    for name in getattr(command, "commands", ()):
        yield from walk((*path, name))


COMMANDS = dict(walk())
LEAVES = {path: each for path, each in COMMANDS.items() if isinstance(each, TyperCommand)}


def texts(command: TyperCommand | TyperGroup) -> Iterator[str]:
    """Yield every English text that the help of a command shows."""
    yield from ("Example:" if line.startswith(EXAMPLE) else line for line in paragraphs(command.help or ""))
    yield command.options_metavar
    if isinstance(command, TyperGroup):
        yield command.subcommand_metavar
    for each in command.get_params(command.context_class(command, help_option_names=["-h", "--help"])):
        yield from paragraphs(each.help or "")
        yield kind(each)


ALL = sorted({*HEADINGS, *NOTES, *(text for command in COMMANDS.values() for text in texts(command) if text)})


def parse(command: TyperCommand | TyperGroup, name: str, args: list[str]) -> None:
    with command.make_context(name, args) as context:
        if isinstance(command, TyperGroup):
            word, inner, rest = command.resolve_command(context, [*context._protected_args, *context.args])
            parse(inner, word, rest)


def test_there_are_commands() -> None:
    assert len(LEAVES) > 40


@pytest.mark.parametrize("path", COMMANDS)
def test_each_command_speaks_the_language_of_its_reader(path: str) -> None:
    assert isinstance(COMMANDS[path], _Readable), "made by typer.Typer and not by Commands"
    assert COMMANDS[path].help, "says nothing"


@pytest.mark.parametrize("path", COMMANDS)
def test_each_argument_and_option_is_explained(path: str) -> None:
    assert not [each.name for each in COMMANDS[path].params if not each.help]


@pytest.mark.parametrize("path", LEAVES)
def test_each_command_shows_an_example_that_parses(path: str) -> None:
    examples = [line for line in paragraphs(LEAVES[path].help) if line.startswith(EXAMPLE)]
    assert examples, f"{path} shows no example"
    for line in examples:
        words = shlex.split(line.removeprefix(EXAMPLE))
        assert " ".join(words).startswith(path)
        parse(COMMANDS["tracker"], "tracker", words[1:])


def test_each_text_has_its_thai() -> None:
    assert not [text for text in ALL if text not in thai()]


def test_no_thai_stands_for_a_text_that_nobody_shows() -> None:
    assert not [text for text in thai() if text not in ALL]


@pytest.mark.parametrize("text", ALL)
def test_what_is_typed_as_shown_is_the_same_in_thai(text: str) -> None:
    """Commands, options, files and samples in backquotes are typed as they stand, in either language."""
    for typed in [*text.split("`")[1::2], *(word.strip(".,;:") for word in text.split() if word.startswith("--"))]:
        assert typed in thai().get(text, typed)


LISTINGS = ("list", "show", "read", "check", "explain", "status", "preview", "audit", "watch", "doctor", "o43", "year")
WITHOUT_ROWS = {"tracker ladder check", "tracker message check", "tracker bounce read"}


@pytest.mark.parametrize("path", [each for each in LEAVES if each.split()[-1] in LISTINGS and each not in WITHOUT_ROWS])
def test_each_listing_can_be_read_by_other_programs(path: str) -> None:
    assert "--json" in {name for each in LEAVES[path].params for name in each.opts}
