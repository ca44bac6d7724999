"""The galley: one issue as HTML and stylesheets, with everything they refer to.

In: the editors' copy and a layout with its options. Out: a `Galley`, or `Refused` with all
that is wrong with running text, pictures, characters and templates.
"""

from __future__ import annotations

import difflib
import re
import struct
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter.cache.findings import heard, said
from newsletter.cache.ledger import noted
from newsletter.cache.state import file_state
from newsletter.cache.store import recalled
from newsletter.compose.balance import unbalanced
from newsletter.compose.markdown import Block, compose
from newsletter.compose.overlong import too_long
from newsletter.compose.resolution import heeds_small, low_resolution
from newsletter.compose.templates import Stationery, write_page
from newsletter.diagnostics import Diagnostic, Place, Refused, has_errors, in_order, listed
from newsletter.fonts.coverage import Gaps, missing
from newsletter.fonts.family import FontFamily
from newsletter.fonts.stylesheet import font_face_css
from newsletter.issue.loader import Copy
from newsletter.issue.models import (
    Article,
    ArticlesSection,
    ChronicleSection,
    ContactsSection,
    Issue,
    Part,
    Picture,
    Sidebar,
    ViewsSection,
    parts_of,
)
from newsletter.issue.slips import slips
from newsletter.issue.texts import Passage, passages
from newsletter.layouts import Layout, OptionValue
from newsletter.layouts.margins import margins_of, tight_margins
from newsletter.layouts.remnants import printed_marks, unused_files
from newsletter.layouts.stylesheets import mistakes
from newsletter.pictures import PictureFile, examine
from newsletter.sources import read

BASE_URL = "https://press.invalid/"
LAYOUT_URL = f"{BASE_URL}layout/"
PICTURE_URL = f"{BASE_URL}issue/"
MOST_NUMBERS = 6
"""Characters whose numbers a message gives, of many that no font has."""
ON_THE_COVER = frozenset({"contents_line"})
IMAGE = re.compile(r'<img src="([^"<>]*)"[^>]*>')
WIDTH = re.compile(r' style="(?:[^"]*; )?width: ([0-9.]+)pt[;"]')
HEIGHT = re.compile(r' style="(?:[^"]*; )?height: ([0-9.]+)pt[;"]')


class Stylesheet(Struct, frozen=True):
    """One stylesheet: `shown` is its name in messages, `url` what its own paths start from."""

    shown: str
    url: str
    text: str


class Expected(Struct, frozen=True):
    """Words that a reader must be able to find, in the part of the pages named by `scope`."""

    passage: Passage
    place: Place
    fragment: str
    scope: str


class Galley(Struct, frozen=True):
    """All that the renderer needs, and all it may read: `assets` maps URLs to files.

    `inspected` holds the SHA-256 of each picture as it was when it was found good; `fillers` is
    how many pages the layout was asked to add. `desk` has what its page was written from.
    """

    html: str
    stylesheets: tuple[Stylesheet, ...]
    assets: Mapping[str, Path]
    expected: tuple[Expected, ...]
    scopes: tuple[str, ...]
    layout: Layout
    copy: Copy
    warnings: tuple[Diagnostic, ...] = ()
    inspected: Mapping[str, str] = field(default_factory=dict)
    fillers: int = 0
    desk: _Desk | None = None

    def refilled(self, fillers: int) -> Galley:
        """Return the same with as many fillers: its page is written again, and nothing else."""
        if self.desk is None:
            message = "what the page was written from has been let go"
            raise ValueError(message)
        html, expected, found = self.desk.written(fillers)
        warnings = tuple(in_order([*self.desk.problems, *found]))
        return replace(self, html=html, expected=expected, warnings=warnings, fillers=fillers)

    def settled(self) -> Galley:
        """Return the same without its desk: its page will not be written again."""
        return replace(self, desk=None)


def compose_issue(
    copy: Copy,
    layout: Layout,
    options: Mapping[str, OptionValue],
    families: Mapping[str, FontFamily],
    fillers: int = 0,
) -> Galley:
    """Compose an issue; raises `Refused` with every problem found on the way.

    `fillers` is how many pages the layout is asked to add, so that sheets come out even.
    """
    desk = _looked_over(copy, layout, families)
    desk.options = options
    desk.problems += _slips_of(layout, options)
    if has_errors(desk.problems):
        raise Refused([*desk.problems, *desk.too_coarse()])
    html, expected, found = desk.written(fillers)
    desk.problems += unbalanced(html, layout)
    sheets = (*_layout_sheets(layout, options), desk.font_sheet())
    return Galley(
        html=html,
        stylesheets=sheets,
        assets=desk.assets,
        expected=expected,
        scopes=tuple(desk.scopes),
        layout=layout,
        copy=copy,
        warnings=tuple(in_order([*desk.problems, *found])),
        inspected=desk.inspected,
        fillers=fillers,
        desk=desk,
    )


