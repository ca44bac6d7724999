"""Templates: a layout's Jinja2 files, and what they are given.

In: the copy, the composed blocks, the pictures. Out: the HTML of the whole issue. Undefined
names are errors, everything is escaped, and a template's error says its file and line.
"""

from __future__ import annotations

import functools
import marshal
from collections.abc import Callable, Mapping
from html import escape
from pathlib import PurePath
from types import CodeType
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from pydantic import BaseModel

from newsletter.cache.store import recalled
from newsletter.compose import bounds
from newsletter.compose.estimate import fit
from newsletter.compose.markdown import Block
from newsletter.compose.mistakes import template_problem
from newsletter.compose.resolution import small_width_pt
from newsletter.diagnostics import Refused
from newsletter.issue.loader import Copy
from newsletter.issue.models import Article, Part, Picture
from newsletter.layouts import Layout, OptionValue
from newsletter.pictures import PictureFile
from newsletter.sources import Source

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment, nodes
    from markupsafe import Markup


class Stationery(Struct, frozen=True):
    """All that a template is given; docs/layouts.md lists it for designers.

    `asked` gathers the identities of the pictures of which it asks how wide they are when small,
    `placed` of those whose URL it asks for.
    """

    copy: Copy
    layout: Layout
    options: Mapping[str, OptionValue]
    blocks: Mapping[tuple[int, str], tuple[Block, ...]]
    pictures: Mapping[str, PictureFile]
    picture_url: Callable[[Picture], str]
    fillers: int = 0
    asked: set[int] = field(default_factory=set)
    placed: set[int] = field(default_factory=set)

    def context(self) -> dict[str, Any]:
        """Return the names a template may use."""
        return {
            "publication": self.copy.publication,
            "issue": self.copy.issue,
            "layout": self.layout.spec,
            "options": dict(self.options),
            "fillers": self.fillers,
            "option_classes": " ".join(self._option_classes()),
            "at": at,
            "blocks": self._blocks,
            "html": _markup,
            "lines_of": self._lines_of,
            "picture_url": self._placed,
            "picture_shape": self._shape,
            "small_width": self._small_width,
            "picture_in": _picture_in,
            "sidebar_in": _sidebar_in,
        }

    def _blocks(self, part: Part, field: str) -> tuple[Block, ...]:
        if field not in type(part).model_fields:
            raise LookupError(f"{type(part).__name__} has no field '{field}'")
        return self.blocks.get((id(part), field), ())

    def _lines_of(self, text: str, measure: float) -> int:
        """Return in how many lines of `measure` em a text will be set, as N801 estimates it."""
        rules = self.layout.spec.typesetting.rules
        return fit(text, max(measure, 1.0), max(len(text), 1), rules, "ragged")[0]

    def _placed(self, picture: Picture) -> str:
        """Return the URL of a picture, which has a place."""
        self.placed.add(id(picture))
        return self.picture_url(picture)

    def _shape(self, picture: Picture) -> float:
        """Return width divided by height."""
        file = self.pictures[picture.file]
        return file.width / file.height

    def _small_width(self, picture: Picture) -> float:
        """Return how wide in points a picture of the size small stands; 0 for any other."""
        self.asked.add(id(picture))
        if getattr(picture, "size", "") != "small":
            return 0.0
        return small_width_pt(self.pictures[picture.file], self.layout.spec, picture)

    def _option_classes(self) -> list[str]:
        return [
            f"{name}-{str(value).lower()}"
            for name, value in self.options.items()
            if isinstance(value, bool) or self.layout.spec.options[name].kind == "choice"
        ]


def at(part: Part, *path: str | int) -> Markup:
    """Return the attribute that says which line of YAML an element came from."""
    place = part.place(*path)
    return _markup(f'data-at="{escape(place.file)}:{place.line}"')


def _markup(html: str) -> Markup:
    from markupsafe import Markup

    return Markup(html)  # noqa: S704 - written by compose.markdown, which escapes all text


def _picture_in(article: Article, name: str) -> Picture:
    return {picture.id: picture for picture in article.pictures}[name]


def _sidebar_in(article: Article, name: str) -> Part:
    return {sidebar.id: sidebar for sidebar in article.sidebars}[name]


# Writing ------------------------------------------------------------------------------------


