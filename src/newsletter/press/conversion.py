"""The conversion: a whole PDF from sRGB to the inks of a press.

In: an open PDF of ours, laid out in sRGB. Out: the same PDF with every operator, picture,
gradient, pattern, mask and blending group in ink. Text, fonts and transparency stay. What cannot
be converted raises `UnconvertedError` with its page: nothing is passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from newsletter.press.inks import Ink, Palette
from newsletter.press.instructions import lines
from newsletter.press.pictures import convert_picture, gray_mask
from newsletter.press.problem import UnconvertedError
from newsletter.press.recolouring import Masking, Recolouring
from newsletter.press.separation import CMYK, luminosity
from newsletter.press.shadings import convert_shading

SHADING = 2
IN_INK = frozenset({"/Separation", "/DeviceN", "/Pattern"})


def convert(pdf: Any, palette: Palette) -> None:  # noqa: ANN401 - pikepdf.Pdf
    """Rewrite all pages in ink."""
    conversion = Conversion(pdf, palette)
    for number, page in enumerate(pdf.pages, 1):
        try:
            conversion.page(page)
        except UnconvertedError as error:
            raise UnconvertedError(error.feature, error.page or number) from error


class Conversion:
    """Converts each object once, however many pages use it."""

    def __init__(self, pdf: Any, palette: Palette) -> None:  # noqa: ANN401
        self.pdf, self.palette = pdf, palette
        self.mask_palette = MaskPalette(palette.separation)
        self.done: set[tuple[tuple[int, int], bool]] = set()

    def page(self, page: Any) -> None:  # noqa: ANN401
        """Convert a page: its content, its resources, its group."""
        from pikepdf import Dictionary, Name

        page.contents_coalesce()
        resources = _resources(page.obj, Dictionary())
        page.obj.Resources = resources
        self._content(page.obj.Contents, resources, masking=False)
        page.obj.Group = Dictionary(
            Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True, K=False
        )

    def _content(self, stream: Any, resources: Any, *, masking: bool) -> None:  # noqa: ANN401
        kind = Masking if masking else Recolouring
        recolouring = kind(self.pdf, resources, self._palette(masking=masking))
        rewritten = recolouring.rewrite(lines(stream))
        self._resources(resources, masking=masking)
        stream.write(rewritten)

    def _palette(self, *, masking: bool) -> Palette:
        return self.mask_palette if masking else self.palette

    def _resources(self, resources: Any, *, masking: bool) -> None:  # noqa: ANN401
        """Convert all that content can name (7.8.3), and forget spaces that are no ink."""
        for form in _values(resources, "/XObject"):
            self._once(form, self._xobject, masking=masking)
        for pattern in _values(resources, "/Pattern"):
            self._once(pattern, self._pattern, masking=masking)
        for shading in _values(resources, "/Shading"):
            self._once(shading, self._shading, masking=masking)
        for state in _values(resources, "/ExtGState"):
            self._state(state)
        for font in _values(resources, "/Font"):
            self._once(font, self._font, masking=masking)
        spaces = resources.get("/ColorSpace", {})
        for name in list(spaces.keys()):
            if not (_is_array(spaces[name]) and str(spaces[name][0]) in IN_INK):
                del spaces[name]

    def _once(
        self,
        thing: Any,  # noqa: ANN401
        convert_it: Callable[..., None],
        *,
        masking: bool,
    ) -> None:
        key = (thing.objgen, masking)
        if thing.objgen == (0, 0) or key not in self.done:
            self.done.add(key)
            convert_it(thing, masking=masking)

    def _xobject(self, thing: Any, *, masking: bool) -> None:  # noqa: ANN401
        subtype = str(thing.get("/Subtype"))
        if subtype == "/Image":
            self._picture(thing, masking=masking)
        elif subtype == "/Form":
            self._form(thing, masking=masking)
        else:
            raise UnconvertedError(f"external object {subtype.lstrip('/')}")

    def _picture(self, picture: Any, *, masking: bool) -> None:  # noqa: ANN401
        if masking:
            gray_mask(picture)
            return
        convert_picture(picture, self.palette.separation)
        if "/SMask" in picture:
            gray_mask(picture.SMask)

    def _form(self, form: Any, *, masking: bool) -> None:  # noqa: ANN401
        from pikepdf import Dictionary, Name

        form.Resources = _resources(form, Dictionary())
        self._content(form, form.Resources, masking=masking)
        if "/Group" in form:
            form.Group.CS = Name.DeviceGray if masking else Name.DeviceCMYK

    def _pattern(self, pattern: Any, *, masking: bool) -> None:  # noqa: ANN401
        if int(pattern.PatternType) == SHADING:
            self._once(pattern.Shading, self._shading, masking=masking)
            if "/ExtGState" in pattern:
                self._state(pattern.ExtGState)
        else:
            if int(pattern.get("/PaintType", 1)) != 1:
                raise UnconvertedError("pattern without colours of its own")
            self._content(pattern, pattern.Resources, masking=masking)

    def _shading(self, shading: Any, *, masking: bool) -> None:  # noqa: ANN401
        palette = self._palette(masking=masking)
        convert_shading(self.pdf, shading, palette, masking=masking)

    def _state(self, state: Any) -> None:  # noqa: ANN401
        """Convert the soft mask of a graphics state (11.6.5.2)."""
        mask = state.get("/SMask")
        if mask is None or str(mask) == "/None":
            return
        luminous = str(mask.S) == "/Luminosity"
        self._once(mask.G, self._form, masking=luminous)
        if "/BC" in mask and luminous:
            from pikepdf import Array

            parts = [float(part) for part in mask.BC]
            gray = luminosity(*parts) if len(parts) == 3 else parts[0]  # noqa: PLR2004 - RGB
            mask.BC = Array([round(gray, 4)])

    def _font(self, font: Any, *, masking: bool) -> None:  # noqa: ANN401
        """Convert the glyphs of a Type 3 font (9.6.4); others have no colours."""
        from pikepdf import Dictionary

        if str(font.get("/Subtype")) == "/Type3":
            resources = _resources(font, Dictionary())
            for glyph in font.CharProcs.values():
                self._content(glyph, resources, masking=masking)


class MaskPalette(Palette, frozen=True):
    """The palette of masks: black ink stands for what is hidden, as gray 0 does."""

    def of_rgb(self, red: float, green: float, blue: float) -> Ink:
        """Return as black what the luminosity of a colour hides."""
        return Ink(CMYK(0, 0, 0, 1 - luminosity(red, green, blue)))

    def of_gray(self, level: float) -> Ink:
        """Return as black what a gray hides."""
        return Ink(CMYK(0, 0, 0, 1 - level))


def _resources(thing: Any, otherwise: Any) -> Any:  # noqa: ANN401
    return thing.get("/Resources", otherwise)


def _values(resources: Any, kind: str) -> list[Any]:  # noqa: ANN401
    return [value for _name, value in resources.get(kind, {}).items()]


def _is_array(thing: Any) -> bool:  # noqa: ANN401
    from pikepdf import Array

    return isinstance(thing, Array)
