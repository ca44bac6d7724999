"""How much a PDF may ask of us, and why that much.

A newsletter's print file has some tens of pages and some tens of megabytes. Each limit leaves
room for ten times that and stops what could only be an accident or an attack.
"""

from __future__ import annotations

LARGEST_FILE = 512 * 2**20
"""Bytes of the file itself: it is held in memory while it is examined."""

MOST_PAGES = 2000
"""Pages: a volume of newsletters bound together has some hundreds."""

LARGEST_PICTURE = 256 * 2**20
"""Decoded bytes of a stream: A4 with bleed at 600 ppi in CMYK takes 146 MiB."""

LARGEST_CONTENT = 64 * 2**20
"""Decoded bytes of one content stream: a full page of vectors takes 1 MiB."""

LARGEST_CONTENT_IN_ALL = 512 * 2**20
"""Decoded bytes of all content streams that are walked, a form each time that it is used."""

MOST_OPERATORS = 5_000_000
"""Operators of the whole file, forms counted each time: twenty pages of ours have 54,000.

It is also what stops forms that call ten forms that call ten forms.
"""

MOST_MARKS = 500_000
"""Marks that are kept: each takes some 300 bytes."""

DEEPEST_FORM = 28
"""Forms within forms; ISO 32000-1:2008, Annex C.2 gives 28 as a reader's limit for nested q."""

MOST_SAVED_STATES = 512
"""Nested q: eighteen times the limit of 28 in ISO 32000-1:2008, Annex C.2."""

MOST_OPERANDS = 1024
"""Operands of one operator: DeviceN takes the most, 32 (ISO 32000-1:2008, Annex C.2)."""

SECONDS = 120.0
"""Time for one file in a process of its own; an issue of twenty pages takes about one second."""

MEMORY = 3 * 2**30
"""Address space of that process: the largest picture, decoded and split into its plates."""

SECONDS_A_BYTE = 1 / 2**20
"""Time besides for each byte of a file that is drawn or imposed, not examined.

It is a second for a MiB: a scanned page has about one, and is drawn in less than half of that.
"""

MEMORY_A_BYTE = 6
"""Address space besides for each byte of such a file: what comes in, what goes out, and both once
more as they are handed from one process to another."""
