"""The @font-face rules of some families.

In: families, and for which characters their rest files are needed. Out: CSS.

What WeasyPrint 70 makes of it, and why the rules are as they are:

A core has no unicode-range: its cmap says the same, and WeasyPrint takes 0.2 s to register
the 4,000 ranges of one core.

A rest file has the family and the weight of its face and a unicode-range of just the
characters needed, which WeasyPrint heeds. It is set apart by font-stretch: WeasyPrint keys
the fonts of a PDF by family, style, weight and stretch, so that of two files that agree in
all four it embeds one, and the glyphs of the other come out blank. Fallback goes by
character and does not mind the stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from newsletter.fonts.family import FontFace, FontFamily

REST_STRETCH = "semi-expanded"


def font_face_css(
    families: Iterable[FontFamily],
    rest: Mapping[str, frozenset[int]],
    url_of: Callable[[Path], str],
) -> str:
    """Return the rules for all faces, and for the rest files that `rest` asks for.

    `rest` maps family names to characters, as `Gaps.rest`; `url_of` gives the URL of a file.
    """
    return "".join(
        rule
        for family in families
        for face in family.faces
        for rule in _rules(family, face, rest.get(family.family, frozenset()), url_of)
    )


def unicode_range(characters: Iterable[int]) -> str:
    """Write characters as a CSS unicode-range, in order, neighbours joined."""
    spans: list[tuple[int, int]] = []
    for code in sorted(set(characters)):
        if spans and code == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], code)
        else:
            spans.append((code, code))
    texts = (f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in spans)
    return ", ".join(texts)


def _rules(
    family: FontFamily,
    face: FontFace,
    rest: frozenset[int],
    url_of: Callable[[Path], str],
) -> Iterator[str]:
    common = {"font-weight": str(face.weight), "font-style": face.style}
    yield _rule(family.family, url_of(family.path(face)), common)
    if face.rest and rest:
        apart = {"font-stretch": REST_STRETCH, "unicode-range": unicode_range(rest)}
        yield _rule(family.family, url_of(family.path(face.rest)), common | apart)


def _rule(name: str, url: str, descriptors: Mapping[str, str]) -> str:
    quoted = url.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
    lines = [f'  font-family: "{name}";', f'  src: url("{quoted}");']
    lines += [f"  {key}: {value};" for key, value in descriptors.items()]
    return "\n".join(["@font-face {", *lines, "}"]) + "\n"
