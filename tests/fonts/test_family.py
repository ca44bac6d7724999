"""family.yaml becomes a model or a list of what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from newsletter.fonts.family import FamilyError, FontFamily, load_families, load_family

METRICS = {
    "units_per_em": 1000,
    "ascender": 1151,
    "descender": -286,
    "line_gap": 0,
    "em_box_top": 880,
    "em_box_bottom": -120,
    "cap_height": 729,
    "x_height": 514,
}


def described(**changed: Any) -> dict[str, Any]:  # noqa: ANN401
    face = {
        "file": "Song.otf",
        "characters": 1,
        "bytes": 4,
        "sha256": "0" * 64,
        "weight": 400,
        "metrics": METRICS,
    }
    source = {"packages": {"fonts-song": "1"}, "font": "Song", "font_version": "1.0"}
    return {
        "family": "Song",
        "licence": "OFL-1.1",
        "licence_file": "OFL.txt",
        "source": source,
        "faces": [face],
    } | changed


def written(folder: Path, name: str, description: object) -> Path:
    home = folder / name
    home.mkdir(parents=True)
    (home / "OFL.txt").write_text("licence")
    (home / "Song.otf").write_bytes(b"OTTO")
    path = home / "family.yaml"
    path.write_text(yaml.safe_dump(description, allow_unicode=True), encoding="utf-8")
    return path


def test_the_bundled_families_are_found_by_their_css_names(
    families: dict[str, FontFamily],
) -> None:
    assert {name: [face.weight for face in family.faces] for name, family in families.items()} == {
        "Noto Sans SC": [400, 500, 700],
        "Noto Serif SC": [400, 700, 900],
        "WenKai": [400],
    }


def test_a_family_in_an_earlier_folder_wins(tmp_path: Path) -> None:
    written(tmp_path / "own", "song", described(licence="mine"))
    written(tmp_path / "bundled", "song", described(licence="theirs"))
    found = load_families([tmp_path / "own", tmp_path / "bundled"])
    assert found["Song"].licence == "mine"
    assert found["Song"].path(found["Song"].faces[0]) == tmp_path / "own" / "song" / "Song.otf"


def test_a_folder_that_is_not_there_offers_nothing(tmp_path: Path) -> None:
    assert load_families([tmp_path / "none"]) == {}


def test_two_folders_of_one_place_cannot_share_a_family_name(tmp_path: Path) -> None:
    written(tmp_path, "one", described())
    written(tmp_path, "two", described())
    with pytest.raises(FamilyError, match="one: family twice"):
        load_families([tmp_path])


def test_an_unknown_field_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "song", described(colour="red"))
    with pytest.raises(FamilyError) as caught:
        load_family(path)
    assert caught.value.path == path
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["colour"]


def test_all_problems_are_named_not_only_the_first(tmp_path: Path) -> None:
    face = described()["faces"][0] | {"weight": 450, "sha256": "short"}
    path = written(tmp_path, "song", described(faces=[face]))
    with pytest.raises(FamilyError) as caught:
        load_family(path)
    places = [problem.split(":")[0] for problem in caught.value.problems]
    assert places == ["faces.0.sha256", "faces.0.weight"]


def test_a_family_without_faces_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "song", described(faces=[]))
    with pytest.raises(FamilyError, match="faces: there must be one"):
        load_family(path)


def test_a_named_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "song", described(licence_file="LICENCE"))
    with pytest.raises(FamilyError, match="LICENCE: file lacking"):
        load_family(path)


@pytest.mark.parametrize("text", ["- a\n", "", "a: [", "a: \udcff"], ids=repr)
def test_what_is_not_a_yaml_mapping_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "family.yaml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(FamilyError):
        load_family(path)


def test_a_family_cannot_be_changed(serif: FontFamily) -> None:
    with pytest.raises(ValidationError):
        serif.family = "Song"


def test_a_file_that_a_link_leads_to_elsewhere_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "fonts", "song", described())
    elsewhere = tmp_path / "elsewhere"
    path.parent.rename(elsewhere)
    path.parent.symlink_to(elsewhere)
    with pytest.raises(FamilyError, match="outside"):
        load_family(path)
