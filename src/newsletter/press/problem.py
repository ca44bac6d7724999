"""What the press cannot convert: said, never passed over."""

from __future__ import annotations


class UnconvertedError(ValueError):
    """A thing in the file has no known way to ink; `feature` names it, `page` counts from 1."""

    def __init__(self, feature: str, page: int = 0) -> None:
        self.feature, self.page = feature, page
        super().__init__(feature)
