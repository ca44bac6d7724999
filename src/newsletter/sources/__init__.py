"""YAML with marks: every value knows where it stands.

In: a file of the publication. Out: a tree of `Scalar`, `Sequence` and `Mapping`, whose
leaves are text; the model decides what a text means.
"""

from newsletter.sources.builder import load, parse
from newsletter.sources.edits import Edit, edited
from newsletter.sources.files import read, without_marks
from newsletter.sources.script import is_wide, joins_without_space
from newsletter.sources.tree import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    Source,
    descend,
    leaves,
    plain,
)

__all__ = [
    "Edit",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "Source",
    "descend",
    "edited",
    "is_wide",
    "joins_without_space",
    "leaves",
    "load",
    "parse",
    "plain",
    "read",
    "without_marks",
]
