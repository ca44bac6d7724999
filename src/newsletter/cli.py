"""The command line: options in, exit code out.

A command's module is imported when the command is called, so that `--help` stays quick.
Exit status: 0 done, 1 the content or a gate says no, 2 wrong usage, 3 the environment
lacks something.
"""

from __future__ import annotations

import contextlib
import gettext
import importlib
import io
import os
import signal
import sys
import warnings
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any, cast

import click
from msgspec import Struct
from msgspec.structs import replace

from newsletter import __version__
from newsletter.diagnostics import Diagnostic, Language, Refused

COMMANDS = {
    "archive": "Keep issues, find what is in them, show them.",
    "build": "Make the PDFs of an issue.",
    "check": "Say all that can be said of an issue without laying it out.",
    "doctor": "Look whether this machine has what a build needs.",
    "explain": "Explain a code such as N104.",
    "fonts": "List the font families, or the characters a text lacks.",
    "impose": "Put the pages of an issue or a PDF on sheets to be folded.",
    "new": "Begin a publication, an issue or a layout.",
    "preflight": "Examine a PDF as a press would.",
    "preview": "Show an issue in the browser, live.",
    "review": "Compare an issue with its approved pages; approve, comment, sign.",
    "schema": "Write the JSON Schemas that editors use for completion.",
}


NO_SUCH_COMMAND = "No such command '{name}'. Did you mean '{near}'?"
HELP, LANGUAGE = "newsletter.help", "newsletter.language"
"""What a context remembers of a call: whether help may be wanted, in which language."""


def _language(context: click.Context) -> Language:
    """Return the language of a call."""
    return cast("Language", context.meta.get(LANGUAGE) or _speech(None))


def _speak(context: click.Context, language: str | None) -> None:
    """Have click, too, speak a language from here on."""
    from newsletter.commands.tongue import speak

    context.meta[LANGUAGE] = _speech(language)
    speak(_language(context))


def _choose_language(
    context: click.Context, _option: click.Parameter, chosen: str | None
) -> str | None:
    _speak(context, chosen)
    return chosen


def _told(command: click.Command, language: Language) -> click.Command:
    """Return a command with its help in a language."""
    from newsletter.commands.tongue import with_help

    return with_help(command, language)


def _language_option() -> click.Option:
    """Return `--lang` for a command: it belongs before, and is taken behind it too."""

    def choose(context: click.Context, _option: click.Parameter, chosen: str | None) -> None:
        if chosen and isinstance(context.obj, Desk):
            context.obj = replace(context.obj, language=cast("Language", chosen))
            _speak(context, chosen)

    return click.Option(
        ["--lang"],
        type=click.Choice(["zh", "en"]),
        hidden=True,
        expose_value=False,
        is_eager=True,
        callback=choose,
    )


@contextlib.contextmanager
def _usage_told(context: click.Context) -> Iterator[None]:
    """Have what goes wrong in here told in the language of the call."""
    try:
        yield
    except click.UsageError as error:
        if _language(context) == "en":
            raise
        from newsletter.commands.tongue import in_language

        raise in_language(error, _language(context)) from error


