"""What a value should have been, where Pydantic says that it is not.

In: the kind of one of Pydantic's errors. Out: what was expected, by the name that the hints of N106
have; or a `Term` that says so in a sentence, in both languages.
"""

from __future__ import annotations

from newsletter.diagnostics import Term

EXPECTED = {
    "string_type": "text",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "dict_type": "mapping",
    "list_type": "list",
    "tuple_type": "list",
    "too_short": "nonempty",
    "too_long": "fewer",
    "string_too_long": "short",
    "bool_type": "boolean",
    "bool_parsing": "boolean",
    "int_type": "whole",
    "int_parsing": "whole",
    "int_parsing_size": "whole",
    "int_from_float": "whole",
    "float_type": "number",
    "float_parsing": "number",
}
REASONS = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
    "literal_error": "it is none of the values that it may have",
    "enum": "it is none of the values that it may have",
    "string_pattern_mismatch": "it is not written as it should be",
    "json_invalid": "it is not JSON",
    "text": "it should be text",
    "mapping": "it should be a group of fields",
    "list": "it should be a list",
    "nonempty": "it is too short",
    "string_too_short": "it is too short",
    "fewer": "it is too long",
    "short": "it is too long",
    "boolean": "it should be true or false",
    "whole": "it should be a whole number",
    "number": "it should be a number",
}
OUT_OF_BOUNDS = frozenset({"greater_than", "greater_than_equal", "less_than", "less_than_equal"})


def reason(kind: str, location: tuple[int | str, ...] = ()) -> Term:
    """Return what is wrong with a value, after where it stands if that is given."""
    expected = REASONS.get(EXPECTED.get(kind, kind), "its value does not fit")
    if kind in OUT_OF_BOUNDS:
        expected = "the number is too large or too small"
    where = ".".join(str(step) for step in location)
    return Term(f"{where}: {expected}" if where else expected)
