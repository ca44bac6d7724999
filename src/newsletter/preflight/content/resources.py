"""The resources of a content stream, each read once (ISO 32000-2:2020, 7.8.3)."""

from __future__ import annotations

from collections.abc import Callable

from newsletter.pdf import objects
from newsletter.preflight.content.fonts import NO_FONT, Font, font
from newsletter.preflight.content.marks import Look, Picture
from newsletter.preflight.content.parameters import of_the_look
from newsletter.preflight.content.pictures import picture
from newsletter.preflight.content.spaces import DEVICES, PATTERN, Space, space


class Library:
    """What was read of a file so far, by object: fonts, spaces and pictures serve all pages."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, object], object] = {}

    def resources(self, holder: objects.Object) -> Resources:
        """Return the resources that a dictionary holds."""
        key = objects.identity(holder)
        known = self._found.get(("resources", key)) if key else None
        made = known if isinstance(known, Resources) else Resources(holder, self)
        if key:
            self._found["resources", key] = made
        return made

    def font(self, thing: objects.Object) -> Font:
        """Return a font."""
        key = objects.identity(thing)
        known = self._found.get(("font", key)) if key else None
        made = known if isinstance(known, Font) else font(thing)
        if key:
            self._found["font", key] = made
        return made

    def space(self, thing: objects.Object) -> Space:
        """Return a colour space."""
        key = objects.identity(thing)
        known = self._found.get(("space", key)) if key else None
        made = known if isinstance(known, Space) else space(thing)
        if key:
            self._found["space", key] = made
        return made

    def picture(self, stream: objects.Object) -> Picture:
        """Return a picture."""
        key = objects.identity(stream)
        known = self._found.get(("picture", key))
        made = known if isinstance(known, Picture) else picture(stream, self.space)
        self._found["picture", key] = made
        return made


class Resources:
    """The resources of one stream, by category and name."""

    def __init__(self, holder: objects.Object, library: Library) -> None:
        self.holder = holder
        self.library = library
        self._things: dict[tuple[str, str], objects.Object] = {}
        self._fonts: dict[str, Font] = {}
        self._looks: dict[str, Callable[[Look], Look] | None] = {}
        self._spaces: dict[str, Space] = {}

    def thing(self, category: str, name: str) -> objects.Object:
        """Return an object, for example of `XObject`; None where there is none."""
        key = category, name
        if key not in self._things:
            self._things[key] = objects.path(self.holder, f"/{category}", f"/{name}")
        return self._things[key]

    def look(self, name: str) -> Callable[[Look], Look] | None:
        """Return what parameters make of a look, if they change no more; raises `KeyError`."""
        if name not in self._looks:
            thing = self.thing("ExtGState", name)
            if not objects.is_dictionary(thing):
                raise KeyError(name)
            self._looks[name] = of_the_look(thing)
        return self._looks[name]

    def font(self, name: str) -> Font:
        """Return a font by its name."""
        if name not in self._fonts:
            thing = self.thing("Font", name)
            self._fonts[name] = self.library.font(thing) if thing is not None else NO_FONT
        return self._fonts[name]

    def space(self, name: str) -> Space:
        """Return a colour space by its name; device spaces have theirs by nature."""
        if name in DEVICES:
            return DEVICES[name]
        if name == "Pattern":
            return PATTERN
        if name not in self._spaces:
            self._spaces[name] = self.library.space(self.thing("ColorSpace", name))
        return self._spaces[name]
