"""The copy desk: reads Chinese copy as a good sub-editor would.

In: the text of one block of prose or of one field, without markup. Out: findings with
offsets in that text; the caller knows the file. Pure functions: no files, no clock.
"""

from newsletter.copydesk.chronicle import read_dates
from newsletter.copydesk.desk import apply, fix, read
from newsletter.copydesk.finding import Finding
from newsletter.copydesk.rules import RULES, Rule
from newsletter.copydesk.spaces import read_cells

__all__ = ["RULES", "Finding", "Rule", "apply", "fix", "read", "read_cells", "read_dates"]
