"""The typeface of a site: a font with every character that its pages and its search show.

In: the characters. Out: files for the folder of the site, and the rules that name them. A reader's
own Chinese fonts come first; this one is for machines that have none, in decades to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from newsletter.fonts.face import face_files, licence

FAMILY = "Archive Sans"
"""As the stylesheet calls it: behind Chinese fonts, before the general names of CSS.

Behind these Chromium draws boxes for what it shaped before the font came.
"""
LICENCE = "face-licence.txt"


def typeface(characters: Iterable[str]) -> tuple[str, Mapping[str, bytes]]:
    """Return the rules of CSS, and the files that stand beside the stylesheet."""
    files: dict[str, bytes] = {LICENCE: licence().encode("utf-8")}
    rules = []
    for name, (data, has) in face_files(characters).items():
        files[f"face-{name}.woff2"] = data
        only = f" unicode-range: {', '.join(_ranges(has))};" if name == "rest" else ""
        source = f'url("face-{name}.woff2") format("woff2")'
        rules.append(
            f'@font-face {{ font-family: "{FAMILY}"; src: {source}; font-display: swap;{only} }}\n'
        )
    return "".join(rules), files


def _ranges(codes: Iterable[int]) -> Iterator[str]:
    """Yield ascending code points as CSS writes them, runs as one."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    for first, last in runs:
        yield f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"
