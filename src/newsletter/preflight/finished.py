"""Files that were just made: preflight before they leave the house.

In: the bytes of a finished file, what it is to be used for, the numbers that hold for it. Out: the
report of its examination.
"""

from __future__ import annotations

from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import opened
from newsletter.preflight.examination import Report, examine
from newsletter.preflight.own_fonts import just_made
from newsletter.preflight.rule import Profile


def inspect_file(name: str, data: bytes, profile: Profile, conditions: Conditions) -> Report:
    """Examine a file under the name that its findings are to give it."""
    with opened(name, data) as document, just_made():
        return examine(document, profile, conditions)
