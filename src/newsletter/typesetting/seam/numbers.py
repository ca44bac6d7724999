"""Numbers: page numbers in the text, as those of the contents, are set once they are known.

In: a document while its pages are laid out. Out: the same pages, of which those that tell on which
page something stands are laid out a second time, with the numbers, and not a third.

WeasyPrint lays pages out again whose texts it has made again, though these say what they said: the
number of all pages, which is known after the first pass, is a change to every text that counts
anything. Where a number is asked for by an element's own link it waits for that, so that the
numbers stand after the third pass, and it does not notice what a later one moves. If such a text
asks for the number of all pages, too, it gives up.
Here numbers are written after each pass that has found others than the one before, and a page is
laid out again if one of its texts has become another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.record import lookups, targets


class Numbers:
    """Stands in for `make_all_pages` during one layout."""

    def __init__(self) -> None:
        from weasyprint import layout

        self._layout, self._make_all_pages = layout, layout.make_all_pages
        self._told: Mapping[str, Foreign] = {}
        self._is_other = False
        self.are_right = True
        """Whether no pass has found other numbers than the pages before it were laid out with."""

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield self._layout, "make_all_pages", self.make_all_pages

    def foretell(self, collector: Foreign) -> None:
        """Write the numbers that are known from a layout before, if they may be those of this."""
        for item in lookups(collector).values():
            item.parse_again(item.cached_page_counter_values)
        self._told = targets(collector)

    def make_all_pages(
        self, context: Foreign, root_box: Foreign, html: Foreign, pages: Foreign
    ) -> Iterator[Foreign]:
        """Yield the pages of one pass, and say which are to be laid out in another."""
        asking = lookups(context.target_collector)
        if not pages:
            for box, item in asking.items():
                item.missing_target_counters.pop(None, None)  # that is no target's name
                item.parse_again = partial(self._write, box, item.parse_again)
        self._is_other = False
        made = self._make_all_pages(context, root_box, html, pages)
        for index, page in enumerate(made):
            if not self._is_other and not any(context.running_elements.values()):
                context.page_maker[index][-1]["content_changed"] = False
            self._is_other = False
            yield page
        if asking:
            self._mend(context)

    def _write(
        self, box: Foreign, parse_again: Callable[[Foreign], None], counters: Foreign
    ) -> None:
        """Make a text again; if it says what it said, its boxes stay, and what is known of them."""
        around = _around(box)
        before = around.children
        parse_again(counters)
        if _are_alike(before, around.children):
            around.children = before
        else:
            self._is_other = True

    def _mend(self, context: Foreign) -> None:
        """Write the numbers again if they are others; have the pages made again that show them."""
        now = _places(targets(context.target_collector))
        if now == _places(self._told):
            return
        self._told, self.are_right = now, False
        for item in lookups(context.target_collector).values():
            self._is_other = False
            item.parse_again(item.cached_page_counter_values)
            index = item.page_maker_index
            if self._is_other and index is not None and index < len(context.page_maker):
                context.page_maker[index][-1]["content_changed"] = True


def _around(box: Foreign) -> Foreign:
    """Return the box that holds what a text is made of: itself, or its only line."""
    children = box.children
    is_line = len(children) == 1 and type(children[0]).__name__ == "LineBox"
    return children[0] if is_line else box


def _are_alike(some: Foreign, others: Foreign) -> bool:
    """Tell whether boxes say the same."""
    return len(some) == len(others) and all(map(_is_alike, some, others))


def _is_alike(one: Foreign, other: Foreign) -> bool:
    if type(one) is not type(other):
        return False
    names = "text", "replacement", "is_leader"
    if any(getattr(one, name, None) != getattr(other, name, None) for name in names):
        return False
    return _are_alike(getattr(one, "children", ()), getattr(other, "children", ()))


def _places(told: Mapping[str, Foreign]) -> Mapping[str, Foreign]:
    """Return where targets are by all counters but the number of all pages."""
    return {
        name: {counter: of for counter, of in (values or {}).items() if counter != "pages"}
        for name, values in told.items()
    }
