"""How streams are packed: whole again by any zlib, and no larger than its own."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from newsletter.pdf.packing import packed


@given(st.binary(max_size=400) | st.binary(max_size=9).map(lambda data: data * 999))
def test_what_is_packed_is_whole_again(content: bytes) -> None:
    assert zlib.decompress(packed(content)) == content


def test_content_is_packed_as_well_as_by_zlib() -> None:
    content = b"".join(
        b"1 0 0 -1 %.4f %d Tm [<%04x%04x>] TJ\n" % (k * 7 % 600 / 7, k // 20, k * k % 9973, k % 97)
        for k in range(2000)
    )
    assert len(packed(content)) <= len(zlib.compress(content, 6))
