"""How help looks, in the language of whoever reads it; `Commands` is the only way in which commands are made."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from tracker.cli.language import Words, language, paragraphs, words_in
from tracker.cli.lines import broken, laid_out, widths_of
from tracker.cli.output import screen_width

Parameter = TyperArgument | TyperOption

_KINDS = {"bool": "", "int": "NUMBER", "int range": "NUMBER", "path": "FILE"}
"""What stands behind an option for its value; a flag has none, anything else is TEXT."""
HEADINGS = ("Usage:", "Arguments", "Options", "Commands")
NOTES = ("[required]", "[default: {}]", "[{} to {}]")


class _Readable:
    """Says its help in the reader's language. Click's types are Typer's own and private, hence Any."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(page(self, ctx, words_in(language(os.environ))))

    def get_usage(self, ctx: Any) -> str:
        """Return the usage that a usage error shows, which is English as every refusal is."""
        return usage(self, ctx, str)


class _Command(_Readable, TyperCommand):
    """A command whose help can be read."""


class _Group(_Readable, TyperGroup):
    """A group of commands whose help can be read."""


class Commands(typer.Typer):
    """A noun with its commands; without one of them it shows its help."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=_Group, **{"no_args_is_help": True, "rich_markup_mode": None, **settings})

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Any], Any]:
        """Return the decorator that adds a command."""
        return super().command(name, cls=_Command, **settings)


def page(command: Any, context: Any, words: Words) -> str:
    """Return the help of a command as wide as the screen is, each text said by `words`."""
    screen = screen_width()
    texts = [usage(command, context, words), *(words(each) for each in paragraphs(command.help or ""))]
    blocks = ["\n".join(broken(text, screen)) for text in texts]
    for heading, rows in _sections(command, context, words):
        widths = widths_of(rows, screen, whole=1)
        blocks.append("\n".join([typer.style(words(heading), bold=True), *laid_out(rows, widths)]))
    return "\n\n".join(blocks)


def usage(command: Any, context: Any, words: Words) -> str:
    """Return the line that shows how a command is typed."""
    pieces = [words("Usage:"), context.command_path, words(command.options_metavar)]
    pieces += [_typed(each, words) for each in command.params if isinstance(each, TyperArgument)]
    pieces += [words(command.subcommand_metavar)] if isinstance(command, TyperGroup) else []
    return " ".join(pieces)


def kind(parameter: Parameter) -> str:
    """Return the word that stands for a value, such as FILE; empty for a flag."""
    if parameter.metavar is not None:
        return parameter.metavar
    if isinstance(parameter, TyperArgument):
        return str(parameter.name).upper()
    return _KINDS.get(parameter.bare_type().removeprefix("list[").removesuffix("]").lower(), "TEXT")


def _sections(command: Any, context: Any, words: Words) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    shown = [each for each in command.get_params(context) if not each.hidden]
    for heading, sort in (("Arguments", TyperArgument), ("Options", TyperOption)):
        if rows := [(_named(each, words), _told(each, words)) for each in shown if isinstance(each, sort)]:
            yield heading, rows
    if isinstance(command, TyperGroup):
        yield (
            "Commands",
            [(f"  {name}", words(next(paragraphs(each.help or ""), ""))) for name, each in command.commands.items()],
        )


def _named(parameter: Parameter, words: Words) -> str:
    if isinstance(parameter, TyperArgument):
        return f"  {words(kind(parameter))}"
    names = ", ".join(sorted(parameter.opts, key=len))
    return f"  {names} {words(kind(parameter))}".rstrip()


def _told(parameter: Parameter, words: Words) -> str:
    notes = [words(line) for line in paragraphs(parameter.help or "")]
    if parameter.required and isinstance(parameter, TyperOption):
        notes.append(words("[required]"))
    if isinstance(parameter.default, int) and not isinstance(parameter.default, bool):
        notes.append(words("[default: {}]").format(parameter.default))
    if parameter.min is not None:
        notes.append(words("[{} to {}]").format(parameter.min, parameter.max))
    return " ".join(notes)


def _typed(argument: TyperArgument, words: Words) -> str:
    name = f"{words(kind(argument))}{'' if argument.nargs == 1 else '...'}"
    return name if argument.required else f"[{name}]"
