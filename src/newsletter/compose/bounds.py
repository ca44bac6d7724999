"""Bounds: how much a template may do, so that a slip in a loop is told and does not hang a build.

In: the loops, products and powers of a template, as Jinja2 hands them on. Out: the same, or
`TooMuchError`. What is counted are rounds and lengths, so that every machine stops at one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

ROUNDS = "rounds of a loop"
"""The filter through which loops run: no template can write its name."""
MOST_ROUNDS = 1_000_000
"""How often all loops of an issue go round together; those of 2021 do so 432 times."""
LARGEST = 1_000_000
"""Characters or items of what is repeated, bits of a number that is multiplied."""
OPERATORS = frozenset({"*", "**"})


class TooMuchError(Exception):
    """A template does `what`, a term of the catalogue, beyond the limit `most`."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(what)
        self.what, self.most = what, most


def counted_loops(template: nodes.Template, environment: Environment) -> nodes.Template:
    """Return a template whose loops run through the filter `ROUNDS`."""
    from jinja2 import nodes

    for loop in template.find_all(nodes.For):
        through = nodes.Filter(loop.iter, ROUNDS, [], [], None, None, lineno=loop.iter.lineno)
        loop.iter = through.set_environment(environment)
    return template


def counter() -> Callable[[Any, Iterable[Any]], Iterator[Any]]:
    """Return the filter: it hands on what a loop goes through, and counts the rounds of all."""
    from jinja2 import pass_context

    done = 0

    @pass_context  # so that Jinja2 does not work it out while it compiles
    def counted(_context: object, items: Iterable[Any]) -> Iterator[Any]:
        nonlocal done
        for item in items:
            done += 1
            if done > MOST_ROUNDS:
                raise TooMuchError("too many rounds", MOST_ROUNDS)
            yield item

    return counted


def refuse_beyond(operator: str, left: object, right: object) -> None:
    """Raise `TooMuchError` for a product or power that would be too large."""
    bits = 0
    if isinstance(left, int) and isinstance(right, int):
        one, other = left.bit_length(), right.bit_length()
        bits = one * max(right, 0) if operator == "**" else one + other
    elif operator == "*":
        bits = max(_repeated(left, right), _repeated(right, left))
    if bits > LARGEST:
        raise TooMuchError("too large a product", LARGEST)


def _repeated(thing: object, times: object) -> int:
    """Return how long a thing is when it is repeated; 0 if it cannot be."""
    if isinstance(thing, (str, bytes, list, tuple)) and isinstance(times, int):
        return len(thing) * times
    return 0
