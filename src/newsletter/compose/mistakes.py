"""What is wrong with a template, at the line and column where a designer mends it.

In: what Jinja2 or a template's own code raised, and the layout. Out: a `Diagnostic` that names the
word which is wrong, what it was perhaps meant to be, and the tag that was left open.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from pydantic import BaseModel

from newsletter.compose.bounds import TooMuchError
from newsletter.diagnostics import Diagnostic, Place, Term, Values, listed
from newsletter.layouts import Layout

TAG = re.compile(r"\{#.*?#\}|\{%[-+]?\s*(?P<word>\w+)(?P<rest>.*?)%\}", re.DOTALL)
SET = re.compile(r"\{%[-+]?\s*(?:for|set|macro)\s+(\w+)")
LEFT_OPEN = re.compile(r"The innermost block that needs to be closed is '(?P<word>\w+)'")
NO_FIELD = re.compile(r"'(?P<kind>[\w.]+) object' has no attribute '(?P<word>\w+)'")
NO_BLOCKS = re.compile(r"(?P<kind>\w+) has no field '(?P<word>\w+)'")
NO_NAME = re.compile(r"'(?P<word>\w+)' is undefined")
TOO_LONG = re.compile("Range too big")
NO_FILTER = re.compile(r"No (?:filter|test) named '(?P<word>\w+)'")
NO_TAG = re.compile(r"Encountered unknown tag '(?P<word>\w+)'")

MOST_NAMES = 30
"""As many names as a hint lists at most."""


class _Mistake(Struct, frozen=True):
    """What is wrong: the sentence, the word that is, the words that it could be, or the bound."""

    problem: str
    word: str = ""
    names: tuple[str, ...] = ()
    kind: str = ""
    most: int = 0


def template_problem(layout: Layout, error: Exception, context: Iterable[str]) -> Diagnostic:
    """Return what a template fails of; `context` are the names that it is given."""
    path, line = _whereabouts(layout, error)
    if path is None:
        place = Place(f"layouts/{layout.folder.name}")
        return Diagnostic("N504", place, {"problem": str(error) or type(error).__name__})
    shown, text = layout.shown(path), path.read_text("utf-8", "replace")
    left_open = LEFT_OPEN.search(str(error))
    if left_open is not None:
        tag, place = _open_tag(text, line, shown)
        problem = Term("left open") if tag else str(error)
        return Diagnostic("N504", place, {"problem": problem, "tag": tag}, hint="open")
    mistake = _mistake(layout, error, context)
    near = difflib.get_close_matches(mistake.word, mistake.names, n=1, cutoff=0.5)
    values: Values = {"problem": mistake.problem, "word": mistake.word}
    if mistake.kind:
        values = {**values, "kind": Term(mistake.kind)}
    if mistake.most:
        values = {**values, "most": f"{mistake.most:,}"}
    hint = "default"
    if near:
        values, hint = {**values, "suggestion": near[0]}, "suggest"
    elif 0 < len(mistake.names) <= MOST_NAMES:
        values, hint = {**values, "names": listed(mistake.names)}, "names"
    return Diagnostic("N504", _of_word(shown, text, line, mistake.word), values, hint=hint)


def _mistake(layout: Layout, error: Exception, context: Iterable[str]) -> _Mistake:
    from jinja2 import TemplateNotFound

    said = str(error) or type(error).__name__
    if isinstance(error, TemplateNotFound):
        name = str(error.name)
        parts = tuple(name for name in layout.served() if name.endswith((".j2", ".html")))
        return _Mistake(Term("no template"), name, parts)
    if found := NO_FIELD.search(said) or NO_BLOCKS.fullmatch(said):
        kind, word = found["kind"].rpartition(".")[2], found["word"]
        if kind == "dict":
            options = tuple(layout.spec.options)
            return _Mistake(Term("no layout option"), word, options)
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()
        return _Mistake(Term("no field"), word, _fields(kind), words)
    if found := NO_NAME.fullmatch(said):
        return _Mistake(Term("no name"), found["word"], (*context, *_set_names(layout)))
    return _unknown_to_jinja(said) or _beyond_bounds(error) or _Mistake(said)


def _unknown_to_jinja(said: str) -> _Mistake | None:
    """Return the tag, filter or test that Jinja2 does not have; None where it is another fault."""
    if found := NO_TAG.search(said):
        return _Mistake(Term("no tag"), found["word"], (*sorted(OPENING), *AMID))
    if found := NO_FILTER.search(said):
        from jinja2 import Environment

        usual = Environment(autoescape=True)
        return _Mistake(Term("no filter"), found["word"], (*usual.filters, *usual.tests))
    return None


def _beyond_bounds(error: Exception) -> _Mistake | None:
    """Return what a template does too much of; None where that is not what is wrong."""
    from jinja2.sandbox import MAX_RANGE

    if isinstance(error, TooMuchError):
        return _Mistake(Term(error.what), most=error.most)
    if isinstance(error, OverflowError) and TOO_LONG.match(str(error)):
        return _Mistake(Term("too long a range"), most=MAX_RANGE)
    return _Mistake(Term("without an end")) if isinstance(error, RecursionError) else None


def _set_names(layout: Layout) -> Iterator[str]:
    """Yield the names that the templates set themselves."""
    for name, path in layout.served().items():
        if name.endswith((".j2", ".html")):
            yield from SET.findall(path.read_text("utf-8", "replace"))


def _fields(kind: str) -> tuple[str, ...]:
    """Return the fields of a model of ours, by the name of its class."""
    for module in ("newsletter.issue.models", "newsletter.layouts.spec"):
        model = getattr(sys.modules.get(module), kind, None)
        if isinstance(model, type) and issubclass(model, BaseModel):
            return tuple(model.model_fields)
    return ()


# Where it is --------------------------------------------------------------------------------


def _whereabouts(layout: Layout, error: Exception) -> tuple[Path | None, int]:
    """Return the file and line of the innermost template that was at work."""
    from jinja2 import TemplateNotFound

    name, line = getattr(error, "filename", None) or getattr(error, "name", None), 0
    if not isinstance(error, TemplateNotFound):
        line = getattr(error, "lineno", None) or 0
    if not line:
        name, line = _deepest_line(layout, error)
    return (layout.find(str(name)) if name else None), line


def _deepest_line(layout: Layout, error: Exception) -> tuple[str | None, int]:
    """Return file and line of the innermost template frame; Jinja2 maps them to the source."""
    found: tuple[str | None, int] = (None, 1)
    trace = error.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if any(Path(filename).is_relative_to(folder) for folder in layout.folders):
            found = (filename, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _open_tag(text: str, line: int, shown: str) -> tuple[str, Place]:
    """Return the innermost tag that is still open where Jinja2 stopped, and where it stands."""
    opened: list[re.Match[str]] = []
    for match in TAG.finditer(text):
        word = match["word"] or ""
        is_over = text.count("\n", 0, match.start()) + 1 > line
        if is_over:
            break
        if word.startswith("end"):
            if not opened or f"end{opened[-1]['word']}" != word:
                break
            opened.pop()
        elif word in OPENING and not (word == "set" and "=" in match["rest"]):
            opened.append(match)
    if not opened:
        return "", Place(shown, line)
    length = len(opened[-1][0].split("\n")[0])
    return opened[-1]["word"], Place.within(shown, text, opened[-1].start(), length)


OPENING = frozenset(
    {"for", "if", "block", "macro", "call", "filter", "with", "autoescape", "raw", "set"}
)
"""Tags that have an end of their own; `set` has none where it gives a value."""
AMID = ("elif", "else", "extends", "from", "import", "include")
"""Tags without an end."""


def _of_word(shown: str, text: str, line: int, word: str) -> Place:
    """Return where a word stands in a line; the whole line if it does not."""
    rows = text.split("\n")
    row = rows[line - 1] if 0 < line <= len(rows) else ""
    found = re.search(rf"(?<![\w]){re.escape(word)}(?![\w])", row) if word else None
    if found is None:
        start = len(row) - len(row.lstrip())
        return Place(shown, max(line, 1), start + 1)
    return Place(shown, line, found.start() + 1, line, found.end() + 1)
