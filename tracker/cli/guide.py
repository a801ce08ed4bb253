"""The guided first run of `tracker init`: asks at the terminal, proves each answer, and then makes the home at once."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import typer

from tracker.bootstrap import open_channel
from tracker.cli.output import folded, say
from tracker.delivery.redaction import strike_out
from tracker.errors import TrackerError
from tracker.settings import Settings

PEOPLE = Path("people.csv")

_TLS_PORT, _STARTTLS_PORT, _PLAIN_PORT = 465, 587, 25
_HIGHEST_PORT = 65_535
_SETTINGS = {"email": "email_url", "line": "line_token"}
_MEANS = (
    (("Name or service not known", "nodename nor servname", "Failed to resolve"), "No server of that name is known"),
    (("Connection refused",), "Nothing answers at that port"),
    (("timed out",), "The server does not answer"),
    (("CERTIFICATE_VERIFY_FAILED", "WRONG_VERSION_NUMBER"), "The server does not speak TLS as it should"),
)
"""What machines say of a server that cannot be used, and what it means to whoever typed its name."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered; `settings` has it in force, `secrets` are the new ones by their keys."""

    agency: str
    settings: Settings
    secrets: dict[str, str] = field(default_factory=dict)
    sample: bool = False
    send_to: str | None = None


def ask(settings: Settings) -> Answers:
    """Ask for whatever a first run needs; nothing is written before the last answer."""
    say(f"This makes the home of one agency at {settings.home}.")
    say("An empty answer leaves a thing for later. Ctrl-C ends it, and nothing is made.\n")
    agency = ""
    while not agency:
        agency = " ".join(str(typer.prompt("The agency's name, as messages print it")).split())
    answers = Answers(agency, replace(settings, agency=agency))
    answers = _ask_channel(answers, "email", _ask_email)
    answers = _ask_channel(answers, "line", _ask_line)
    answers = replace(answers, sample=_ask_sample())
    if answers.settings.channel_names:
        answers = replace(answers, send_to=_ask_address(answers.settings))
    return answers


def _ask_channel(answers: Answers, name: str, ask_it: Callable[[], str | None]) -> Answers:
    """Ask until it works, or until the person leaves it for later."""
    if name in answers.settings.channel_names:
        say(f"\n{name} is set already.")
        return answers
    key = _SETTINGS[name]
    while secret := ask_it():
        strike_out([secret])
        tried = replace(answers.settings, **{key: secret})  # type: ignore[arg-type]  # a text, as both keys want
        fault = _fault(tried, name)
        if fault is None:
            return replace(answers, settings=tried, secrets={**answers.secrets, key: secret})
        _tell(f"It does not work: {_meant(fault)}")
        if not typer.confirm("Try again?", default=True):
            break
    return answers


def _fault(settings: Settings, name: str) -> str | None:
    """Return what keeps a channel from working, None when it answers."""
    try:
        channel = open_channel(settings, name)
    except TrackerError as error:
        return str(error)
    try:
        outcome = channel.prove()
    finally:
        channel.close()
    if outcome.ok:
        _tell(f"It works: {outcome.detail}.")
        return None
    return f"{outcome.code or ''} {outcome.detail}".strip()


def _meant(fault: str) -> str:
    meaning = next((means for signs, means in _MEANS if any(sign in fault for sign in signs)), None)
    return f"{meaning}: look at the name and the port ({fault})." if meaning else fault


def _ask_email() -> str | None:
    say("")
    host = _optional("E-mail: the SMTP server, such as smtp.example.go.th")
    if not host:
        return None
    tls = typer.confirm("Encrypted (TLS)?", default=True)
    usual = str(_STARTTLS_PORT if tls else _PLAIN_PORT)
    port = typer.prompt("Port (465 is TLS from the start)", default=usual, value_proc=_port)
    user = _optional("User, if it wants a login")
    password = _hidden("Password") if user else ""
    sender = typer.prompt("Sender's address", default=user if "@" in user else None, value_proc=_address)
    login = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
    mode = "insecure" if not tls else "ssl" if port == _TLS_PORT else "starttls"
    scheme = "mailtos" if tls else "mailto"
    return f"{scheme}://{login}{host}:{port}?from={quote(sender, safe='')}&mode={mode}"


def _ask_line() -> str | None:
    say("")
    return _hidden("LINE: the channel access token of the Messaging API (it is not shown)") or None


def _ask_sample() -> bool:
    _tell("\nWho answers for what is told by a people file, one person in one post on each line:")
    _tell("  name, position, unit, role (officer, supervisor, executive, coordinator), email, line, supervisor …")
    _tell("  “supervisor” names the next one up: officer, then supervisor, then executive are told of what is late.")
    if PEOPLE.exists():
        say(f"{PEOPLE} is here already.")
        return False
    return typer.confirm(f"Write a sample {PEOPLE} here, to fill in?", default=True)


def _ask_address(settings: Settings) -> str | None:
    from tracker.usecases.send_trial import channel_of

    while address := _optional("\nSend a test message to (an e-mail address or a LINE user id)"):
        try:
            channel_of(address, settings.channel_names)
        except TrackerError as error:
            say(str(error).removeprefix("--send-to takes ").strip())
        else:
            return address
    return None


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _HIGHEST_PORT:
        raise typer.BadParameter(f"“{text}” is no port: it is a number, mostly 587, 465 or 25.")
    return int(text)


def _address(text: str) -> str:
    name, _, host = text.strip().partition("@")
    if not (name and host):
        raise typer.BadParameter(f"“{text}” is no e-mail address: write it as ita@example.go.th.")
    return text.strip()


def _tell(text: str) -> None:
    say(folded(text, sys.stdout, indent=2 if text.startswith("  ") else 0))


def _optional(question: str) -> str:
    return str(typer.prompt(f"{question} (empty: later)", default="", show_default=False)).strip()


def _hidden(question: str) -> str:
    return str(typer.prompt(question, default="", show_default=False, hide_input=True)).strip()
