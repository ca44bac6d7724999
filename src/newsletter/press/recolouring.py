"""A content stream, with its colours as ink and nothing else changed.

In: the instructions of a page, a form, a pattern or a glyph, and their resources. Out: the
instructions with every colour in DeviceCMYK or a spot ink. Text in full black alone overprints
(OPM 1: only the black plate is touched), everything else knocks out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from newsletter.press.inks import Ink, Palette, Spot
from newsletter.press.spaces import Space, space_of

OVERPRINT, KNOCKOUT = "/InkOverprint", "/InkKnockout"
STROKING = {"RG", "G", "K", "CS", "SC", "SCN"}
DEVICE = {"rg": "/DeviceRGB", "g": "/DeviceGray", "k": "/DeviceCMYK"}
FILLED_TEXT = frozenset({0, 2, 4, 6})
SHOWING = frozenset({"Tj", "TJ", "'", '"'})
PAINTING = frozenset({"m", "re", "sh", "Do"})
"""What begins a mark that is no text. Between a path's begin and its painting no state may
change (ISO 32000-2:2020, figure 9)."""
COLOURING = frozenset({"cs", "CS", "sc", "scn", "SC", "SCN", "rg", "RG", "g", "G", "k", "K"})
FOLLOWED = COLOURING | SHOWING | PAINTING | {"q", "Q", "Tr"}

Instruction = tuple[Sequence[Any], Any]


@dataclass(frozen=True, slots=True)
class State:
    """What of the graphics state decides over ink: spaces, the fill, and what overprints."""

    fill_space: Space | None = None
    stroke_space: Space | None = None
    fill: Ink | None = None
    rendering: int = 0
    overprints: bool = False


class Recolouring:
    """Rewrites the colours of one content stream; adds what it needs to the resources."""

    def __init__(self, pdf: Any, resources: Any, palette: Palette) -> None:  # noqa: ANN401
        self.pdf, self.resources, self.palette = pdf, resources, palette
        self.state = State()
        self.kept: list[State] = []

    def rewrite(self, instructions: Iterable[Any]) -> list[Any]:
        """Return the instructions in ink."""
        rewritten: list[Any] = []
        for instruction in instructions:
            name = str(instruction.operator)
            if name in FOLLOWED:
                rewritten += self._one(name, instruction)
            else:
                rewritten.append(instruction)
        return rewritten

    def _one(self, name: str, instruction: Any) -> Iterator[Any]:  # noqa: ANN401 - pikepdf's
        if name in COLOURING:
            yield from self._coloured(name, instruction.operands)
            return
        if name == "q":
            self.kept.append(self.state)
        elif name == "Q" and self.kept:
            self.state = self.kept.pop()
        elif name == "Tr":
            self.state = replace(self.state, rendering=int(instruction.operands[0]))
        else:
            yield from self._plates(is_text=name in SHOWING)
        yield instruction

    def _coloured(self, name: str, operands: Sequence[Any]) -> Iterator[Instruction]:
        if name.lower() in DEVICE:
            yield from self._device_colour(name, operands)
        elif name in {"cs", "CS"}:
            yield from self._space(name, operands)
        else:
            yield from self._colour(name, operands)

    # Colours

    def _device_colour(self, name: str, operands: Sequence[Any]) -> Iterator[Instruction]:
        space = space_of(DEVICE[name.lower()], self.palette)
        yield from self._set(space, operands, stroking=name in STROKING, chosen=False)

    def _space(self, name: str, operands: Sequence[Any]) -> Iterator[Instruction]:
        from pikepdf import Name, Operator

        stroking = name in STROKING
        written = str(operands[0])
        named = self.resources.get("/ColorSpace", {}).get(written, operands[0])
        space = space_of(named, self.palette)
        if space is None:
            self._remember(None, None, stroking=stroking)
            yield [Name(written)], Operator(name)
        else:
            yield from self._set(space, space.initial, stroking=stroking, chosen=True)

    def _colour(self, name: str, operands: Sequence[Any]) -> Iterator[Instruction]:
        from pikepdf import Operator

        stroking = name in STROKING
        space = self.state.stroke_space if stroking else self.state.fill_space
        if space is None:
            yield operands, Operator(name)
        else:
            yield from self._set(space, operands, stroking=stroking, chosen=True)

    def _set(
        self, space: Space | None, parts: Sequence[Any], *, stroking: bool, chosen: bool
    ) -> Iterator[Instruction]:
        """Write an ink; `chosen` says that the stream named the space and may name it no more."""
        if space is None:
            return
        ink = space.ink([float(part) for part in parts])
        self._remember(space if chosen else None, ink, stroking=stroking)
        yield from self._written(ink, stroking=stroking)

    def _remember(self, space: Space | None, ink: Ink | None, *, stroking: bool) -> None:
        if stroking:
            self.state = replace(self.state, stroke_space=space)
        else:
            self.state = replace(self.state, fill_space=space, fill=ink)

    def _written(self, ink: Ink, *, stroking: bool) -> Iterator[Instruction]:
        from pikepdf import Name, Operator

        if ink.spot is None:
            yield [_number(part) for part in ink.process], Operator("K" if stroking else "k")
            return
        yield [Name(self._plate(ink.spot))], Operator("CS" if stroking else "cs")
        yield [_number(ink.tint)], Operator("SCN" if stroking else "scn")

    def _plate(self, spot: Spot) -> str:
        """Return the name in the resources of a spot ink's colour space; add it if it is new."""
        name = "/Ink" + "".join(f"{byte:02X}" for byte in spot.name.encode())
        self._add("/ColorSpace", name, lambda: separation_space(self.pdf, spot))
        return name

    def _add(self, kind: str, name: str, made: Callable[[], Any]) -> None:
        from pikepdf import Dictionary

        if kind not in self.resources:
            self.resources[kind] = Dictionary()
        if name not in self.resources[kind]:
            self.resources[kind][name] = made()

    # Overprint

    def _plates(self, *, is_text: bool) -> Iterator[Instruction]:
        """Switch overprinting on before black text, and off before anything else."""
        from pikepdf import Name, Operator

        wanted = (
            is_text
            and self.state.rendering in FILLED_TEXT
            and self.state.fill is not None
            and self.state.fill.is_black_alone
        )
        if wanted != self.state.overprints:
            self.state = replace(self.state, overprints=wanted)
            name = OVERPRINT if wanted else KNOCKOUT
            self._add("/ExtGState", name, lambda: _overprint(on=wanted))
            yield [Name(name)], Operator("gs")


class Masking(Recolouring):
    """Rewrites a mask of luminosity: how light its colours are becomes a gray."""

    def _written(self, ink: Ink, *, stroking: bool) -> Iterator[Instruction]:
        from pikepdf import Operator

        yield [_number(1 - ink.process.black)], Operator("G" if stroking else "g")

    def _plates(self, *, is_text: bool) -> Iterator[Instruction]:  # noqa: ARG002
        yield from ()


def separation_space(pdf: Any, spot: Spot) -> Any:  # noqa: ANN401 - pikepdf's
    """Return the Separation of a spot ink (ISO 32000-2:2020, 8.6.6.4)."""
    from pikepdf import Array, Dictionary, Name

    tint = Dictionary(
        FunctionType=2,
        Domain=[0, 1],
        N=1,
        C0=Array([0, 0, 0, 0]),
        C1=Array([_number(part) for part in spot.alternate]),
    )
    space = [Name.Separation, Name("/" + spot.name), Name.DeviceCMYK, tint]
    return pdf.make_indirect(Array(space))


def _overprint(*, on: bool) -> Any:  # noqa: ANN401
    """Return the state that overprints, or knocks out (8.6.7)."""
    from pikepdf import Dictionary, Name

    return Dictionary(Type=Name.ExtGState, OP=on, op=on, OPM=1 if on else 0)


def _number(value: float) -> Any:  # noqa: ANN401 - an int or a Decimal
    """Return a number as short as four digits allow."""
    from decimal import Decimal

    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else Decimal(str(rounded))
