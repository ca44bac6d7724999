"""The colour profiles are whole, described and licensed; the builder says what it lacks."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

TOOLS = Path(__file__).parents[2] / "tools"
sys.path.insert(0, str(TOOLS))

import build_profiles  # noqa: E402

FOLDER = TOOLS.parent / "profiles"


@pytest.fixture(scope="session")
def listing() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "profiles.yaml").read_text(encoding="utf-8"))
    return loaded


def test_each_profile_is_the_one_its_description_tells_of(listing: dict[str, Any]) -> None:
    for profile in listing["profiles"]:
        content = (FOLDER / profile["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == profile["sha256"]
        assert len(content) == profile["bytes"]
        assert content[36:40] == b"acsp"


def test_the_printing_profile_is_cmyk_and_names_its_condition(listing: dict[str, Any]) -> None:
    by_name = {profile["name"]: profile for profile in listing["profiles"]}
    fogra = by_name["FOGRA39L coated"]
    assert fogra["colour_space"] == "CMYK"
    assert fogra["output_condition_identifier"] == "FOGRA39"
    assert by_name["sRGB"]["colour_space"] == "RGB"


def test_the_licence_names_both_profiles(listing: dict[str, Any]) -> None:
    for profile in listing["profiles"]:
        text = (FOLDER / profile["licence_file"]).read_text(encoding="utf-8")
        assert profile["file"] in text
    assert "The zlib/libpng License" in text
    assert "Permission is hereby granted, free of charge" in text


def test_no_file_lies_there_that_is_not_described(listing: dict[str, Any]) -> None:
    named = {profile["file"] for profile in listing["profiles"]}
    named |= {build_profiles.LICENCE_FILE, build_profiles.DESCRIPTION}
    assert {path.name for path in FOLDER.iterdir()} == named


def test_a_package_that_cannot_be_had_is_status_three(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(*command: str, **_options: object) -> str:
        raise subprocess.CalledProcessError(100, command, stderr="E: no network")

    monkeypatch.setattr(build_profiles, "run", refuse)
    monkeypatch.setattr(build_profiles.shutil, "which", lambda name: name)
    assert build_profiles.main(["--check"]) == 3
    assert "apt-get update" in capsys.readouterr().err


def test_without_apt_the_status_is_three(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(build_profiles.shutil, "which", lambda _name: None)
    assert build_profiles.main([]) == 3
    assert "apt-get dpkg-deb" in capsys.readouterr().err


def test_check_names_what_differs(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def build(_unpacked: Path, _version: str, out: Path) -> None:
        out.mkdir()
        for path in FOLDER.iterdir():
            (out / path.name).write_bytes(path.read_bytes())
        (out / "sRGB.icc").write_bytes(b"another")

    monkeypatch.setattr(build_profiles, "unpack", lambda _package, _folder: "1")
    monkeypatch.setattr(build_profiles, "build", build)
    monkeypatch.setattr(build_profiles.shutil, "which", lambda name: name)
    assert build_profiles.main(["--check"]) == 1
    assert capsys.readouterr().out == "differs: sRGB.icc\n"
