"""What is wrong with one picture, before it has a place in the issue.

In: a code of the catalogue and the values of its sentence. Out: a `Problem`, which the
caller places at the line of the YAML that names the picture.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter.diagnostics import Diagnostic, Place, Severity, entry

Values = Mapping[str, str | int]


class Problem(Struct, frozen=True):
    """One thing that is wrong; `line` and `column` (from 1) only inside an SVG, else 0."""

    code: str
    values: Values = field(default_factory=dict)
    hint: str | None = "default"
    line: int = 0
    column: int = 0

    @property
    def severity(self) -> Severity:
        """Return the catalogue's severity for this code."""
        return entry(self.code).severity

    def of(self, picture: str) -> Problem:
        """Return the same problem, its values completed with the file's name and position."""
        known: dict[str, str | int] = {"picture": picture}
        if self.line:
            known |= {"line": self.line, "column": self.column}
        return replace(self, values=dict(self.values) | known)

    def at(self, place: Place | None) -> Diagnostic:
        """Return the diagnostic for `place`, where the YAML names the picture."""
        return Diagnostic(self.code, place, self.values, self.hint)


class Flaw(Exception):  # noqa: N818 - it is a verdict, not a malfunction
    """A problem after which the rest of the picture cannot be judged."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def flaw(code: str, *, hint: str | None = "default", **values: str | int) -> Flaw:
    """Return the `Flaw` of this code, ready to be raised."""
    return Flaw(Problem(code, values, hint))