def look_over(copy: Copy, layout: Layout, families: Mapping[str, FontFamily]) -> list[Diagnostic]:
    """Return what is wrong with an issue before its pages are written."""
    desk = _looked_over(copy, layout, families)
    return [*desk.problems, *desk.too_coarse()]


def inspect_pictures(issue: Issue, folder: Path) -> list[Diagnostic]:
    """Return what is wrong with the pictures of an issue, each file looked at once."""
    places = {picture.file: picture.place("file") for picture in reversed([*issue.pictures()])}
    return [d for file, place in places.items() for d in examine(file, folder, place)[1]]


def _looked_over(copy: Copy, layout: Layout, families: Mapping[str, FontFamily]) -> _Desk:
    desk = _Desk(copy, layout)
    desk.read_all_text()
    desk.look_at_pictures()
    desk.choose_fonts(families)
    desk.problems += [*too_long(copy, layout.spec), *slips(copy.publication), *layout.warnings]
    if "print" in copy.publication.profiles:
        desk.problems += tight_margins(layout.spec)
    return desk


class _Desk(Struct):
    """Gathers what one issue needs, and what is wrong with it."""

    copy: Copy
    layout: Layout
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    blocks: dict[tuple[int, str], tuple[Block, ...]] = field(default_factory=dict)
    meant: set[tuple[int, str]] = field(default_factory=set)
    """Owners of texts, with the pictures and sidebars that these almost place (N205, N214)."""
    pictures: dict[str, PictureFile] = field(default_factory=dict)
    assets: dict[str, Path] = field(default_factory=dict)
    inspected: dict[str, str] = field(default_factory=dict)
    printed: set[str] = field(default_factory=set)
    families: list[FontFamily] = field(default_factory=list)
    rest: Mapping[str, frozenset[int]] = field(default_factory=dict)

    # Text

    def read_all_text(self) -> None:
        """Compose every running text and list every word that has to come out."""
        issue = self.copy.issue
        self._read_own(self.copy.publication)
        if self.copy.publication.imprint:
            self._read_own(self.copy.publication.imprint)
        self._read_own(issue)
        self._read(issue.cover, "")
        for section in issue.sections:
            scope = f"section-{section.id}"
            self.scopes.append(scope)
            if isinstance(section, (ArticlesSection, ViewsSection)):
                self._section(section, scope)
            elif isinstance(section, (ChronicleSection, ContactsSection)):
                self._read(section, scope)

    def _read_own(self, part: Part) -> None:
        """Expect the words of a part, without those of the parts in it."""
        for passage in passages(part, deep=False):
            if passage.kind == "line":
                self.expected.append(Expected(passage, passage.place(), passage.text, ""))
            self.printed.update(passage.text)

    def _section(self, section: ArticlesSection | ViewsSection, scope: str) -> None:
        for article in section.articles:
            self.scopes.append(f"article-{article.id}")
            self._read(article, f"article-{article.id}")
            self._judge_references(article)
        self._read(section, scope)

    def _read(self, part: Part, scope: str) -> None:
        for owner, passage in _owned(part, stop=Article):
            if passage.kind == "markdown":
                self._compose(owner, passage, scope)
            elif passage.kind == "line":
                where = "" if passage.field in ON_THE_COVER else scope
                self.expected.append(Expected(passage, passage.place(), passage.text, where))
            if passage.field != "alt":
                self.printed.update(passage.text)

    def _compose(self, owner: Part, passage: Passage, scope: str) -> None:
        box = f"-box-{owner.id}" if isinstance(owner, Sidebar) else ""
        prefix = f"{scope}{box}-{passage.field}"
        result = compose(passage, prefix)
        self.problems.extend(result.problems)
        self.blocks[id(owner), passage.field] = tuple(result.blocks)
        for problem in result.problems:
            name = problem.values.get({"N214": "id", "N205": "name"}.get(problem.code, ""))
            if name is not None:
                self.meant.add((id(owner), str(name)))
        for block in result.blocks:
            if block.kind in ("picture", "sidebar") and not isinstance(owner, Article):
                self.problems.append(Diagnostic("N210", block.place))
            for words in block.fragments:
                self.expected.append(Expected(passage, block.place, words, scope))
                self.printed.update(words)

    def _judge_references(self, article: Article) -> None:
        blocks = self.blocks[id(article), "body"]
        meant = {name for owner, name in self.meant if owner == id(article)}
        self._match(blocks, "picture", article.pictures, ("N202", "N207"), meant)
        self._match(blocks, "sidebar", article.sidebars, ("N203", "N208"), meant)
        for sidebar in article.sidebars:
            if not (sidebar.body or sidebar.items or sidebar.figures):
                self.problems.append(Diagnostic("N211", sidebar.place(), {"id": sidebar.id}))

    def _match(
        self,
        blocks: Iterable[Block],
        kind: str,
        parts: Sequence[Part],
        codes: tuple[str, str],
        meant: set[str],
    ) -> None:
        """Note what is placed but not listed, or twice, or not at all and not `meant` to be."""
        ids = [str(getattr(part, "id")) for part in parts]  # noqa: B009 - all have one
        placed: set[str] = set()
        for block in blocks:
            if block.kind != kind:
                continue
            if block.ref in placed:
                self.problems.append(Diagnostic("N209", block.place, {"id": block.ref}))
            if block.ref not in ids:
                near = _near(block.ref, ids, parts)
                self.problems.append(_unknown(codes[0], block, near))
                meant = meant | {*near}
            placed.add(block.ref)
        for name, part in zip(ids, parts, strict=True):
            if name not in placed | meant:
                self.problems.append(Diagnostic(codes[1], part.place("id"), {"id": name}))

    # Characters

    def choose_fonts(self, families: Mapping[str, FontFamily]) -> None:
        """Take the layout's families; note those that are not there and missing glyphs."""
        names = self.layout.spec.fonts
        for index, name in enumerate(names):
            if name not in families:
                values = {"name": name, "names": listed(families)}
                place = self.layout.spec.place("fonts", index)
                self.problems.append(Diagnostic("N602", place, values))
        self.families = [families[name] for name in names if name in families]
        if len(self.families) == len(names):
            self._match_characters()

    def _match_characters(self) -> None:
        """Note what no family has, and what only a rest file has."""
        try:
            gaps = _gaps("".join(sorted(self.printed)), self.families)
        except (OSError, ValueError, struct.error, MemoryError) as error:
            folders = ", ".join(family.folder.name for family in self.families)
            values = {"problem": f"{folders}: {error or type(error).__name__}"}
            self.problems.append(Diagnostic("N603", None, values))
            return
        self.rest = gaps.rest
        self._report_uncovered({chr(code) for code in gaps.uncovered})

    def _report_uncovered(self, absent: set[str]) -> None:
        if not absent:
            return
        written = [*_owned(self.copy.publication), *_owned(self.copy.issue)]
        one = f"[{''.join(map(re.escape, sorted(absent)))}]"
        unprinted = re.compile(f"{one}+(?: {one}+)*")  # words of a script together
        for _owner, passage in written:
            for found in unprinted.finditer(passage.text) if passage.field != "alt" else ():
                self.problems.append(_no_glyph(found[0], passage.place(*found.span())))
        named = absent - {c for _owner, passage in written for c in passage.text}
        for words in self.expected:  # what Markdown writes by number, such as &#x1F600;
            for character in sorted(named.intersection(words.fragment)):
                self.problems.append(_no_glyph(character, words.place))

    def font_sheet(self) -> Stylesheet:
        """Return the @font-face rules for what the issue prints, and serve their files."""

        def url_of(path: Path) -> str:
            url = f"{BASE_URL}fonts/{path.parent.name}/{quote(path.name)}"
            self.assets[url] = path
            return url

        text = font_face_css(self.families, self.rest, url_of)
        return Stylesheet("fonts", f"{BASE_URL}fonts/", text)

    # Pictures

    def look_at_pictures(self) -> None:
        """Inspect every picture; serve the good ones, note what is wrong with the others."""
        self._serve_layout()
        for picture in self.copy.issue.pictures():
            if picture.file in self.pictures:
                continue
            found, problems = examine(picture.file, self.copy.folder, picture.place("file"))
            self.problems.extend(problems)
            if found is not None:
                self.pictures[picture.file] = found
                self.assets[self._picture_url(picture)] = found.path
                self.inspected[self._picture_url(picture)] = found.sha256

    def too_coarse(self, html: str = "", asked: Container[int] = ()) -> Iterable[Diagnostic]:
        """Return which pictures have too few pixels.

        `html`, where there is one, says how wide and high they stand, and which do not at all;
        `asked` has the identities of those that the layout sets smaller where they are small.
        """
        urls = {name: f"{PICTURE_URL}{quote(name)}" for name in self.pictures}
        files = {name: f for name, f in self.pictures.items() if not html or urls[name] in html}
        widths, heights = _lengths(html, WIDTH), _lengths(html, HEIGHT)
        sizes = {
            name: (widths.get(urls[name], 0.0), heights.get(urls[name], 0.0)) for name in files
        }
        given = sizes if html else None
        if not html and heeds_small(self.layout):
            asked = {id(picture) for picture in self.copy.issue.pictures()}
        return low_resolution(self.copy.issue, self.layout.spec, files, given, asked)

    def _picture_url(self, picture: Picture) -> str:
        return f"{PICTURE_URL}{quote(picture.file)}"

    def _serve_layout(self) -> None:
        """Serve the layout's files and those it inherits."""
        for name, path in self.layout.served().items():
            self.assets[f"{LAYOUT_URL}{quote(name)}"] = path

    # The page

    def written(self, fillers: int) -> tuple[str, tuple[Expected, ...], Iterable[Diagnostic]]:
        """Write the page; return it, the words to be found on it, and what is told of its pictures.

        Those are too coarse for their places, or have none; words of these that the page leaves
        out with them are not looked for.
        """
        from markupsafe import escape

        stationery = self._stationery(fillers)
        html = write_page(stationery)
        told = [*self.too_coarse(html, stationery.asked)]
        unwritten: set[int] = set()
        left_out = {id(picture) for picture in self._left_out(html, stationery.placed)}
        for picture in self.copy.issue.pictures():
            lines = (passage for passage in passages(picture) if passage.kind == "line")
            words = [passage for passage in lines if str(escape(passage.text)) not in html]
            if id(picture) in left_out:
                unwritten.update(id(passage.scalar) for passage in words)
                values, hint = {"picture": picture.file}, "words" if words else "default"
                told.append(Diagnostic("N357", picture.place("file"), values, hint))
            else:
                told += [_without_place(picture, passage) for passage in words]
        expected = (words for words in self.expected if id(words.passage.scalar) not in unwritten)
        return html, tuple(expected), told

    def _left_out(self, html: str, placed: Container[int]) -> Iterable[Picture]:
        """Yield the pictures that the layout's templates put on no page."""
        for picture in self.copy.issue.pictures():
            is_there = id(picture) in placed and self._picture_url(picture) in html
            if picture.file in self.pictures and not is_there:
                yield picture

    def _stationery(self, fillers: int) -> Stationery:
        """Return all that a template is given."""
        return Stationery(
            copy=self.copy,
            layout=self.layout,
            options=self.options,
            blocks=self.blocks,
            pictures=self.pictures,
            picture_url=self._picture_url,
            fillers=fillers,
        )


