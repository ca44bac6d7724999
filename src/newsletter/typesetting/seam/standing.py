"""Standing pages: pages of the layout before that are put in again instead of being laid out.

In: the record of a layout, and the next one as WeasyPrint makes it, page after page. Out: each
page laid out, or the one of before where all that it was made from is the same; and a record of
this layout. Printers keep type standing for the next printing.

A layout is compared by units: the children of the body, and those of plain blocks in it. A page
is made from the units between the one it begins in and the last one that was tried on it, and
from the head of the next, which may ask for a break. It is put in again when these are the same
boxes with the same styles, the page begins at the same place of them, and its own style is the
same. Page numbers, running heads and counters are made anew for every page.

What cannot be told by that is laid out: pages with notes, with fixed or running boxes, with what
goes on from page to page beside the text, or on which a block let others go first; and those on
which the same flex or grid was tried, which keeps in its boxes what its layout on the next page
goes by. A page that ends within a paragraph stands only together with the next, as a paragraph is
planned as a whole.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.heirs import bequeath
from newsletter.typesetting.seam.numbers import Numbers
from newsletter.typesetting.seam.pairs import NOWHERE, Pairs, Tree, paragraph_at
from newsletter.typesetting.seam.record import (
    Made,
    Record,
    State,
    Strings,
    is_free,
    is_plain,
    lookups,
    margin_places,
    named_strings,
    part_shared,
    shows_total,
    targets,
)
from newsletter.typesetting.seam.rhythm import Rhythm
from newsletter.typesetting.seam.units import Alike, Unit, units_of


class _Styles(NamedTuple):
    """What the styles of a page are made of: the tree, the document and its stylesheets."""

    root_box: Foreign
    html: Foreign
    style_for: Foreign


class Standing:
    """Stands in for `remake_page` and `layout_document` during one layout.

    `before` is the record of the layout before, empty if there was none that this one may use;
    `record` that of this one when it is done, None if nothing of it may be used again. Where
    layouts do not last, it holds no boxes but those of the pages: no paragraph is handed on.
    """

    def __init__(
        self, rhythm: Rhythm, numbers: Numbers, before: Record, *, is_lasting: bool
    ) -> None:
        from weasyprint import document, layout
        from weasyprint.formatting_structure import boxes, build
        from weasyprint.layout import page

        self._layout = layout
        self._make_margin_boxes = layout.make_margin_boxes
        self._layout_backgrounds = layout.layout_backgrounds
        self._page_of, self._sheets = document.Page, dict[int, Foreign]()
        self._document, self._page, self._build, self._boxes = document, page, build, boxes
        self._layout_document, self._remake_page = document.layout_document, page.remake_page
        self._keeping = boxes.FlexContainerBox, boxes.GridContainerBox
        self._rhythm, self._page_numbers, self._before = rhythm, numbers, before
        self._is_lasting = is_lasting
        self._made: dict[int, Made] = {}
        self._units: list[Unit] = []
        self._tree = Tree((), self._keeping)
        self._places: set[str | None] = set()
        self._shows_total = True
        self._usable: dict[str, list[int]] = {}
        self._pairs = Pairs((), (), Alike())
        self._alike = Alike()
        self._strings: Strings | None = None
        self._whole: set[int] = set()
        self.record: Record | None = None
        self.put_in: set[int] = set()
        """The pages, counted from 0, that were not laid out."""

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield self._document, "layout_document", self.layout_document
        yield self._page, "remake_page", self.remake_page
        yield self._layout, "make_margin_boxes", self.make_margin_boxes
        yield self._layout, "layout_backgrounds", self.layout_backgrounds
        yield self._document, "Page", self.sheet

    # The layout as a whole

    def layout_document(self, html: Foreign, root_box: Foreign, context: Foreign) -> Foreign:
        """Lay out a document; the pages that still stand are found first."""
        self._units = units_of(root_box, None if self._is_lasting else self._keeping)
        self._places = margin_places(context.style_for)
        self._shows_total = shows_total(context.style_for)
        self._tree = Tree(self._units, self._keeping)
        self._rhythm.visited = self._tree.visit
        if self._before.pages and self._units:
            self._compare(self._before)
            self._foretell(context.target_collector, self._before)
            if self._is_lasting:
                self._bequeath(context.target_collector)
            self._pairs.let_nodes_go()
            self._before.units = ()
        pages = list(self._layout_document(html, root_box, context))
        self._rhythm.visited = None
        if self._units and not self._tree.is_reordered(self._rhythm.turns):
            made = [self._made[index] for index in range(len(pages))]
            part_shared(made)
            collector = context.target_collector
            shown = {
                id(box): copy.deepcopy(item.cached_page_counter_values)
                for box, item in lookups(collector).items()
            }
            units = [unit if self._is_lasting else unit.without_box() for unit in self._units]
            self.record = Record(
                units, made, targets(collector), shown, self._strings, self._sheets
            )
        return pages

    def _bequeath(self, collector: Foreign) -> None:
        """Have paragraphs inherit what was made of them before."""
        asking = [box for box, _of in collector.counter_lookup_items]
        bequeath(self._before.units, self._units, self._alike, asking)

    def _compare(self, before: Record) -> None:
        """Find the units that are the same, and the pages that may stand with them."""
        self._pairs = Pairs(before.units, self._units, self._alike)
        for index, made in enumerate(before.pages):
            if not made.is_sound or not self._pairs.stand(*made.units):
                continue
            begins = self._pairs.moved(made.begin.resume_at, made.units[0])
            if begins is not NOWHERE:
                self._usable.setdefault(repr(begins), []).append(index)

    def _foretell(self, collector: Foreign, before: Record) -> None:
        """Write the page numbers of the layout before wherever one is asked for.

        Where they turn out to be others these pages are made once more, see `numbers`.
        """
        self._page_numbers.set_right(collector)
        asking = lookups(collector)
        if not all(map(is_plain, asking.values())):
            self._usable.clear()
            return
        for name, values in before.targets.items():
            item = collector.target_lookup_items.get(name)
            if item is not None and item.state == "up-to-date":
                item.cached_page_counter_values = copy.deepcopy(values)
        for was, values in before.lookups.items():
            item = asking.get(self._pairs.boxes.get(was))
            if item is not None:
                item.cached_page_counter_values = copy.deepcopy(values)
        self._page_numbers.foretell(collector)

    # The margins

    def make_margin_boxes(
        self, context: Foreign, page: Foreign, state: Foreign
    ) -> Sequence[Foreign]:
        """Return what stands in the margins of a page: what stood there if it says the same."""
        index = context.current_page - 1
        if index == 0:
            self._strings = named_strings(context)
        made = self._made.get(index)
        if made is None:
            return list(self._make_margin_boxes(context, page, state))
        is_known = index in self.put_in and made.margins is not None and made.number == index
        is_same = is_known and self._shows_the_same(made, state, context.current_page)
        if is_same and len(page.children[0].children) == len(made.below):
            self._whole.add(id(page))
        else:
            made.margins = list(self._make_margin_boxes(context, page, state))
            made.state, made.number = copy.deepcopy(state), index
        return made.margins or ()

    def _shows_the_same(self, made: Made, state: Foreign, page: int) -> bool:
        """Tell whether the margins of a page say the same of its counters and named strings."""
        if self._strings is None or self._before.strings is None:
            return False
        was, now = (self._counted(each) for each in (made.state, state))
        return was == now and self._strings.on(page) == self._before.strings.on(page)

    def _counted(self, state: Foreign) -> Foreign:
        """Return the state of a page without the number of all, where no margin shows that."""
        if self._shows_total:
            return state
        quotes, counters, *rest = state
        return quotes, {name: counters[name] for name in counters if name != "pages"}, rest

    def layout_backgrounds(self, page: Foreign, get_image_from_uri: Foreign) -> None:
        """Lay out the grounds of a page, unless it stands with its margins."""
        if id(page) in self._whole:
            return
        made = self._made.get(page.page_type.index)
        if made is not None:
            made.open_again()
        self._layout_backgrounds(page, get_image_from_uri)

    def sheet(self, page: Foreign) -> Foreign:
        """Return the `Page` of a page: that of before if it stands with its margins."""
        known = self._before.sheets.get(id(page)) if id(page) in self._whole else None
        sheet = self._sheets[id(page)] = self._page_of(page) if known is None else known
        return sheet

    # One page

    def remake_page(
        self, index: int, context: Foreign, root_box: Foreign, html: Foreign
    ) -> tuple[Foreign, Foreign]:
        """Return a page and where the next one begins."""
        found = self._find(index, context, root_box, html) if self._usable else None
        if found is not None:
            return self._put_in(index, context, root_box, *found)
        return self._lay_out(index, context, root_box, html)

    def _lay_out(
        self, index: int, context: Foreign, root_box: Foreign, html: Foreign
    ) -> tuple[Foreign, Foreign]:
        """Lay a page out and note what it was made from."""
        tree, turns = self._tree, self._rhythm.turns
        self.put_in.discard(index)
        begin = self._state(root_box, *context.page_maker[index][:2])
        is_sound, passed = is_free(context), turns.passed
        tree.begin_page()
        page, resume_at = self._remake_page(index, context, root_box, html)
        is_sound = is_sound and is_free(context) and turns.passed == passed
        first = tree.unit_at(begin.resume_at)
        root = page.children[0]
        self._made[index] = Made(
            page=page,
            begin=begin,
            end=self._state(root_box, resume_at, context.page_maker[index + 1][1]),
            units=(first or 0, max(tree.deepest, first or 0)),
            parts=list(page.children),
            below=list(root.children),
            cascades=self._cascades(context.style_for, page.page_type),
            is_sound=is_sound and first is not None and not page.fixed_boxes,
            ends_in=paragraph_at(root_box, resume_at, self._boxes.LineBox),
            keeping=tree.keeping,
        )
        made = self._made[index]
        made.is_sound = made.is_sound and not self._is_shared(index, made)
        return page, resume_at

    def _state(self, root_box: Foreign, resume_at: Foreign, next_page: Foreign) -> State:
        return State(resume_at, next_page, self._rhythm.turns.orders(root_box, resume_at))

    def _is_shared(self, index: int, made: Made) -> bool:
        """Tell whether a flex or a grid that is not noted may have been tried on two pages."""
        first, last = made.units
        after = self._tree.unit_at(made.end.resume_at) if made.end.resume_at else last + 1
        pushed = range(first if after is None else after, last + 1)
        return self._is_begun_unseen(index, first) or any(map(self._keeps_unseen, pushed))

    def _is_begun_unseen(self, index: int, first: int | None) -> bool:
        """Tell whether one in the unit that a page begins with may have been tried before it."""
        if not index or first is None:
            return False
        return self._made[index - 1].units[1] >= first and self._keeps_unseen(first)

    def _keeps_unseen(self, number: int) -> bool:
        """Tell whether a unit has a flex or a grid in a line or out of the flow."""
        block_level = self._boxes.BlockLevelBox
        return any(
            issubclass(node.kind, self._keeping)
            and not (issubclass(node.kind, block_level) and node.box.is_in_normal_flow())
            for node in self._units[number].nodes
        )

    def _tried_before(self, index: int) -> Mapping[int, Foreign]:
        """Return the flexes and grids, by id, that were tried on the page before one."""
        before = index - 1
        while before >= 0 and self._made[before].page.page_type.blank:
            before -= 1
        return self._made[before].keeping if before >= 0 else {}

    def _find(
        self, index: int, context: Foreign, root_box: Foreign, html: Foreign
    ) -> tuple[int, Foreign, Foreign] | None:
        """Return the page of before that stands here, with its type and counters; or None."""
        resume_at, next_page, right, state, _ = context.page_maker[index]
        candidates = self._usable.get(repr(resume_at), ())
        if not candidates or not is_free(context):
            return None
        if self._is_begun_unseen(index, self._tree.unit_at(resume_at)):
            return None
        orders = self._rhythm.turns.orders(root_box, resume_at)
        begin, tried = State(resume_at, next_page, orders), self._tried_before(index)
        page_type, state = self._type(index, root_box, begin, right, state)
        styles = _Styles(root_box, html, context.style_for)
        for number in candidates:
            counted = self._counters(number, page_type, begin, tried, state, styles)
            if counted is not None and self._goes_on(number, page_type, counted, styles):
                return number, page_type, counted
        return None

    def _counters(
        self,
        number: int,
        page_type: Foreign,
        begin: State,
        tried: Mapping[int, Foreign],
        state: Foreign,
        styles: _Styles,
    ) -> Foreign:
        """Return the counters of a page if one of before, usable there, is the same; else None.

        `tried` are the flexes and grids of the page before it. Whether the page after it stands,
        too, is not asked.
        """
        made, style_for = self._before.pages[number], styles.style_for
        was = made.page.page_type
        if made.begin != begin._replace(resume_at=made.begin.resume_at) or was[:3] != page_type[:3]:
            return None
        if any(id(self._pairs.boxes.get(box)) in tried for box in made.keeping):
            return None
        self._page.set_page_type_computed_styles(page_type, styles.html, style_for)
        if self._cascades(style_for, page_type) != made.cascades:
            return None
        style = style_for(page_type)
        self._page._standardize_page_based_counters(style, None)  # noqa: SLF001 - the seam
        counted = copy.deepcopy(state)
        self._build.update_counters(counted, style)
        return counted if self._says_the_same(made, counted[1]) else None

    def _type(
        self,
        index: int,
        root_box: Foreign,
        begin: State,
        right: bool,  # noqa: FBT001
        state: Foreign,
    ) -> tuple[Foreign, Foreign]:
        """Return the type of a page, as `remake_page` finds it, and the state with its groups."""
        side = begin.next_page["break"]
        if side in {"recto", "verso"}:
            is_ltr = root_box.style["direction"] == "ltr"
            side = "right" if is_ltr ^ (side == "verso") else "left"
        is_blank = (side == "left" and right) or (side == "right" and not right)
        state = copy.deepcopy(state)
        groups, place = state[3], (begin.resume_at, begin.next_page)
        name = self._page._update_page_groups(groups, *place, root_box, is_blank)  # noqa: SLF001
        counted = tuple((group, number) for group, number, _ in groups)
        side = "right" if right else "left"
        return self._page.PageType(side, is_blank, name, index, counted), state

    def _goes_on(self, number: int, page_type: Foreign, state: Foreign, styles: _Styles) -> bool:
        """Tell whether the page after one stands too, if a paragraph goes on there.

        It need not where the paragraph is planned already.
        """
        pages, pairs = self._before.pages, self._pairs
        while (ends_in := pages[number].ends_in) is not None:
            heir = pairs.boxes.get(id(ends_in))
            if heir is not None and "heritage" in heir.__dict__:
                return True
            made, number = pages[number], number + 1
            begin = made.end._replace(resume_at=pairs.moved_end(made.end.resume_at, made.units))
            if number not in self._usable.get(repr(begin.resume_at), ()):
                return False
            index, right = page_type.index + 1, page_type.side == "left"
            page_type, state = self._type(index, styles.root_box, begin, right, state)
            tried = pairs.heirs(made.keeping)
            state = self._counters(number, page_type, begin, tried, state, styles)
            if state is None:
                return False
        return True

    def _cascades(self, style_for: Foreign, page_type: Foreign) -> Mapping[Foreign, Foreign]:
        """Return what the stylesheets say of a type of page and of its margin boxes."""
        said = style_for.get_cascaded_styles()
        return {place: said.get((page_type, place)) for place in self._places}

    def _says_the_same(self, made: Made, counters: Foreign) -> bool:
        """Tell whether the page numbers that stand on a page, if any do, are still those.

        How many pages there are is known at the end only, and none of these asks for it; one that
        asks for those of other pages alone notes none of its own.
        """
        known, now = self._before.lookups, _without_pages(counters)
        links = (id(box.missing_link) for box in made.noted().asking)
        asking = [known[link] for link in links if link in known]
        are_same = all(not was or _without_pages(was) == now for was in asking)
        return self._page_numbers.are_right and are_same

    def _lookup(self, box: Foreign, collector: Foreign) -> Foreign:
        """Return what WeasyPrint knows of the counters in a box of before, None if there are."""
        link = box.missing_link
        now = self._pairs.boxes.get(id(link), link)
        return collector.counter_lookup_items.get((now, "content")) if now is not None else None

    def _put_in(
        self,
        index: int,
        context: Foreign,
        root_box: Foreign,
        number: int,
        page_type: Foreign,
        state: Foreign,
    ) -> tuple[Foreign, Foreign]:
        """Put a page of before in; what WeasyPrint has to know of it is noted as if it were new."""
        made = self._before.pages[number]
        page, style = made.page, context.style_for(page_type)
        style["overflow"] = root_box.viewport_overflow
        page.page_type = page_type
        page.children = list(made.parts)
        page.children[0].children = list(made.below)
        if index == 0:
            sizes = context.style_for.initial_page_sizes
            sizes["box"], sizes["area"] = style["size"], (page.width, page.height)
        context.current_page, context.current_footnote_area = index + 1, made.parts[1]
        context.page_bottom = page.content_box_y() + page.height
        self._renew(made, index, context, state[1])
        end = self._pairs.moved_end(made.end.resume_at, made.units)
        _, _, right, _, _ = context.page_maker[index]
        self._hand_on(index, context.page_maker, end, made.end.next_page, not right, state)
        pairs = self._pairs
        units = pairs.now(made.units[0]), pairs.now(made.units[1])
        begin = made.begin._replace(resume_at=context.page_maker[index][0])
        self._rhythm.turns.arrange(root_box, end, made.end.orders)
        self._made[index] = Made(
            page, begin, made.end._replace(resume_at=end), units, made.parts, made.below,
            made.cascades, made.is_sound, pairs.boxes.get(id(made.ends_in), NOWHERE)
            if made.ends_in is not None else None, made.notes,
            made.margins, made.state, made.number, made.open_sides, pairs.heirs(made.keeping),
        )  # fmt: skip
        self.put_in.add(index)
        return page, end

    def _renew(self, made: Made, index: int, context: Foreign, counters: Foreign) -> None:
        """Give a page's boxes the elements of this document, and note targets and counters."""
        collector, page_maker = context.target_collector, context.page_maker
        remake = page_maker[index][-1]
        known = {name for item in page_maker[:index] for name in item[-1].get("anchors", ())}
        seen = {item for each in page_maker[:index] for item in each[-1].get("content_lookups", ())}
        if self._pairs.have_others:
            for box in made.page.descendants(placeholders=True):
                element = getattr(box, "element", None)
                if element is not None:
                    box.element = self._pairs.elements.get(element, element)
        for anchor in made.noted().anchors:
            if anchor not in known:
                known.add(anchor)
                remake["anchors"].append(anchor)
                collector.cache_target_page_counters(anchor, counters, index, page_maker)
        for box in made.noted().asking:
            item = self._lookup(box, collector)
            self._link(box)
            if item is not None:
                item.pending = False
                item.cached_page_counter_values = copy.deepcopy(counters)
                if id(item) not in seen:
                    seen.add(id(item))
                    remake["content_lookups"].append(id(item))
                    item.page_maker_index = index

    def _link(self, box: Foreign) -> None:
        """Have a box with page numbers, in what it says or hands on, follow that of now."""
        was = box.missing_link
        box.missing_link = now = self._pairs.boxes.get(id(was), was)
        if box.string_set is was.string_set:
            box.string_set = now.string_set

    @staticmethod
    def _hand_on(
        index: int,
        page_maker: Foreign,
        resume_at: Foreign,
        next_page: Foreign,
        right: bool,  # noqa: FBT001
        state: Foreign,
    ) -> None:
        """Note where the next page begins, as `remake_page` does."""
        known = page_maker[index + 1] if index + 1 < len(page_maker) else None
        if known is not None and known[:4] == (resume_at, next_page, right, state):
            return
        remake = {
            "content_changed": resume_at is not None,
            "pages_wanted": False,
            "anchors": [],
            "content_lookups": [],
        }
        page_maker[index + 1 : index + 2] = [(resume_at, next_page, right, state, remake)]


def _without_pages(counters: Foreign) -> Foreign:
    """Return the counters of a page but for the number of all pages."""
    return {name: values for name, values in (counters or {}).items() if name != "pages"}
