"""Foreign modules are imported without what nobody asks of them, and are otherwise as they are."""

from __future__ import annotations

import sys
import typing

import pytest
import typing_extensions

from commandline import result
from newsletter.sparingly import DESCRIBED, Plain, Sparing, import_sparingly, plain_dictionaries

PROGRAM = """
import sys
sys.argv = ["newsletter", "--version"]
from newsletter.entry import run
try:
    run()
except SystemExit:
    pass
finders = len(sys.meta_path)
import typing_extensions
from pydantic_core import core_schema
from newsletter.issue.models import Figure
print(
    issubclass(core_schema.StringSchema, dict),
    typing_extensions.is_typeddict(core_schema.StringSchema),
    finders - len(sys.meta_path),
    typing_extensions.is_typeddict(typing_extensions.TypedDict("T", {"a": int})),
    Figure.model_validate({"value": "43", "label": "绿"}).label,
)
"""
SCHEMA = """
import json, sys
sys.path.insert(0, ".")
{before}
from newsletter.issue.models import Issue
print(json.dumps(Issue.model_json_schema(), ensure_ascii=True))
"""


def test_descriptions_of_schemas_are_plain_dictionaries() -> None:
    """One finder is gone afterwards, and TypedDict is again what it was."""
    assert result(PROGRAM) == "True False 1 True 绿"


def test_models_describe_themselves_as_without() -> None:
    sparing = "from newsletter.sparingly import import_sparingly; import_sparingly()"
    assert result(SCHEMA.format(before=sparing)) == result(SCHEMA.format(before=""))


def test_a_plain_dictionary_takes_what_a_typed_one_is_told() -> None:
    with plain_dictionaries():
        base = typing_extensions.TypedDict

        class Made(base, total=False):  # type: ignore[call-arg, misc, valid-type]
            width: int

    assert not {Plain} & {typing.TypedDict, typing_extensions.TypedDict}
    assert Made.__base__ is Plain
    assert Made(width=3) == {"width": 3}


def test_names_come_back_when_an_import_fails() -> None:
    before = typing.TypedDict, typing_extensions.TypedDict
    with pytest.raises(ImportError), plain_dictionaries():
        raise ImportError
    assert (typing.TypedDict, typing_extensions.TypedDict) == before


def test_other_modules_are_found_by_others(monkeypatch: pytest.MonkeyPatch) -> None:
    finder = Sparing()
    monkeypatch.setattr(sys, "meta_path", [finder])
    assert finder.find_spec("json") is None
    assert finder.find_spec(DESCRIBED, []) is None  # not there
    assert sys.meta_path == []


def test_what_is_imported_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [])
    monkeypatch.setitem(sys.modules, DESCRIBED, sys)
    import_sparingly()
    assert sys.meta_path == []


TEMPLATES = """
import sys
from newsletter.sparingly import Later, import_sparingly
import_sparingly()
import jinja2
from jinja2 import environment
from jinja2.sandbox import SandboxedEnvironment

desk = SandboxedEnvironment(autoescape=True)
code = {code}
template = desk.template_class.from_code(desk, code, {{}})
print(
    template.render(word="<绿>"),
    "jinja2.idtracking" in sys.modules,
    [name for name, value in vars(environment).items() if isinstance(value, Later)],
    type(desk.code_generator_class).__name__,
)
"""
WITHOUT = """compile("name = None; blocks = {}\\ndef root(context, *_):\\n"
    " yield str(context['word'])\\ndebug_info = ''", "", "exec")"""


def test_a_template_that_is_compiled_needs_no_compiler() -> None:
    said = result(TEMPLATES.format(code=WITHOUT))
    assert said.startswith("<绿> False ['CodeGenerator', 'generate', 'get_lexer', ")


def test_a_template_is_compiled_by_what_was_left_for_later() -> None:
    said = result(TEMPLATES.format(code="desk.compile('{{ word }} {{ 1 + 2 }}')"))
    assert said == "&lt;绿&gt; 3 True [] type"


def test_templates_are_compiled_as_without() -> None:
    program = """
import marshal
{before}
from jinja2 import Environment
code = Environment().compile("{{% for x in y %}}{{{{ x|upper }}}}{{% endfor %}}")
print(marshal.dumps(code).hex())
"""
    sparing = "from newsletter.sparingly import import_sparingly; import_sparingly()"
    assert result(program.format(before=sparing)) == result(program.format(before=""))


def test_other_names_of_modules_for_later_are_those_of_the_modules() -> None:
    program = """
from newsletter.sparingly import import_sparingly
import_sparingly()
import jinja2
from jinja2.lexer import TOKEN_ADD
from jinja2.compiler import has_safe_repr
print(TOKEN_ADD, has_safe_repr(3), jinja2.Environment().from_string("{{ 2 }}").render())
"""
    assert result(program) == "add True 2"
