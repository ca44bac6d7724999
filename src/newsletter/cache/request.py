"""What a command line asks for, where it asks for nothing but an issue's files, or its check.

In: arguments, as `newsletter build` and `check` take them. Out: a `Request`; None for anything
that needs the whole command, be it another option, a fault, or a folder that is no publication.
"""

from __future__ import annotations

import binascii
import os
import time

from newsletter.cache.manifest import FOLDER
from newsletter.cache.place import cache_folder
from newsletter.cache.tool import environment_state, tool_state

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PUBLICATION_FILE = "newsletter.yaml"
PROFILES = ("screen", "print", "archive")
LANGUAGES = ("zh", "en")
FORMS = ("text", "json")
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
LONG = {"-C": "--publication", "-o": "--output"}
BEFORE = ("--publication", "--lang")
AFTER = {
    "build": ("--profile", "--layout", "--output", "--format"),
    "check": ("--layout", "--format"),
}
"""The options of each command that are answered here, with their values."""
FLAGS = {"build": (), "check": ("--strict",)}
"""Those without a value."""
SEVERAL = "--profile"
"""The option that may be given again."""


class Request:
    """An issue's files, or its check: which issue of which publication, which files, where to.

    `output` is the folder as it was typed, None for build/ISSUE; `begun` is when the request was
    made, in nanoseconds since 1970, `environment` what it was made in, `tool` what it was asked of.
    """

    __slots__ = (
        *("begun", "command", "environment", "issue", "layout", "output", "profiles", "root"),
        "tool",
    )

    def __init__(
        self,
        root: str,
        issue: str,
        profiles: Iterable[str] = (),
        layout: str | None = None,
        output: str | None = None,
        command: str = "build",
    ) -> None:
        self.command = command
        self.root, self.issue, self.layout, self.output = root, issue, layout, output
        self.profiles = tuple(dict.fromkeys(profiles))
        self.begun, self.environment = time.time_ns(), environment_state()
        self.tool = tool_state()

    def key(self) -> str:
        """Return what tells this request from others, whatever folder they are made from."""
        folder = os.path.abspath(self.output) if self.output else ""
        profiles = ",".join(self.profiles)
        asked = (self.command, self.root, self.issue, profiles, self.layout or "", folder)
        return "\n".join(asked)

    def place(self) -> str:
        """Return where the issue lies; a link may have taken the place of its folder."""
        return os.path.realpath(os.path.join(self.root, "issues", self.issue))

    def manifest(self) -> str | None:
        """Return the path of its manifest; None where nothing is to be kept."""
        home = cache_folder()
        key = self.key().encode("utf-8", "surrogateescape")
        name = f"{binascii.crc32(key):08x}{binascii.crc32(key[::-1]):08x}"
        return os.path.join(home, FOLDER, name) if home else None


class Line:
    """A command line that has been read: the request, and how its answer is to be given.

    `strict` says that warnings end a check with status 1.
    """

    __slots__ = ("form", "language", "request", "strict")

    def __init__(self, request: Request, language: str, form: str, *, strict: bool = False) -> None:
        self.request, self.language, self.form, self.strict = request, language, form, strict


def read_line(arguments: Sequence[str]) -> Line | None:
    """Read a command line; None where it is not a plain `build ISSUE` or `check ISSUE`."""
    words = iter(arguments)
    before: dict[str, list[str]] = {}
    command = "".join(word or "" for word in _options(words, BEFORE, before))
    if command not in AFTER:
        return None
    after: dict[str, list[str]] = {}
    issues = list(_all_words(words, command, after))
    if len(issues) != 1 or not issues[0] or None in issues:
        return None
    values = before | after
    if any(len(given) > 1 for name, given in values.items() if name != SEVERAL):
        return None
    language, form = _last(values, "--lang") or _speech(), _last(values, "--format") or "text"
    profiles = values.get("--profile", [])
    root = _publication(_last(values, "--publication") or ".")
    known = {*profiles} <= {*PROFILES} and language in LANGUAGES and form in FORMS
    if root is None or not known:
        return None
    layout, output = _last(values, "--layout"), _last(values, "--output")
    request = Request(root, str(issues[0]), profiles, layout, output, command)
    return Line(request, language, form, strict="--strict" in values)


def _all_words(
    words: Iterator[str], command: str, found: dict[str, list[str]]
) -> Iterator[str | None]:
    """Yield the words that are no options; None where something is not known here."""
    while got := _options(words, AFTER[command], found, FLAGS[command]):
        yield got[0]


def _options(
    words: Iterator[str],
    names: Sequence[str],
    found: dict[str, list[str]],
    flags: Sequence[str] = (),
) -> list[str | None]:
    """Note options with their values up to the next other word, and return that.

    What is not known here is None; at the end there is nothing.
    """
    for word in words:
        if not word.startswith("-"):
            return [word]
        if word in flags:
            found[word] = [word]
            continue
        name, equals, value = word.partition("=")
        name = LONG.get(name, name) if not equals else name
        if name not in names:
            return [None]
        if not equals:
            value = next(words, "")
        if not value:
            return [None]
        found.setdefault(name, []).append(value)
    return []


def _last(values: dict[str, list[str]], name: str) -> str | None:
    return values[name][-1] if name in values else None


def _speech() -> str:
    """Return the language of messages, as the locale has it."""
    locale = next((os.environ[name] for name in LOCALES if os.environ.get(name)), "")
    return "zh" if locale.startswith("zh") else "en"


def _publication(start: str) -> str | None:
    """Return the folder of the publication: `start` or the nearest above it."""
    if not os.path.isdir(start):
        return None
    folder = os.path.realpath(start)
    while not os.path.isfile(os.path.join(folder, PUBLICATION_FILE)):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder
