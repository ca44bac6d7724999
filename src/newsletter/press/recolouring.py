"""A content stream, with its colours as ink and nothing else changed.

In: the instructions of a page, a form, a pattern or a glyph, a line each as pikepdf writes them,
and their resources. Out: the instructions with every colour in DeviceCMYK or a spot ink. Text in
full black alone overprints (OPM 1: only the black plate is touched), everything else knocks out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from newsletter.press.inks import Ink, Palette, Spot
from newsletter.press.problem import UnconvertedError
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
FOLLOWED = {name.encode(): name for name in COLOURING | SHOWING | PAINTING | {"q", "Q", "Tr"}}
ENDS = frozenset((b" " + name)[-2:] if len(name) == 1 else name[-2:] for name in FOLLOWED) | {
    *(b"q", b"Q"),
}
"""The last two bytes of the lines of these operators: most lines can be told by them."""

Instruction = tuple[Sequence[Any], Any]


class State(Struct):
    """What of the graphics state decides over ink: spaces, the fill, and what overprints."""

    fill_space: Space | None = None
    stroke_space: Space | None = None
    fill: Ink | None = None
    rendering: int = 0
    overprints: bool = False

    def saved(self) -> State:
        """Return what `Q` will bring back."""
        return State(self.fill_space, self.stroke_space, self.fill, self.rendering, self.overprints)


class Recolouring:
    """Rewrites the colours of one content stream; adds what it needs to the resources."""

    def __init__(self, pdf: Any, resources: Any, palette: Palette) -> None:  # noqa: ANN401
        self.pdf, self.resources, self.palette = pdf, resources, palette
        self.state = State()
        self.kept: list[State] = []
        self.set: dict[bytes, tuple[Ink, bytes]] = {}
        """The lines that set a device colour, with its ink and what is written instead."""

    def rewrite(self, content: bytes) -> bytes:
        """Return the content in ink."""
        rewritten: list[bytes] = []
        for line in content.split(b"\n"):
            if line[-2:] in ENDS:
                operands, _, operator = line.rpartition(b" ")
                if operator in FOLLOWED:
                    rewritten += self._one(FOLLOWED[operator], operands, line)
                    continue
            rewritten.append(line)
        return b"\n".join(rewritten)

    def _one(self, name: str, operands: bytes, line: bytes) -> Sequence[bytes]:
        """Return the lines that stand for one."""
        if name in COLOURING:
            return self._coloured(name, operands, line)
        if name == "q":
            self.kept.append(self.state.saved())
        elif name == "Q":
            if self.kept:
                self.state = self.kept.pop()
        elif name == "Tr":
            self.state.rendering = int(float(operands))
        else:
            return [*self._plates(is_text=name in SHOWING), line]
        return (line,)

    def _coloured(self, name: str, operands: bytes, line: bytes) -> Sequence[bytes]:
        stroking = name in STROKING
        if name.lower() in DEVICE:
            if line not in self.set:
                self.set[line] = self._device_colour(name, operands.split())
            ink, written = self.set[line]
            self._remember(None, ink, stroking=stroking)
            return (written,)
        values = _values(operands)
        if name in {"cs", "CS"}:
            return (self._space(values, stroking=stroking) or line,)
        return (self._colour(values, stroking=stroking) or line,)

    # Colours

    def _device_colour(self, name: str, parts: Sequence[bytes]) -> tuple[Ink, bytes]:
        """Return the ink of a colour, and what sets it."""
        space = space_of(DEVICE[name.lower()], self.palette)
        if space is None:
            raise UnconvertedError(f"colour operator {name}")
        ink = space.ink([float(part) for part in parts])
        return ink, self._line(ink, stroking=name in STROKING)

    def _space(self, operands: Sequence[Any], *, stroking: bool) -> bytes | None:
        """Choose a space; return what sets its first colour, None for one that is ink."""
        written = str(operands[0])
        named = self.resources.get("/ColorSpace", {}).get(written, operands[0])
        space = space_of(named, self.palette)
        if space is None:
            self._remember(None, None, stroking=stroking)
            return None
        return self._set(space, space.initial, stroking=stroking)

    def _colour(self, operands: Sequence[Any], *, stroking: bool) -> bytes | None:
        """Return what sets a colour of the space that was chosen, None for one that is ink."""
        space = self.state.stroke_space if stroking else self.state.fill_space
        return self._set(space, operands, stroking=stroking) if space else None

    def _set(self, space: Space, parts: Sequence[Any], *, stroking: bool) -> bytes:
        """Return what sets an ink in a space that the stream named and may name no more."""
        ink = space.ink([float(part) for part in parts])
        self._remember(space, ink, stroking=stroking)
        return self._line(ink, stroking=stroking)

    def _remember(self, space: Space | None, ink: Ink | None, *, stroking: bool) -> None:
        if stroking:
            self.state.stroke_space = space
        else:
            self.state.fill_space, self.state.fill = space, ink

    def _line(self, ink: Ink, *, stroking: bool) -> bytes:
        from pikepdf import unparse_content_stream

        return unparse_content_stream(list(self._written(ink, stroking=stroking)))

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

    def _plates(self, *, is_text: bool) -> Sequence[bytes]:
        """Switch overprinting on before black text, and off before anything else."""
        state = self.state
        wanted = (
            is_text
            and state.rendering in FILLED_TEXT
            and state.fill is not None
            and state.fill.is_black_alone
        )
        if wanted == state.overprints:
            return ()
        state.overprints = wanted
        name = OVERPRINT if wanted else KNOCKOUT
        self._add("/ExtGState", name, lambda: _overprint(on=wanted))
        return (f"{name} gs".encode("ascii"),)


class Masking(Recolouring):
    """Rewrites a mask of luminosity: how light its colours are becomes a gray."""

    def _written(self, ink: Ink, *, stroking: bool) -> Iterator[Instruction]:
        from pikepdf import Operator

        yield [_number(1 - ink.process.black)], Operator("G" if stroking else "g")

    def _plates(self, *, is_text: bool) -> Sequence[bytes]:  # noqa: ARG002
        return ()


def _values(operands: bytes) -> Sequence[Any]:
    """Return operands as objects."""
    from pikepdf import Object

    return list(Object.parse(b"[ " + operands + b" ]"))


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
