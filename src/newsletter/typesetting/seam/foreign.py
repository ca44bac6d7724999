"""What is WeasyPrint's or Pango's: boxes, styles, contexts, streams, fonts; untyped there."""

from __future__ import annotations

from typing import Any, TypeAlias

Foreign: TypeAlias = Any