def _without_place(picture: Picture, passage: Passage) -> Diagnostic:
    """Return what is told of a caption or credit for which the layout's template has no place."""
    values = {"picture": picture.file, "field": passage.field, "text": passage.text}
    return Diagnostic("N358", passage.place(), values)


def _gaps(text: str, families: Sequence[FontFamily]) -> Gaps:
    """Return what some families lack for a text, or did when their files were in this state."""

    def given() -> list[object]:
        gaps = missing(text, families)
        return [[*gaps.uncovered], {name: [*codes] for name, codes in gaps.rest.items()}]

    paths = [str(family.path(file)) for family in families for file in family.files()]
    states = (f"{path} {file_state(path)}" for path in paths)
    uncovered, rest = noted("gaps", (text, *states), given)
    return Gaps(frozenset(uncovered), {name: frozenset(codes) for name, codes in rest.items()})


def _owned(part: Part, stop: type[Part] | None = None) -> Iterable[tuple[Part, Passage]]:
    """Yield each passage with the part that holds it; parts of the type `stop` are left out."""
    for passage in passages(part, deep=False):
        yield part, passage
    for name in type(part).model_fields:
        for inner in parts_of(getattr(part, name)):
            if not (stop and isinstance(inner, stop)):
                yield from _owned(inner, stop)


