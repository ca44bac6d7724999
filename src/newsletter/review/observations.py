"""What collation of a pair of pages amounts to: changes of words, type, colour and place.

In: what was told of a pair, and the letters of both pages. Out: `Change`s with their places, and
the frames of letters that are explained by them, so that the remainder leaves these out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from newsletter.review.classes import Area, Change, Kind
from newsletter.review.collation import Edit, Told, Word
from newsletter.review.letters import RGB, Letter, LetteredPage
from newsletter.review.shades import JUST_NOTICEABLE, delta_e_of
from newsletter.review.sides import Blocks, smallest_block

LEAST_SHIFT_MM = 0.1
"""What moved by less did not: a third of a dot of a 75-line screen, and a pixel at 254 dpi."""
ASCENT_EM, DESCENT_EM, OVERHANG_EM = 1.05, 0.4, 0.15
"""How far a letter reaches from the point where it begins: above, below, and to the sides."""
TWO_EM = "—…⸺"
"""Marks whose drawing may be two em wide (GB/T 15834-2011, 5.1), from one letter."""
EXCERPT = 24
DIGITS = re.compile(r"\d+")


def observed(
    told: Told, old: LetteredPage | None, new: LetteredPage | None, blocks: tuple[Blocks, Blocks]
) -> list[Change]:
    """Return the changes of text on a pair of pages; areas are around the letters concerned."""
    found = [_edited(edit, old, new) for edit in told.edits]
    if old is not None and new is not None:
        found += _restyled(told, old, new)
        found += _recoloured(told, old, new)
        found += _shifted(told, old, new)
        found += _heads(told, old, new)
    if told.rebroken or told.arrived or told.left:
        found.append(_flowed(told, old, new))
    return [_placed(change, blocks) for change in found]


def _placed(change: Change, blocks: tuple[Blocks, Blocks]) -> Change:
    """Return a change with the line of YAML that its new or else its old place comes from."""
    for area, known in ((change.new_area, blocks[1]), (change.old_area, blocks[0])):
        if area is not None:
            middle = area[0] + min(area[2], 4.0) / 2, area[1] + min(area[3], 4.0) / 2
            block = smallest_block(known, *middle)
            if block is not None:
                return replace(change, origin=block.origin, article=block.article)
    return change


# Words ---------------------------------------------------------------------------------------


def _edited(edit: Edit, old: LetteredPage | None, new: LetteredPage | None) -> Change:
    return Change(
        kind=Kind.ORDER if edit.went else Kind.TEXT,
        what="words",
        count=len(edit.new) or len(edit.old),
        before=joined(edit.old),
        now=joined(edit.new),
        context=edit.context,
        old_area=area_of(edit.old, old),
        new_area=area_of(edit.new, new),
    )


def joined(words: Sequence[Word]) -> str:
    """Return words as they are written: a space between two of Latin letters."""
    text = ""
    for word in words:
        latin = text[-1:].isascii() and text[-1:].isalnum() and word.text[0].isascii()
        text += f" {word.text}" if latin and word.text[0].isalnum() else word.text
    return text


def area_of(words: Sequence[Word], page: LetteredPage | None) -> Area | None:
    """Return what the words take of their page; None if there are none, or none stand on it.

    What stands on a page near its edge may be told with the page before or after.
    """
    if page is None or not words:
        return None
    first = words[0].page
    letters = [
        letter
        for word in words
        if word.page == first
        for letter in page.letters[word.start : word.stop]
    ]
    return _around(letters) if letters else None


def _around(letters: Iterable[Letter]) -> Area:
    boxes = [letter_box(letter) for letter in letters]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right = max(box[0] + box[2] for box in boxes)
    bottom = max(box[1] + box[3] for box in boxes)
    return round(left, 2), round(top, 2), round(right - left, 2), round(bottom - top, 2)


def letter_box(letter: Letter) -> Area:
    """Return a rectangle that holds whatever a letter prints, in mm."""
    em = letter.em_mm
    return (
        letter.x_mm - OVERHANG_EM * em,
        letter.y_mm - ASCENT_EM * em,
        em * (1 + (letter.text in TWO_EM) + 2 * OVERHANG_EM),
        em * (ASCENT_EM + DESCENT_EM),
    )


# Type, colour ---------------------------------------------------------------------------------


def _restyled(told: Told, old: LetteredPage, new: LetteredPage) -> Iterator[Change]:
    """Yield one change for each font or size that became another."""
    groups: dict[tuple[str, str], list[tuple[Word, Word]]] = defaultdict(list)
    for one, two in told.kept:
        faces = _face(old.letters[one.start]), _face(new.letters[two.start])
        if faces[0] != faces[1]:
            groups[faces].append((one, two))
    for (before, now), words in groups.items():
        yield replace(_of_group(Kind.TYPE, words, old, new), before=before, now=now)


def _face(letter: Letter) -> str:
    return f"{letter.style.font} {letter.style.size_pt:g} pt"


def _recoloured(told: Told, old: LetteredPage, new: LetteredPage) -> Iterator[Change]:
    """Yield one change for each colour of letters that became another."""
    groups: dict[tuple[RGB, RGB], list[tuple[Word, Word]]] = defaultdict(list)
    for one, two in told.kept:
        before = old.letters[one.start].style.colour
        now = new.letters[two.start].style.colour
        if before != now:
            groups[before, now].append((one, two))
    for (before, now), words in groups.items():
        apart = delta_e_of(before, now)
        kind = Kind.COLOUR if apart > JUST_NOTICEABLE else Kind.IMPERCEPTIBLE
        yield replace(
            _of_group(kind, words, old, new),
            before=_hex(before),
            now=_hex(now),
            delta_e=round(apart, 2),
        )


def _hex(colour: RGB) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _of_group(
    kind: Kind, words: list[tuple[Word, Word]], old: LetteredPage, new: LetteredPage
) -> Change:
    now = [word for _old, word in words]
    return Change(
        kind=kind,
        what="letters",
        count=sum(word.stop - word.start for word in now),
        context=(joined(now)[:EXCERPT], ""),
        old_area=area_of([word for word, _new in words], old),
        new_area=area_of(now, new),
    )


# Place ----------------------------------------------------------------------------------------


def _shifted(told: Told, old: LetteredPage, new: LetteredPage) -> Iterator[Change]:
    """Yield one change for each way that whole lines went, and one for lines spaced anew."""
    lines: dict[int, list[tuple[Word, Word]]] = defaultdict(list)
    for one, two in told.kept:
        lines[two.run].append((one, two))
    ways: dict[tuple[float, float], list[tuple[Word, Word]]] = defaultdict(list)
    respaced: list[tuple[Word, Word]] = []
    touched = {word.run for edit in told.edits for word in edit.new}
    touched |= {word.run for word in told.rebroken}
    for run, words in lines.items():
        gone = {way(one, two, old, new) for one, two in words}
        if len(gone) == 1:
            ways[gone.pop()] += words
        elif run not in touched and spread(gone) >= LEAST_SHIFT_MM:
            respaced += words
    for (dx, dy), words in ways.items():
        if max(abs(dx), abs(dy)) >= LEAST_SHIFT_MM:
            change = _of_group(Kind.MOVED, words, old, new)
            yield replace(change, what="lines", count=_lines(words), dx_mm=dx, dy_mm=dy)
    if respaced:
        change = _of_group(Kind.TYPE, respaced, old, new)
        yield replace(change, what="spacing", count=_lines(respaced))


def _lines(words: Iterable[tuple[Word, Word]]) -> int:
    return len({two.run for _one, two in words})


def way(one: Word, two: Word, old: LetteredPage, new: LetteredPage) -> tuple[float, float]:
    """Return how far a word went to the right and down, to a twentieth of a millimetre."""
    before, now = old.letters[one.start], new.letters[two.start]
    return _rounded(now.x_mm - before.x_mm), _rounded(now.y_mm - before.y_mm)


def _rounded(length_mm: float) -> float:
    return round(length_mm * 20) / 20 + 0.0


def spread(ways: set[tuple[float, float]]) -> float:
    """Return by how much ways differ at most, in mm."""
    across, down = [w[0] for w in ways], [w[1] for w in ways]
    return max(max(across) - min(across), max(down) - min(down))


def _flowed(told: Told, old: LetteredPage | None, new: LetteredPage | None) -> Change:
    """Return that lines were broken anew, or went from one page to another."""
    now, before = [*told.arrived, *told.rebroken], told.left
    return Change(
        kind=Kind.REFLOW,
        what="lines",
        count=len({(word.page, word.run) for word in [*now, *before]}),
        context=(joined((now or before)[:EXCERPT]), ""),
        old_area=area_of(before, old),
        new_area=area_of(now, new),
    )


def _heads(told: Told, old: LetteredPage, new: LetteredPage) -> Iterator[Change]:
    """Yield what became of running heads and folio, but for the number of the page itself."""
    before, now = (
        [page.letters[n] for n in sorted(left_out)]
        for page, left_out in zip((old, new), told.furniture, strict=True)
    )
    renumbered = told.pair.old != told.pair.new
    texts = ["".join(x.text for x in part) for part in (before, now)]
    kept = [DIGITS.sub("", text) if renumbered else text for text in texts]
    areas = [_around(part) if part else None for part in (before, now)]
    change = Change(Kind.TEXT, "head", 1, texts[0], texts[1], old_area=areas[0], new_area=areas[1])
    if kept[0] != kept[1]:
        turned = ((told.pair.old or 0) - (told.pair.new or 0)) % 2
        yield replace(change, kind=Kind.MOVED, what="turned") if turned else change
    elif before and now:
        dx = _rounded(now[0].x_mm - before[0].x_mm)
        dy = _rounded(now[0].y_mm - before[0].y_mm)
        if max(abs(dx), abs(dy)) >= LEAST_SHIFT_MM:
            yield replace(change, kind=Kind.MOVED, dx_mm=dx, dy_mm=dy)


# What is explained ----------------------------------------------------------------------------


def explained(told: Told, old: LetteredPage, new: LetteredPage) -> list[Area]:
    """Return the areas of letters whose change is told, on both pages."""
    heads = [
        {page.letters[n] for n in left_out}
        for page, left_out in zip((old, new), told.furniture, strict=True)
    ]
    areas = [letter_box(letter) for letter in heads[0] ^ heads[1]]
    for edit in told.edits:
        areas += _boxes(edit.old, old, told.pair.old) + _boxes(edit.new, new, told.pair.new)
    areas += _boxes(told.left, old, told.pair.old) + _boxes(told.arrived, new, told.pair.new)
    for one, two in told.kept:
        before, now = old.letters[one.start : one.stop], new.letters[two.start : two.stop]
        if before != now:
            areas += [letter_box(letter) for letter in (*before, *now)]
    return areas


def _boxes(words: Iterable[Word], page: LetteredPage, number: int | None) -> list[Area]:
    return [
        letter_box(letter)
        for word in words
        if word.page == number
        for letter in page.letters[word.start : word.stop]
    ]