class Commands(click.Group):
    """The commands of `listing`, each imported from `package` when it is needed."""

    package = "newsletter.commands"
    listing: Mapping[str, str] = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return their names."""
        return list(self.listing)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self.listing:
            return None
        module = importlib.import_module(f"{self.package}.{cmd_name}")
        command = cast("click.Command", module.command)
        for one in (command, *getattr(command, "commands", {}).values()):
            if not any(option.name == "lang" for option in one.params):
                one.params.append(_language_option())
        return _told(command, _language(ctx)) if ctx.meta.get(HELP) else command

    def get_help(self, ctx: click.Context) -> str:
        """Return the help, in the language that was chosen."""
        told = _told(self, _language(ctx))
        return super(Commands, cast("Commands", told)).get_help(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; of wrong usage it is told in the language that was chosen."""
        with _usage_told(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run the command; of wrong usage it is told in the language that was chosen."""
        try:
            with _usage_told(ctx):
                return super().invoke(ctx)
        except KeyboardInterrupt:  # click would end with 1, as where the content says no
            click.echo(f"\n{gettext.gettext('Aborted!')}", err=True)
            ctx.exit(128 + signal.SIGINT)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List them without importing them."""
        if _language(ctx) == "en":
            with formatter.section("Commands"):
                formatter.write_dl(list(self.listing.items()))
            return
        from newsletter.commands.tongue import said

        with formatter.section(said("Commands", "zh", "click")):
            formatter.write_dl([(name, said(text, "zh")) for name, text in self.listing.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one gets a suggestion."""
        ctx.meta[HELP] = len(args) == 1 or bool({"-h", "--help"} & {*args})
        for before, word in pairwise(args):
            if before == "--lang" and word in ("zh", "en"):
                _speak(ctx, word)
        if args and args[0] not in self.listing:
            self._suggest(ctx, args[0])
        return super().resolve_command(ctx, args)

    def _suggest(self, ctx: click.Context, name: str) -> None:
        """End with the command that was meant, if one is like `name`."""
        import difflib

        near = difflib.get_close_matches(name, self.listing, n=1)
        if near:
            from newsletter.commands.tongue import Told, retold

            told = Told(NO_SUCH_COMMAND, name=name, near=near[0])
            ctx.fail(retold(told, _language(ctx)))


class Desk(Struct, frozen=True):
    """What every command is told: where to work and in which language to speak."""

    folder: Path
    language: Language
    colour: bool

    def root(self) -> Path:
        """Return the publication's folder; raises `Refused` outside of one."""
        from newsletter.issue.loader import find_publication

        return find_publication(self.folder)

    def style(self, text: str, role: str) -> str:
        """Colour a word of a message, where colour is wanted."""
        return coloured(text, role) if self.colour else text

    def report(self, diagnostics: list[Diagnostic], *, err: bool = True) -> None:
        """Print diagnostics as text."""
        from newsletter.reporting import as_text

        text = as_text(diagnostics, self._root_or_folder(), self.language, self.style)
        if text:
            click.echo(text, err=err)

    def _root_or_folder(self) -> Path:
        try:
            return self.root()
        except Refused:
            return self.folder


def coloured(text: str, role: str) -> str:
    """Colour a word of a message after its role in it."""
    colours = {"error": "red", "warning": "yellow", "note": "blue", "hint": "cyan"}
    return click.style(text, fg=colours.get(role), bold=role != "caret")


def _speech(chosen: str | None) -> Language:
    if chosen in ("en", "zh"):
        return cast("Language", chosen)
    locale = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return "zh" if locale.startswith("zh") else "en"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newsletter")
@click.option(
    "-C",
    "--publication",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    metavar="DIR",
    help="Work in the publication in DIR (default: here or above).",
)
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    is_eager=True,
    callback=_choose_language,
    help="Language of the messages.",
)
@click.pass_context
def main_group(context: click.Context, publication: Path, lang: str | None) -> None:
    """Print Chinese newsletters: YAML in, a typeset PDF out."""
    colour = bool(sys.stderr and sys.stderr.isatty()) and not os.environ.get("NO_COLOR")
    context.obj = Desk(publication.resolve(), _speech(lang), colour)


def main() -> None:
    """Run the command line; what is refused is reported and ends with status 1."""
    signal.signal(signal.SIGTERM, _terminated)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, _terminated)  # `nohup` has it ignored
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # libraries warn developers; what an editor is told is ours
    if _speech(None) != "en":
        from newsletter.commands.tongue import speak

        speak(_speech(None))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        main_group(prog_name="newsletter")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:  # the folder is gone, no room for temporary files, and the like
        with contextlib.suppress(OSError):
            click.echo(f"newsletter: {error}", err=True)
        sys.exit(3)


def _terminated(number: int, _frame: FrameType | None) -> None:
    """End as after an error, so that half-written files are taken away."""
    sys.exit(128 + number)
