"""The command line in Chinese: help, and what is said of wrong usage.

In: a language, a command. Out: click's own words through gettext, as click offers it, and our
help as `catalogue/commands.yaml` has it. What is not in there stays English.
"""

from __future__ import annotations

import functools
import gettext
import os
import re
from collections.abc import Mapping
from copy import copy
from typing import Self

import click

from newsletter.diagnostics import CATALOGUE, Language

DOMAIN = "newsletter-click"
HELP = "Show this message and exit."
LOCALES = CATALOGUE / "locale"
"""Where click's words stand as gettext reads them; written by `make messages`."""
CLICKS_MARKS = (
    (re.compile(r"'([^']*)'"), r"“\1”"),
    (re.compile(r"”, (?=“)"), "”、"),
    (re.compile(r"(?<=[\u3001-\u9fff]) (?=[“\u4e00-\u9fff])"), ""),
    (re.compile(r"(?<=”)\.$"), "。"),
)
"""The marks that click itself puts around and between words, and ours in their place."""


def speak(language: Language) -> None:
    """Have click say its own words in a language from now on."""
    if language == "zh":
        os.environ["LANGUAGE"] = "zh"
        gettext.bindtextdomain(DOMAIN, str(LOCALES))
        gettext.textdomain(DOMAIN)
    elif gettext.textdomain() == DOMAIN:
        gettext.textdomain("messages")


@functools.cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return what the catalogue says of the command line, English to Chinese."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (CATALOGUE / "commands.yaml").read_text("utf-8")
    found: dict[str, dict[str, str]] = yaml.load(text, loader)  # noqa: S506 - ours
    return found


def said(text: str, language: Language, part: str = "help") -> str:
    """Return a text in a language, as far as the catalogue has it."""
    return text if language == "en" else words()[part].get(" ".join(text.split()), text)


class Told(str):
    """What is wrong with a command line: a sentence that the catalogue has, filled with values.

    It reads in English until it is `retold`.
    """

    __slots__ = ("sentence", "values")
    sentence: str
    values: Mapping[str, object]

    def __new__(cls, sentence: str, **values: object) -> Self:
        """Return it in English."""
        told = super().__new__(cls, sentence.format_map(values))
        told.sentence, told.values = sentence, values
        return told


def retold(text: str, language: Language) -> str:
    """Return what is wrong with a command line in a language, as far as the catalogue has it."""
    if isinstance(text, Told):
        return said(text.sentence, language, "errors").format_map(text.values)
    return said(text, language, "errors")


def in_language(error: click.UsageError, language: Language) -> click.UsageError:
    """Return what click is to report in a language; what click itself says is so already."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error  # all that it says is the help
    text = retold(error.message, language)
    if text != error.message and isinstance(error, click.BadParameter):
        error = click.BadParameter(text, error.ctx, error.param, error.param_hint)
    elif text != error.message:
        error = click.UsageError(text, error.ctx)
    return click.UsageError(punctuated(error.format_message()), error.ctx)


def punctuated(text: str) -> str:
    """Return what click has put together of Chinese words with the marks of Chinese."""
    for found, mark in CLICKS_MARKS:
        text = found.sub(mark, text)
    return text


def with_help(command: click.Command, language: Language) -> click.Command:
    """Return a command whose help is in a language; the command itself stays as it is."""
    told = copy(command)
    told.help = said(command.help or "", language) or None
    told.params = [_with_help(param, language) for param in command.params]
    if isinstance(told, click.Group):
        told.commands = {name: with_help(own, language) for name, own in told.commands.items()}
    if command.add_help_option:
        # Click keeps the option that it made first, in the language of that moment.
        told.add_help_option = False
        click.help_option("-h", "--help", help=said(HELP, language, "click"))(told)
    return told


def _with_help(param: click.Parameter, language: Language) -> click.Parameter:
    told = copy(param)
    if isinstance(told, click.Option):
        told.help = said(told.help or "", language) or None
    return told
