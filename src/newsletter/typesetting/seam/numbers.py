"""Numbers: page numbers in the text, as those of the contents, are set once they are known.

In: a document while its pages are laid out. Out: the same pages, of which those that tell on which
page something stands are laid out a second time, with the numbers, and not a third.

WeasyPrint lays pages out again whose texts it has made again, though these say what they said: the
number of all pages, which is known after the first pass, is a change to every text that counts
anything. Where a number is asked for by an element's own link it waits for that, so that the
numbers stand after the third pass, and it does not notice what a later one moves. If such a text
asks for the number of all pages, too, it gives up.
Here numbers are written after each pass that has found others than the one before, and a page is
laid out again if one of its texts has become another; pages over which a note or a float goes on
only together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.record import lookups, targets


class Numbers:
    """Stands in for `make_all_pages` during one layout."""

    def __init__(self) -> None:
        from weasyprint import layout

        self._layout, self._make_all_pages = layout, layout.make_all_pages
        self._told: Mapping[str, Foreign] = {}
        self._telling: list[Foreign] = []
        self._is_other = False
        self._handing_on: set[int] = set()
        self.are_right = True
        """Whether no pass has found other numbers than the pages before it were laid out with."""

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield self._layout, "make_all_pages", self.make_all_pages

    def set_right(self, collector: Foreign) -> None:
        """Note of each text what it asks for itself and what of targets, which WeasyPrint mixes up.

        What stands after a target that was not known yet it does not note at all.
        """
        for box, item in lookups(collector).items():
            known, of_targets = box.cached_counter_values, set(_asked_of_targets(box))
            item.missing_counters = [name for name in _asked_itself(box) if name not in known]
            for names in item.missing_target_counters.values():
                names[:] = [name for name in names if name in of_targets]

    def foretell(self, collector: Foreign) -> None:
        """Write the numbers that are known from a layout before, if they may be those of this."""
        for box, item in lookups(collector).items():
            self._write(box, item.parse_again, item.cached_page_counter_values)
        self._told = targets(collector)

    def make_all_pages(
        self, context: Foreign, root_box: Foreign, html: Foreign, pages: Foreign
    ) -> Iterator[Foreign]:
        """Yield the pages of one pass, and say which are to be laid out in another."""
        asking = lookups(context.target_collector)
        if not pages:
            self.set_right(context.target_collector)
            self._telling = [item for box, item in asking.items() if any(_asked_of_targets(box))]
            for box, item in asking.items():
                item.missing_target_counters.pop(None, None)  # that is no target's name
                item.parse_again = partial(self._write, box, item.parse_again)
        self._is_other = False
        self._keep_together(context.page_maker, len(pages))
        made = self._make_all_pages(context, root_box, html, pages)
        for index, page in enumerate(made):
            if not self._is_other and not any(context.running_elements.values()):
                context.page_maker[index][-1]["content_changed"] = False
            self._is_other = False
            if context.reported_footnotes or context.broken_out_of_flow:
                self._handing_on.add(index)
                context.page_maker[index + 1][-1]["content_changed"] = True
            yield page
        context.page_maker[-1][-1]["content_changed"] = False  # the one after the last page
        if self._telling:
            self._mend(context)

    def _keep_together(self, page_maker: Foreign, count: int) -> None:
        """Have pages made again that hand notes or floats on, and those that go on with them.

        WeasyPrint knows what is handed on only while it makes the one right after the other.
        """
        for index in self._handing_on:
            for page in page_maker[index : min(index + 2, count)]:
                page[-1]["content_changed"] = True
        self._handing_on.clear()

    def _write(
        self, box: Foreign, parse_again: Callable[[Foreign], None], counters: Foreign
    ) -> None:
        """Make a text again; if it says what it said, its boxes stay, and what is known of them."""
        around, below = _around(box), box.children
        before = around.children
        parse_again(counters)
        if around is not box and box.children is not below:
            around.children, box.children = box.children, below
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
        for item in self._telling:
            self._is_other = False
            item.parse_again(item.cached_page_counter_values)
            index = item.page_maker_index
            if self._is_other and index is not None and index < len(context.page_maker):
                context.page_maker[index][-1]["content_changed"] = True


def _asked_itself(box: Foreign) -> Iterator[str]:
    """Yield the counters that a text asks for where it stands."""
    return (value[0] for kind, value in _content(box) if kind in {"counter()", "counters()"})


def _asked_of_targets(box: Foreign) -> Iterator[str]:
    """Yield the counters that it asks for where something else is."""
    return (value[1] for kind, value in _content(box) if kind.startswith("target-counter"))


def _content(box: Foreign) -> Sequence[tuple[str, Foreign]]:
    """Return what a text is made of, none where that is said in a word."""
    content = box.style["content"]
    return () if isinstance(content, str) else content


ANONYMOUS = frozenset(["BlockBox", "LineBox"])
"""What is put around a text by its element's kind: a line, in a flex or a grid a block with one."""


def _around(box: Foreign) -> Foreign:
    """Return the box that holds what a text is made of: itself, or what is put around that."""
    while len(box.children) == 1 and type(box.children[0]).__name__ in ANONYMOUS:
        (box,) = box.children
    return box


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