def _lengths(html: str, pattern: re.Pattern[str]) -> dict[str, float]:
    """Return the width or height in points that the page gives each picture, by its URL.

    It is 0 where there is none, or not always the same.
    """
    found: dict[str, set[float]] = {}
    for tag in IMAGE.finditer(html):
        length = pattern.search(tag[0])
        found.setdefault(tag[1], set()).add(float(length[1]) if length else 0.0)
    return {url: min(lengths) if len(lengths) == 1 else 0.0 for url, lengths in found.items()}


def _no_glyph(characters: str, place: Place) -> Diagnostic:
    """Return what is told of characters that stand together; of many the first are numbered."""
    distinct = [*dict.fromkeys(characters.replace(" ", ""))]
    numbers = [f"U+{ord(character):04X}" for character in distinct[:MOST_NUMBERS]]
    more = ["…"] if len(distinct) > MOST_NUMBERS else []
    values = {"character": characters, "codepoint": " ".join(numbers + more)}
    return Diagnostic("N601", place, values)


def _near(ref: str, ids: Sequence[str], parts: Iterable[Part]) -> list[str]:
    """Return the id that was perhaps meant: that of the file which is named, or the likest."""
    of_file = [name for name, part in zip(ids, parts, strict=True) if _file_of(part) == ref]
    return of_file[:1] or difflib.get_close_matches(ref, ids, n=1, cutoff=0.5)


