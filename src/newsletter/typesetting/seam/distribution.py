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
        self._context: Foreign = None

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield self._page, "make_page", self.make_page

    def make_page(self, context: Foreign, root_box: Foreign, *rest: Foreign) -> Foreign:
        """Lay out a page, with what it is told of its lines, and let its paragraphs go."""
        self._context = context
        made = self._make_page(context, root_box, *rest)
        page = made[0]
        for area in page.children:
            area.__dict__.pop("page", None)  # its notes are laid out
        for setting in _ended(page):
            setting.let_go()
        return made

    def let_go(self) -> None:
        """Let go of what no page needs once all are laid out, but which holds the boxes before.

        That are the places of targets and counters, and what styles have derived for anonymous
        boxes, which point back at them.
        """
        if self._context is None:
            return
        collector, styles = self._context.target_collector, self._context.style_for
        collector.target_lookup_items.clear()
        collector.counter_lookup_items.clear()
        for style in styles._computed_styles.values():  # noqa: SLF001 - the seam
            style.__dict__.pop("anonymous_style", None)


def distribute_margins(document: Foreign) -> None:
    """Let go of the paragraphs in the margins of pages, which are laid out when the pages are."""
    for page in document.pages:
        for margin in page._page_box.children[1:]:  # noqa: SLF001 - the seam
            for setting in _ended(margin):
                setting.let_go()


def forget_layout(pictures: Iterable[Foreign]) -> None:
    """Have pictures that stay for the next layout forget the pages of the one that loaded them.

    WeasyPrint's `SVGImage` keeps what it was laid out with, for the texts in it.
    """
    for picture in pictures:
        context = getattr(picture, "_context", None)
        if context is not None:
            context.__dict__.update(dict.fromkeys(OF_PAGES))


def take_apart(page: Foreign, stream: Foreign) -> None:
    """Let the boxes of a page go, all of which stands in its stream and has been read for its tags.

    What leads to them is the page, with its links, and what the stream notes of their tags.
    """
    page._page_box, page.links = None, []  # noqa: SLF001 - the seam
    if stream._tags:  # noqa: SLF001
        stream._tags.clear()  # noqa: SLF001


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
