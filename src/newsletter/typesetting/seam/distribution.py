"""Distribution: what has served is taken apart, as type is put back into its cases.

In: pages, each as it is laid out. A paragraph that ends on a page will not be asked for again,
unless this page has to be made once more; then it is shaped anew. Its shapes and plans are let go,
so that the next page can be made in their place. Paragraphs and their boxes point at each other,
and would else stay in memory until a search for such garbage, which takes longer than a twentieth
of a build.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec.structs import replace

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.lines import said_of
from newsletter.typesetting.seam.setting import Setting

OF_PAGES = (
    "current_footnote_area",
    "page_maker",
    "running_elements",
    "style_for",
    "target_collector",
)
"""What of WeasyPrint's `LayoutContext` leads to boxes, and which no text asks for."""


class Distribution:
    """Stands in for `make_page`, where pages are laid out once and for all."""

    def __init__(self) -> None:
        from weasyprint.layout import page

        self._page, self._make_page = page, page.make_page

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield self._page, "make_page", self.make_page

    def make_page(self, context: Foreign, root_box: Foreign, *rest: Foreign) -> Foreign:
        """Lay out a page, with what it is told of its lines, and let its paragraphs go."""
        made = self._make_page(context, root_box, *rest)
        for setting in _ended(made[0]):
            setting.let_go()
        return made


def forget_layout(pictures: Iterable[Foreign]) -> None:
    """Have pictures that stay for the next layout forget the pages of the one that loaded them.

    WeasyPrint's `SVGImage` keeps what it was laid out with, for the texts in it.
    """
    for picture in pictures:
        context = getattr(picture, "_context", None)
        if context is not None:
            context.__dict__.update(dict.fromkeys(OF_PAGES))


def take_apart(document: Foreign, pdf: Foreign) -> None:
    """Let the boxes of a document go, all of which stands in a PDF that is yet to be written.

    What leads to them are its pages, with their links, and what the streams of the PDF note of
    their tags.
    """
    for page in document.pages:
        page._page_box, page.links = None, []  # noqa: SLF001 - the seam
    for item in pdf.objects:
        if getattr(item, "_tags", None):
            item._tags.clear()  # noqa: SLF001 - the seam


def _ended(page: Foreign) -> Collection[Setting]:
    """Return the settings of the paragraphs that end on a page; its lines need none any more.

    One may end there several times, as a table's head that stands above each of its columns.
    """
    ended: dict[int, Setting] = {}
    waiting = [page]
    while waiting:
        box = waiting.pop()
        own = getattr(box, "_box", box).__dict__  # an absolutely placed box has a stand-in
        waiting += own.get("children", ())
        setting, line = own.pop("setting", None), own.get("composed")
        if setting is None or line is None:
            continue
        if line.last >= line.start:
            own["said"] = said_of(setting.paragraph, line)
            own["composed"] = replace(line, positions=())  # the text's own are what is drawn
        if line.end >= setting.count:
            ended[id(setting)] = setting
    return ended.values()