def _file_of(part: Part) -> str | None:
    return part.file if isinstance(part, Picture) else None


def _unknown(code: str, block: Block, near: Sequence[str]) -> Diagnostic:
    values = {"id": block.ref}
    if near:
        values["suggestion"] = near[0]
    return Diagnostic(code, block.place, values, hint="suggest" if near else "default")


# Stylesheets --------------------------------------------------------------------------------


def _layout_sheets(layout: Layout, options: Mapping[str, OptionValue]) -> Iterable[Stylesheet]:
    yield Stylesheet("page", BASE_URL, _page_css(layout, options))
    for name in layout.spec.stylesheets:
        path = layout.find(name)
        assert path is not None  # noqa: S101 - `read_layout` has looked
        source = read(path, layout.shown(path))
        yield Stylesheet(source.shown, f"{LAYOUT_URL}{quote(layout.within(path))}", source.text)


def _slips_of(layout: Layout, options: Mapping[str, OptionValue]) -> Iterable[Diagnostic]:
    """Return what is wrong with the layout's files, or was when they were the same."""
    given = sorted(_properties(layout, options))
    files = layout.inputs().items()
    parts = [
        f"{name} {path.read_text('utf-8', 'replace')}" for name, path in files if _is_text(name)
    ]
    parts += [name for name, _path in files]
    spec = layout.spec
    whole = (*given, *spec.fonts, *spec.stylesheets, spec.template, *parts)

    def read() -> bytes:
        found = [*mistakes(layout, given), *printed_marks(layout), *unused_files(layout)]
        return said(found).encode()

    return heard(recalled("stylesheets", whole, read).decode())


def _is_text(name: str) -> bool:
    return name.endswith((".css", ".j2", ".html"))


def _page_css(layout: Layout, options: Mapping[str, OptionValue]) -> str:
    """Return what layout.yaml says of page and grid, as CSS: one source for both."""
    page = layout.spec.page
    rules = _properties(layout, options)
    properties = "".join(f"  {name}: {value};\n" for name, value in rules.items())
    size = f"{page.width_mm:g}mm {page.height_mm:g}mm"
    return (
        f"@page {{ size: {size}; bleed: {page.bleed_mm:g}mm; marks: none; }}\n"
        f":root {{\n{properties}}}\n"
    )


def _properties(layout: Layout, options: Mapping[str, OptionValue]) -> dict[str, str]:
    """Return the custom properties that a stylesheet is given, with their values."""
    page, grid = layout.spec.page, layout.spec.grid
    rules = {
        "--body": f"{grid.body_pt:.9g}pt",
        "--leading": f"{grid.leading_pt:.9g}pt",
        "--lines": f"{grid.lines}",
        "--type-width": f"{grid.type_width_pt:.9g}pt",
        "--type-height": f"{grid.type_height_pt:.9g}pt",
        "--columns": f"{grid.columns}",
        "--column-gap": f"{grid.column_gap_pt:.9g}pt",
        "--page-width": f"{page.width_mm:.9g}mm",
        "--page-height": f"{page.height_mm:.9g}mm",
        "--bleed": f"{page.bleed_mm:.9g}mm",
    }
    for name, margin in margins_of(page, grid)._asdict().items():
        rules[f"--margin-{name}"] = f"{margin!r}pt"
    for name, value in options.items():
        if layout.spec.options[name].kind == "text":
            rules[f"--option-{name}"] = _css_string(str(value))
        elif not isinstance(value, bool):
            rules[f"--option-{name}"] = str(value)
    return rules


def _css_string(text: str) -> str:
    """Return a text as CSS takes it for `content` (CSS Syntax 3, 4.3.5)."""
    quoted = "".join(f"\\{ord(c):x} " if c in '"\\' or c < " " else c for c in text)
    return f'"{quoted}"'
