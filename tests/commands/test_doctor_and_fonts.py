"""newsletter doctor and newsletter fonts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from newsletter.commands import doctor

Run = Callable[..., Result]


def test_a_machine_that_has_everything_is_well(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert all(name in result.stdout for name in (*doctor.PACKAGES, "Pango"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_machine_that_lacks_a_library_is_told_how_to_get_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(doctor, "_lacking", lambda: iter(["libpango-1.0-0"]))
    result = run("doctor", lang=language)
    assert result.exit_code == 3
    assert "libpango-1.0-0" in result.stderr
    assert doctor.REMEDY[language] in result.stderr  # type: ignore[index]


def test_a_library_that_cannot_be_loaded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __getattr__(self, name: str) -> None:
            raise OSError("cannot load library 'libpango'\nand more")

    monkeypatch.setitem(sys.modules, "weasyprint.text", Broken())
    monkeypatch.delitem(sys.modules, "weasyprint.text.ffi", raising=False)
    assert list(doctor._lacking()) == ["cannot load library 'libpango'"]


def test_the_families_are_listed_with_their_licences(run: Run, small: Path) -> None:
    result = run("fonts", at=small)
    assert result.exit_code == 0
    assert "Noto Serif SC" in result.stdout
    assert "OFL" in result.stdout


@pytest.mark.parametrize(("text", "status"), [("绿色", 0), ("绿🀄", 1)])
def test_characters_that_no_family_has_are_listed(
    run: Run, small: Path, text: str, status: int
) -> None:
    result = run("fonts", "--lacking", text, at=small)
    assert result.exit_code == status
    assert ("🀄 U+1F004\n" in result.stdout) is bool(status)
