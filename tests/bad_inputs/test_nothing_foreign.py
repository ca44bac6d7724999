"""Nothing is read from the network or from outside the publication, whoever asks for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import small_issue
from bad_inputs.cases import CASES, Case
from newsletter import checking, edition
from newsletter.diagnostics import Refused
from small_issue import ARTICLE, DRAWING, FILES, STYLE, TEMPLATE, swap, write

OPENED: list[str] = []
CALLED: list[str] = []
listening: list[bool] = []


def hear(event: str, arguments: tuple[object, ...]) -> None:
    """Note what Python opens and connects to; a hook cannot be taken away, only be deaf."""
    if not listening:
        return
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        OPENED.append(os.path.realpath(os.fsdecode(arguments[0])))
    elif event.startswith(("socket.", "urllib.", "subprocess.", "os.system", "os.exec")):
        CALLED.append(event)


sys.addaudithook(hear)


@pytest.fixture(autouse=True, scope="session")
def all_is_imported(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Build once, because imports look for libraries with programs of the system."""
    edition.build(small_issue.make(tmp_path_factory.mktemp("first")), "one", ["screen"])


@contextmanager
def heard() -> Iterator[None]:
    OPENED.clear()
    CALLED.clear()
    listening.append(True)
    try:
        yield
    finally:
        listening.clear()


def attempt(root: Path) -> list[str]:
    """Check and build an issue; return the codes of what is wrong with it."""
    with heard():
        found = checking.check(root, "one")
        try:
            found += edition.build(root, "one", ["screen"]).findings
        except Refused as refusal:
            found += refusal.diagnostics
    return [d.code for d in found]


def outside(root: Path) -> list[str]:
    """Return the files beside the publication that were opened."""
    beside = os.path.realpath(root.parent)
    return [
        name for name in OPENED if name.startswith(beside) and not name.startswith(f"{beside}/pub/")
    ]


def test_the_ear_hears() -> None:
    with heard():
        Path(__file__).read_bytes()
    assert os.path.realpath(__file__) in OPENED


DOORS = {
    "a background": lambda url: {STYLE: f"body {{ background: url({url}) }}"},
    "an import": lambda url: {STYLE: f'@import "{url}";'},
    "a font": lambda url: {
        STYLE: f'@font-face {{ font-family: X; src: url("{url}") }} p {{ font-family: X }}'
    },
    "a list mark": lambda url: {STYLE: f"p {{ display: list-item; list-style-image: url({url}) }}"},
    "generated content": lambda url: {STYLE: f"p::before {{ content: url({url}) }}"},
    "an image": lambda url: {TEMPLATE: f'<img src="{url}" alt="">'},
    "an object": lambda url: {TEMPLATE: f'<object data="{url}"></object>'},
    "an embedded file": lambda url: {TEMPLATE: f'<embed src="{url}">'},
    "a stylesheet": lambda url: {TEMPLATE: f'<link rel="stylesheet" href="{url}">'},
    "an attachment": lambda url: {TEMPLATE: f'<link rel="attachment" href="{url}">'},
    "a base": lambda url: {TEMPLATE: f'<base href="{url}"><img src="a.png" alt="">'},
    "an inline style": lambda url: {TEMPLATE: f'<p style="background: url({url})">某</p>'},
    "an inline drawing": lambda url: {
        TEMPLATE: f'<svg viewBox="0 0 8 8"><image href="{url}" width="8" height="8"/></svg>'
    },
}


@pytest.mark.parametrize("address", ["file", "https", "relative"])
@pytest.mark.parametrize("door", list(DOORS))
def test_a_layout_gets_nothing_from_elsewhere(tmp_path: Path, door: str, address: str) -> None:
    root = small_issue.make(tmp_path / "pub")
    secret = tmp_path / "secret.svg"
    write(secret, FILES[DRAWING])
    url = {
        "file": secret.as_uri(),
        "https": "https://example.org/secret.svg",
        "relative": "../../../secret.svg",
    }[address]
    for file, text in DOORS[door](url).items():
        if file == STYLE:
            write(root / STYLE, f"{text}\n{FILES[STYLE]}")
        else:
            swap(root / TEMPLATE, "</body>", f"{text}</body>")
    codes = attempt(root)
    assert outside(root) == []
    assert CALLED == []
    assert "N506" in codes


@pytest.mark.parametrize("text", ["{% include 'part.html.j2' %}", "{% include '../secret.txt' %}"])
def test_a_template_takes_in_nothing_from_elsewhere(tmp_path: Path, text: str) -> None:
    root = small_issue.make(tmp_path / "pub")
    write(tmp_path / "secret.txt", "秘密")
    (root / TEMPLATE).with_name("part.html.j2").symlink_to(tmp_path / "secret.txt")
    swap(root / TEMPLATE, "</body>", f"{text}</body>")
    assert "N504" in attempt(root)
    assert outside(root) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ issue.__init__.__globals__ }}",
        "{{ at.__globals__ }}",
        "{{ issue.node.source.path.read_text() }}",
        "{{ issue._node.source.path.parent }}",
        "{{ (issue.sources() | first).path.write_text('') }}",
        "{{ issue.sources() | map(attribute='path') | join }}",
        "{{ issue.node | attr('source') }}",
        "{{ layout.model_config.clear() }}",
    ],
)
def test_a_template_runs_no_program_of_its_own(tmp_path: Path, text: str) -> None:
    root = small_issue.make(tmp_path / "pub")
    swap(root / TEMPLATE, "</body>", f"{text}</body>")
    assert "N504" in attempt(root)


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.command[0] in ("check", "build")],
    ids=lambda case: case.name,
)
def test_no_bad_input_has_anything_foreign_read(case: Case, tmp_path: Path) -> None:
    root = case.make(tmp_path / "pub")
    attempt(root)
    assert outside(root) == []
    assert CALLED == []


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "//example.org/a.png", "data:image/png;base64,AAAA"]
)
def test_an_article_cannot_ask_for_a_picture_from_elsewhere(small: Path, address: str) -> None:
    swap(small / ARTICLE, "会议指出，要加强合作。", f"![]({address})")
    assert "N202" in attempt(small)
    assert CALLED == []
