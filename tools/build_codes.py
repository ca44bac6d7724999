"""Write docs/codes.md from the catalogue of messages; `--check` says whether it is current."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from generated import write_or_compare
from newsletter.diagnostics import Entry, catalogue, with_names

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "codes.md"
ROOMS = {
    "0": "The command, the publication's folder, the machine",
    "1": "YAML: syntax, fields, values",
    "2": "Running text",
    "3": "Pictures",
    "4": "The copy, as a sub-editor reads it",
    "5": "Layouts",
    "6": "Fonts",
    "7": "The finished pages",
    "8": "The lines",
    "9": "PDF files: preflight",
}


def page() -> str:
    """Return the page: a heading for each hundred, an entry for each code."""
    lines = [
        "# Codes",
        "",
        "What every message means, in both languages; `newsletter explain CODE` shows the same.",
        "Written by `make codes` from `src/newsletter/catalogue/`.",
    ]
    room = ""
    for entry in catalogue().values():
        if entry.code[1] != room:
            room = entry.code[1]
            lines += ["", f"## N{room}xx · {ROOMS[room]}"]
        lines += _entry(entry)
    return "\n".join(lines) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    yield from ("", f"### {entry.code} {entry.name}", "")
    yield f"{entry.severity.value.capitalize()}. {entry.explanation['en']}"
    yield from ("", entry.explanation["zh"], "")
    yield f"- {_code(entry.message['en'])} · {_code(entry.message['zh'])}"
    for hint in entry.hints.values():
        yield f"- → {_code(hint['en'])} · {_code(hint['zh'])}"


def _code(text: str) -> str:
    marks = "``" if "`" in text else "`"
    return f"{marks}{with_names(text)}{marks}"


def main(arguments: list[str]) -> int:
    """Write the page, or compare it; 1 when it is not current."""
    return write_or_compare(TARGET, page(), arguments, "codes")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
