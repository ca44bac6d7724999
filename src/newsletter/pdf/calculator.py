"""Calculator functions: a little PostScript (ISO 32000-2:2020, 7.10.5).

In: the function's stream. Out: a callable, or None where the program cannot be read. There are
no loops in it, so that its length bounds its time.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Sequence
from typing import Any

from newsletter.pdf import objects
from newsletter.pdf.objects import DEEPEST_OBJECT

LONGEST = 64 * 2**10
"""Bytes of a program; the longest that were seen take some thousand."""
DEEPEST_STACK = 100
"""Values on the stack (ISO 32000-1:2008, Annex C.2)."""
WORD = re.compile(rb"[{}]|[^\0\t\n\f\r {}%]+|%[^\r\n]*")
Program = list[Any]
Stack = list[Any]


def program(thing: objects.Object) -> Callable[[Sequence[float]], tuple[float, ...]] | None:
    """Return the function of a calculator's stream."""
    try:
        data = objects.decoded(thing, LONGEST) if objects.is_stream(thing) else None
    except objects.TooLarge:
        return None
    words = [word for word in WORD.findall(data or b"") if not word.startswith(b"%")]
    body = _block(words, 0)[0] if words[:1] == [b"{"] else None
    if body is None:
        return None
    outputs = len(objects.items(objects.entry(thing, "/Range"))) // 2

    def outer(values: Sequence[float]) -> tuple[float, ...]:
        stack: Stack = list(values)
        try:
            _run(body, stack)
        except (IndexError, TypeError, ZeroDivisionError, OverflowError) as error:
            raise ValueError("a calculator fails") from error
        return tuple(float(value) for value in stack[-outputs:])

    return outer


def _block(words: list[bytes], at: int, depth: int = 0) -> tuple[Program | None, int]:
    """Return the block that opens at a word, and the place behind it."""
    body: Program = []
    at += 1
    while at < len(words) and depth < DEEPEST_OBJECT:
        word = words[at]
        if word == b"}":
            return body, at + 1
        if word == b"{":
            inner, at = _block(words, at, depth + 1)
            if inner is None:
                break
            body.append(inner)
            continue
        value = _value(word)
        if value is None:
            break
        body.append(value)
        at += 1
    return None, at


def _value(word: bytes) -> float | str | None:
    text = word.decode("latin-1")
    if text in BINARY or text in UNARY or text in STACK or text in {"if", "ifelse"}:
        return text
    if text in {"true", "false"}:
        return text == "true"
    try:
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if text.lstrip("+-").isdigit() else number


def _run(body: Program, stack: Stack) -> None:
    blocks: list[Program] = []
    for word in body:
        if isinstance(word, list):
            blocks.append(word)
        elif word == "if":
            chosen = blocks.pop()
            if stack.pop():
                _run(chosen, stack)
        elif word == "ifelse":
            otherwise, then = blocks.pop(), blocks.pop()
            _run(then if stack.pop() else otherwise, stack)
        elif isinstance(word, str):
            _apply(word, stack)
        else:
            stack.append(word)
        if len(stack) > DEEPEST_STACK:
            raise ValueError("a calculator's stack is too high")


def _apply(word: str, stack: Stack) -> None:
    if word in BINARY:
        second, first = stack.pop(), stack.pop()
        stack.append(BINARY[word](first, second))
    elif word in UNARY:
        stack.append(UNARY[word](stack.pop()))
    else:
        STACK[word](stack)


def _copy(stack: Stack) -> None:
    count = _count(stack, stack.pop())
    stack.extend(stack[len(stack) - count :])


def _index(stack: Stack) -> None:
    count = _count(stack, stack.pop())
    stack.append(stack[-1 - count])


def _roll(stack: Stack) -> None:
    turns, count = int(stack.pop()), stack.pop()
    count = _count(stack, count)
    if count:
        part = stack[-count:]
        turns %= count
        stack[-count:] = part[-turns:] + part[:-turns] if turns else part


def _count(stack: Stack, count: float) -> int:
    if not 0 <= int(count) <= len(stack):
        raise ValueError("a calculator counts beyond its stack")
    return int(count)


def _exchange(stack: Stack) -> None:
    stack[-1], stack[-2] = stack[-2], stack[-1]


def _shifted(value: int, by: int) -> int:
    """Return a number shifted left; within 32 bits, as the standard's integers are."""
    by = max(-32, min(32, int(by)))
    return (int(value) << by) & 0xFFFFFFFF if by >= 0 else int(value) >> -by


def _power(base: float, power: float) -> float:
    result = base**power
    if isinstance(result, complex):
        raise TypeError("a root of a negative number")
    return float(result)


BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "idiv": lambda a, b: int(a / b),
    "mod": lambda a, b: int(math.fmod(a, b)),
    "exp": _power,
    "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
    "and": lambda a, b: int(a) & int(b) if not isinstance(a, bool) else a and b,
    "or": lambda a, b: int(a) | int(b) if not isinstance(a, bool) else a or b,
    "xor": lambda a, b: int(a) ^ int(b) if not isinstance(a, bool) else a != b,
    "bitshift": _shifted,
}
UNARY: dict[str, Callable[[Any], Any]] = {
    "abs": abs,
    "neg": operator.neg,
    "ceiling": math.ceil,
    "floor": math.floor,
    "round": lambda a: math.floor(a + 0.5),
    "truncate": math.trunc,
    "sqrt": math.sqrt,
    "sin": lambda a: math.sin(math.radians(a)),
    "cos": lambda a: math.cos(math.radians(a)),
    "ln": math.log,
    "log": math.log10,
    "cvi": int,
    "cvr": float,
    "not": lambda a: not a if isinstance(a, bool) else ~int(a),
}
STACK: dict[str, Callable[[Stack], Any]] = {
    "pop": lambda stack: stack.pop(),
    "dup": lambda stack: stack.append(stack[-1]),
    "exch": _exchange,
    "copy": _copy,
    "index": _index,
    "roll": _roll,
}