def write_page(stationery: Stationery) -> str:
    """Return the issue as HTML; raises `Refused` with the template's file and line."""
    layout = stationery.layout
    try:
        template = _environment(layout).get_template(layout.spec.template)
        return str(template.render(stationery.context()))
    except Exception as e:
        raise Refused([template_problem(layout, e, stationery.context())]) from e


def _environment(layout: Layout) -> Environment:
    from jinja2 import StrictUndefined

    environment = _only_fields()(
        loader=_files_of(layout),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.filters[bounds.ROUNDS] = bounds.counter()
    del environment.filters["random"], environment.globals["lipsum"]
    return environment


def _files_of(layout: Layout) -> BaseLoader:
    from jinja2 import BaseLoader, TemplateNotFound

    class LayoutFiles(BaseLoader):
        """Reads the files of the layout and of those it extends, and no others."""

        def get_source(self, environment: Environment, template: str) -> Any:  # noqa: ANN401, ARG002
            path = layout.find(template)
            if path is None:
                raise TemplateNotFound(template)
            return path.read_text("utf-8"), str(path), None

        def load(self, environment: Environment, name: str, globals: Any = None) -> Any:  # noqa: A002, ANN401 - as Jinja2 has it
            source, path, _ = self.get_source(environment, name)
            code = _compiled(environment, source, name, path)
            return environment.template_class.from_code(environment, code, dict(globals or {}))

    return LayoutFiles()


def _only_fields() -> type[Environment]:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    judged: dict[tuple[type[object], str], bool] = {}

    class OnlyFields(ImmutableSandboxedEnvironment):
        """Gives a template the fields of our models and what is offered, nothing behind them.

        Its loops and products have the bounds of `bounds`.
        """

        intercepted_binops = bounds.OPERATORS

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
            bounds.refuse_beyond(operator, left, right)
            return super().call_binop(context, operator, left, right)

        def _generate(self, source: nodes.Template, *rest: Any, **more: Any) -> str:  # noqa: ANN401
            return super()._generate(bounds.counted_loops(source, self), *rest, **more)

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
            if isinstance(value, (PurePath, Source)):
                return False
            key = type(obj), attr  # neither we nor Jinja2 ask for more
            if key not in judged:
                judged[key] = (
                    not isinstance(obj, PurePath)
                    and _is_offered(obj, attr)
                    and super().is_safe_attribute(obj, attr, value)
                )
            return judged[key]

    return OnlyFields


def _compiled(environment: Environment, source: str, name: str, path: str) -> CodeType:
    """Return a template's code, from an earlier run if source, name and path are the same.

    Whatever is not byte for byte what an earlier run has left, the store throws away unread.
    """

    def compiled() -> bytes:
        return marshal.dumps(environment.compile(source, name, path))

    key = source, name, path
    code = _CODES.get(key)
    if code is None:
        if len(_CODES) >= MOST_CODES:
            _CODES.clear()
        code = _CODES[key] = marshal.loads(recalled("template", key, compiled))  # noqa: S302
    return code


MOST_CODES = 200
"""How many templates are kept; a layout has some ten."""
_CODES: dict[tuple[str, str, str], CodeType] = {}


def _printable(value: object) -> object:
    """Return a value that prints alike at each build; an object's address would not."""
    from jinja2 import Undefined

    if isinstance(value, (str, int, float, Undefined)):
        return value
    message = f"a {type(value).__name__} cannot be printed"
    raise TypeError(message)


OFFERED = frozenset(
    {
        *("chinese", "chinese_year", "chinese_month", "chinese_days"),
        *("articles", "column_width_pt", "lines", "type_width_pt"),
    }
)
"""What of our models a template may use beside their fields; Pydantic's own can read files."""


def _is_offered(obj: object, attribute: str) -> bool:
    """Tell whether an attribute of an object is a template's business."""
    if isinstance(obj, type):
        return False
    names = _offered_by(type(obj))  # type: ignore[arg-type]
    return names is None or attribute in names


@functools.cache
def _offered_by(kind: type[object]) -> frozenset[str] | None:
    """Return the attributes that objects of a kind of ours offer; None where it is not ours."""
    if issubclass(kind, BaseModel):
        return OFFERED.union(kind.model_fields)
    if issubclass(kind, Struct):
        return OFFERED.union(kind.__struct_fields__)
    return None
