"""Where pictures may lie, and what names they may have."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from specimens import encoded, gray_png, photograph

from newsletter.diagnostics import Place
from newsletter.pictures import Problem, examine, locate


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    images = tmp_path / "issue" / "images"
    images.mkdir(parents=True)
    (images / "hall.png").write_bytes(gray_png(1, 1))
    (tmp_path / "secret.png").write_bytes(gray_png(1, 1))
    return tmp_path / "issue"


def refusal(name: str, folder: Path) -> Problem:
    found = locate(name, folder)
    assert isinstance(found, Problem)
    assert found.values["picture"] == name
    assert "None" not in found.at(None).message()
    return found


@pytest.mark.parametrize("name", ["images/hall.png", "./images/hall.png", "images//hall.png"])
def test_a_picture_is_found_by_its_path_from_the_folder(name: str, folder: Path) -> None:
    assert locate(name, folder) == folder / "images" / "hall.png"


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("images/hal.png", "images/hall.png"),
        ("hall.png", "images/hall.png"),
        ("images/hall.jpg", "images/hall.png"),
    ],
)
def test_a_missing_picture_is_answered_with_a_near_name(
    name: str, suggestion: str, folder: Path
) -> None:
    found = refusal(name, folder)
    assert (found.code, found.hint) == ("N301", "suggest")
    assert found.values["suggestion"] == suggestion


def test_an_article_is_not_suggested_for_a_picture(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "dam.yaml").write_text("id: dam", "utf-8")
    found = refusal("images/dam.svg", tmp_path)
    assert (found.code, found.hint) == ("N301", "default")


def test_a_missing_picture_without_a_near_name_suggests_none(folder: Path) -> None:
    assert refusal("zzzzzzzz.svg", folder).hint == "default"
    assert refusal("images/wide.png", folder).hint == "default"


@pytest.mark.parametrize("name", ["images/Hall.PNG", "Images/hall.png"])
def test_the_case_of_letters_counts_on_every_machine(name: str, folder: Path) -> None:
    found = refusal(name, folder)
    assert (found.code, found.hint) == ("N301", "spelling")
    assert found.values["suggestion"] == "images/hall.png"


def test_another_unicode_form_is_another_name(folder: Path) -> None:
    (folder / "Z\u00fcrich.png").write_bytes(gray_png(1, 1))
    assert refusal("Zu\u0308rich.png", folder).hint == "spelling"


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../secret.png", "images/../../secret.png", "images/../images/hall.png"]
)
def test_nothing_outside_of_the_folder_is_named(name: str, folder: Path) -> None:
    assert refusal(name, folder).code == "N302"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("", "default"),
        ("  ", "default"),
        ("a\0b.png", "default"),
        ("a\nb.png", "default"),
        ("x" * 5000, "default"),
        ("https://example.org/a.png", "address"),
        ("data:image/png;base64,AA", "address"),
        ("file:images/hall.png", "address"),
        ("C:/hall.png", "address"),
        ("images\\hall.png", "backslash"),
    ],
)
def test_names_that_some_machine_cannot_read_are_refused(
    name: str, hint: str, folder: Path
) -> None:
    found = refusal(name, folder)
    assert (found.code, found.hint) == ("N304", hint)


def test_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
    (folder / "out.png").symlink_to(folder.parent / "secret.png")
    (folder / "up").symlink_to(folder.parent)
    assert refusal("out.png", folder).code == "N303"
    assert refusal("up/secret.png", folder).code == "N303"


def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    (folder / "in.png").symlink_to(folder / "images" / "hall.png")
    assert locate("in.png", folder) == folder / "in.png"


def test_a_link_to_nothing_is_a_missing_picture(folder: Path) -> None:
    (folder / "gone.png").symlink_to(folder / "nowhere.png")
    found = refusal("gone.png", folder)
    assert (found.code, found.hint) == ("N301", "link")


def test_a_link_to_itself_is_refused(folder: Path) -> None:
    (folder / "loop.png").symlink_to(folder / "loop.png")
    assert refusal("loop.png", folder).code in ("N301", "N306")


@pytest.mark.parametrize("name", ["images", "images/", ".", "pipe.png", "socket.png"])
def test_only_a_regular_file_is_a_picture(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(folder / "pipe.png")
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.png")
        assert refusal(name, folder).code == "N305"


def test_a_folder_that_may_not_be_read_is_said_to_be_unreadable(folder: Path) -> None:
    (folder / "images").chmod(0)
    try:
        found = locate("images/hall.png", folder)
        assert os.geteuid() == 0 or (isinstance(found, Problem) and found.code == "N306")
    finally:
        (folder / "images").chmod(0o755)


@given(name=st.text())
def test_any_name_is_answered(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp() / "empty"
    folder.mkdir(exist_ok=True)
    assert isinstance(locate(name, folder), Problem)


def test_examining_places_every_problem_at_the_line_that_names_the_picture(folder: Path) -> None:
    (folder / "images" / "ink.jpg").write_bytes(encoded(photograph("CMYK"), "JPEG"))
    place = Place("issue.yaml", 4, 7)
    for name, code in (("images/ink.jpg", "N319"), ("images/no.jpg", "N301")):
        found, problems = examine(name, folder, place)
        assert found is None
        assert [(p.code, p.place, p.values["picture"]) for p in problems] == [(code, place, name)]


def test_examining_a_good_picture_gives_its_size(folder: Path) -> None:
    found, problems = examine("images/hall.png", folder, Place("issue.yaml"))
    assert found
    assert (found.width, found.height, problems) == (1, 1, [])
