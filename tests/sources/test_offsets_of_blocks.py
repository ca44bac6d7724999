"""Where the characters of a block of text stand: found line by line, as character by character."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from newsletter.diagnostics import Refused
from newsletter.sources import Mapping, Scalar, Source, parse, scalars

LINES = st.lists(st.text("绿a 　\t#-:", max_size=6), max_size=8)


def offsets(text: str) -> tuple[str | None, tuple[int, ...]] | None:
    """Return the value of the field and where its characters stand; None if it is refused."""
    try:
        tree = parse(Source.of(Path("a.yaml"), "a.yaml", text))
    except Refused:
        return None
    assert isinstance(tree, Mapping)
    node = tree.values["body"]
    assert isinstance(node, Scalar)
    return node.text, node.offsets


@given(LINES, st.integers(1, 4), st.sampled_from(["|", "|-", "|+", "|2", "|2-"]), st.booleans())
def test_lines_give_what_characters_give(
    lines: list[str],
    indent: int,
    style: str,
    is_followed: bool,  # noqa: FBT001 - drawn
) -> None:
    body = "".join(f"{' ' * indent}{line}\n" if line.strip() else f"{line}\n" for line in lines)
    text = f"body: {style}\n{body}" + ("after: 1\n" if is_followed else "")
    found = offsets(text)
    quick, scalars._in_lines = scalars._in_lines, lambda *_given: None  # type: ignore[assignment]
    try:
        assert offsets(text) == found
    finally:
        scalars._in_lines = quick


def test_a_block_of_plain_lines_goes_line_by_line() -> None:
    raw = "|\n  绿色\n\n    发展\n"
    assert scalars._in_lines(raw, "绿色\n\n  发展\n", 2, 2) == [4, 5, 6, 7, 10, 11, 12, 13, 14]
    assert scalars._in_lines(raw, "绿色\n\n  发明\n", 2, 2) is None
