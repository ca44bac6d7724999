"""Write click's words in Chinese as gettext reads them; `--check` says whether they are current.

From `catalogue/commands.yaml` to a file of GNU gettext (its manual, "The Format of GNU MO Files").
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Mapping

from newsletter.commands.tongue import DOMAIN, LOCALES, words

TARGET = LOCALES / "zh" / "LC_MESSAGES" / f"{DOMAIN}.mo"
MAGIC, VERSION, HEADER = 0x950412DE, 0, 28
PLURALS = {
    "Did you mean {possibility}?": "(Did you mean one of: {possibilities}?)",
    "Option {name!r} requires an argument.": "Option {name!r} requires {nargs} arguments.",
    "Got unexpected extra argument ({args})": "Got unexpected extra arguments ({args})",
    "{value!r} is not {choice}.": "{value!r} is not one of {choices}.",
}
"""Texts that click asks for by number: of one, and of more than one."""
ABOUT = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"


def messages(texts: Mapping[str, str]) -> dict[bytes, bytes]:
    """Return the messages as the file has them, sorted by what is asked for."""
    found = {"": ABOUT} | dict(texts)
    for one, many in PLURALS.items():
        found[f"{one}\0{many}"] = f"{texts[one]}\0{texts[many]}"
        del found[one], found[many]
    return dict(sorted((key.encode(), value.encode()) for key, value in found.items()))


def packed(texts: Mapping[bytes, bytes]) -> bytes:
    """Return a file of messages: a header, two tables of lengths and places, the texts."""
    count = len(texts)
    keys_at, values_at = HEADER, HEADER + 8 * count
    place = values_at + 8 * count
    tables, pool = b"", b""
    for text in (*texts, *texts.values()):
        tables += struct.pack("<II", len(text), place + len(pool))
        pool += text + b"\0"
    head = struct.pack("<IIIIIII", MAGIC, VERSION, count, keys_at, values_at, 0, place)
    return head + tables + pool


def main() -> int:
    """Write the file, or with `--check` compare it."""
    data = packed(messages(words()["click"]))
    if "--check" in sys.argv[1:]:
        return int(not TARGET.is_file() or TARGET.read_bytes() != data)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
