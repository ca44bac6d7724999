"""What the composer costs: CPU seconds of WeasyPrint's layout stage on the issue of 2021.

`python -m bench.typesetting.timing plain|ours` lays the issue out once, in a process of its
own, and prints the seconds; `pairs` runs both in turns. The layout stage is the call of
`weasyprint.layout.layout_document`: after parsing and building boxes, before drawing.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.typesetting.engines import without_system_fonts

if TYPE_CHECKING:
    from newsletter.compose.galley import Galley

ROOT = Path(__file__).resolve().parents[2]
ISSUE = "2021"
ENGINES = ("plain", "ours")


@dataclass(frozen=True, slots=True)
class Pair:
    """CPU seconds of one run without and one with the composer, one after the other."""

    plain_s: float
    ours_s: float


def pairs(count: int) -> list[Pair]:
    """Measure in turns, each time in a fresh process; every other pair begins with ours."""
    found = []
    for number in range(count):
        order = ENGINES if number % 2 == 0 else ENGINES[::-1]
        seconds = {engine: _in_fresh_process(engine) for engine in order}
        found.append(Pair(seconds["plain"], seconds["ours"]))
    return found


def _in_fresh_process(engine: str) -> float:
    command = [sys.executable, "-m", "bench.typesetting.timing", engine]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(done.stdout)


def main(arguments: Sequence[str]) -> int:
    """Lay the issue out by one engine and print the seconds."""
    without_system_fonts()
    from newsletter.checking import compose
    from newsletter.issue.loader import load_copy

    galley = compose(load_copy(ROOT, ISSUE))
    context: contextlib.AbstractContextManager[Any] = contextlib.nullcontext()
    if arguments[0] == "ours":
        from newsletter.typesetting import seam

        context = seam.composing(galley.layout.spec.typesetting.rules)
    with context:
        print(_layout_seconds(galley))
    return 0


def _layout_seconds(galley: Galley) -> float:
    """Render as `newsletter.render` does, without its reports, and time the layout stage."""
    import weasyprint.document
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from newsletter.compose.galley import BASE_URL
    from newsletter.forme import asset_fetcher

    spent: list[float] = []
    lay_out = weasyprint.document.layout_document

    def timed(*given: Any, **named: Any) -> list[Any]:
        begun = time.process_time()
        pages = list(lay_out(*given, **named))
        spent.append(time.process_time() - begun)
        return pages

    weasyprint.document.layout_document = timed
    fetcher, fonts = asset_fetcher(galley), FontConfiguration()
    sheets = [
        CSS(string=sheet.text, base_url=sheet.url, font_config=fonts, url_fetcher=fetcher)
        for sheet in galley.stylesheets
    ]
    html = HTML(string=galley.html, base_url=BASE_URL, url_fetcher=fetcher)
    html.render(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    return sum(spent)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
