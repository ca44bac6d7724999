"""A bag is one that other people's tools accept, and that says the same at each time."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import bagit
import pytest
from bench.archive.papers import deposit
from rocrate.rocrate import ROCrate

import small_issue
from newsletter.archive.accession import Terms, archive_issue
from newsletter.archive.bag import BagError, decoded, encoded, read_labels, read_manifest, write_bag
from newsletter.archive.stacks import Archive

PICTURED = """id: first
title: 水坝建成
dateline: 北京，2021年12月8日
byline: 李明、王芳
pictures:
  - id: dam
    file: images/dam.svg
    alt: 水坝
body: |
  会议指出，要加强合作。

  ![](dam)

  - 一
  - 二
"""


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bag of a small issue with a picture, built here."""
    root = small_issue.make(tmp_path_factory.mktemp("bag") / "small")
    small_issue.write(root / small_issue.ARTICLE, PICTURED)
    template = root / small_issue.TEMPLATE
    text = "<p>{{ article.dateline }}{{ article.byline }}</p></article>"
    small_issue.swap(template, "</article>", text)
    return archive_issue(Archive(root / "archive"), root, "one", Terms()).folder


def test_the_bagit_library_accepts_a_bag(bag: Path) -> None:
    other = bagit.Bag(str(bag))
    assert other.validate()
    assert other.version_info == (1, 0)
    assert sorted(other.algorithms) == ["sha256", "sha512"]
    assert other.info["External-Identifier"] == "one"


def test_the_bagit_library_accepts_a_bag_of_what_came_as_pdf(tmp_path: Path) -> None:
    bag = deposit(tmp_path / "archive", "2001").folder
    assert bagit.Bag(str(bag)).validate()
    assert not (bag / "data/source/newsletter.yaml").exists()


def test_ro_crate_tooling_reads_the_issue_and_its_articles(bag: Path) -> None:
    crate = ROCrate(str(bag / "data"))
    issue = crate.root_dataset["mainEntity"]
    assert issue.type == "PublicationIssue"
    assert [part["name"] for part in issue["hasPart"]] == ["水坝建成"]
    assert issue["hasPart"][0]["author"][1]["name"] == "王芳"
    assert issue["isPartOf"]["name"] == "小报"
    files = {entity.id for entity in crate.data_entities}
    lying = {path.relative_to(bag / "data").as_posix() for path in (bag / "data").rglob("*.*")}
    assert files == {name for name in lying if (bag / "data" / name).is_file()} - {
        "ro-crate-metadata.json"
    }


def test_ro_crate_tooling_writes_the_crate_again(bag: Path, tmp_path: Path) -> None:
    ROCrate(str(bag / "data")).write(str(tmp_path / "crate"))
    assert (tmp_path / "crate/pdf/one-screen.pdf").read_bytes() == (
        bag / "data/pdf/one-screen.pdf"
    ).read_bytes()


def test_the_payload_holds_what_the_contract_says(bag: Path) -> None:
    data = bag / "data"
    contents = json.loads((data / "articles.json").read_text("utf-8"))
    assert (contents["issue"], contents["year"], contents["pages"]) == ("one", 2021, 1)
    article = contents["articles"][0]
    assert article["people"] == ["李明", "王芳"]
    assert (article["places"], article["date"]) == (["北京"], "2021-12-08")
    assert (article["first_page"], article["last_page"]) == (1, 1)
    assert article["html"].split("\n") == [
        "<p>会议指出，要加强合作。</p>",
        '<figure><img src="pictures/images/dam.svg" alt="水坝"/></figure>',
        "<ul><li>一</li><li>二</li></ul>",
    ]
    assert article["text"] == "会议指出，要加强合作。\n一\n二"
    assert (data / article["pictures"][0]["file"]).is_file()
    assert "会议指出" in (data / "text/001.txt").read_text("utf-8")
    for name in ("cover.jpg", "thumbnails/001.jpg"):
        assert (data / name).read_bytes().startswith(b"\xff\xd8")
    for name in ("newsletter.yaml", "issues/one/issue.yaml", "layouts/plain/layout.yaml"):
        assert (data / "source" / name).is_file()


def test_the_recipe_names_every_library_and_font(bag: Path) -> None:
    recipe = json.loads((bag / "data/build.lock").read_text("utf-8"))
    assert {"pango", "harfbuzz", "fontconfig", "freetype", "qpdf"} <= recipe["libraries"].keys()
    assert {"weasyprint", "pikepdf", "pydyf"} <= recipe["packages"].keys()
    assert [*recipe["fonts"]] == ["fonts/wenkai/WenKai-Regular.ttf"]
    assert "issues/one/issue.yaml" in {*recipe["inputs"]}


def test_the_metadata_name_issue_and_articles(bag: Path) -> None:
    folder = bag / "data/metadata"
    tree = ET.fromstring((folder / "dublin-core.xml").read_text("utf-8"))  # noqa: S314 - ours
    names = [(item.tag.rpartition("}")[2], item.text) for item in tree]
    assert ("title", "小报 第一期") in names
    assert ("hasPart", "水坝建成") in names
    bib = (folder / "citation.bib").read_text("utf-8")
    assert "@article{one-first," in bib
    assert "author = {{李明} and {王芳}}" in bib
    ris = (folder / "citation.ris").read_bytes().decode("utf-8")
    assert ris.count("\r\nER  - \r\n") == 2
    assert "\r\nAU  - 李明\r\nAU  - 王芳\r\n" in ris


def test_nothing_of_a_bag_may_be_written(bag: Path) -> None:
    modes = {path: path.stat().st_mode for path in (bag, *bag.rglob("*"))}
    assert [path for path, mode in modes.items() if mode & 0o222] == []
    assert all(mode & stat.S_IRUSR for mode in modes.values())


def test_all_but_the_day_follows_from_the_issue(bag: Path, tmp_path: Path) -> None:
    """The same issue in another folder, on another day, after other issues."""
    root = bag.parents[2]
    archive = Archive(tmp_path / "elsewhere")
    deposit(archive.folder, "2001")
    other = archive_issue(archive, root, "one", Terms()).folder
    different = [
        path.relative_to(bag).as_posix()
        for path in sorted(bag.rglob("*"))
        if path.is_file() and path.read_bytes() != (other / path.relative_to(bag)).read_bytes()
    ]
    assert different == ["bag-info.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"]
    labels = [dict(read_labels(folder)) for folder in (bag, other)]
    assert {k for k in labels[0] if labels[0][k] != labels[1][k]} <= {
        "Bagging-Date",
        "Newsletter-Log-Before",
    }


@pytest.mark.skipif(not shutil.which("sha512sum"), reason="there is no sha512sum here")
def test_a_shell_proves_a_bag_as_the_documentation_says(bag: Path) -> None:
    for name in ("manifest-sha512.txt", "tagmanifest-sha512.txt"):
        subprocess.run(["sha512sum", "--check", "--quiet", "--strict", name], cwd=bag, check=True)
    told = (Path(__file__).parents[2] / "docs" / "archive.md").read_text("utf-8")
    assert "sha512sum --check --quiet manifest-sha512.txt" in told


def test_a_shell_proves_the_log_as_the_documentation_says(tmp_path: Path) -> None:
    for issue in ("2001", "2002"):
        bag = deposit(tmp_path, issue).folder
    script = "sed -n 1p log.jsonl | tr -d '\\n' | sha256sum"
    assert script in (Path(__file__).parents[2] / "docs" / "archive.md").read_text("utf-8")
    said = subprocess.run(script, shell=True, cwd=tmp_path, capture_output=True, check=True)  # noqa: S602 - ours
    line = json.loads((tmp_path / "log.jsonl").read_text("utf-8").splitlines()[1])
    assert line["previous"] == said.stdout.decode().split()[0]
    seal = hashlib.sha256((bag / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    assert line["seal"]["tagmanifest-sha256.txt"] == seal


# The format itself


def test_names_with_percent_signs_and_line_breaks_are_encoded(tmp_path: Path) -> None:
    folder = tmp_path / "bag"
    folder.mkdir()
    name = "100% new\nline.txt"
    write_bag(folder, {name: b"x"}, [])
    assert list(read_manifest(folder, "manifest-sha256.txt")) == [f"data/{name}"]
    assert decoded(encoded(name)) == name
    assert decoded(encoded("%0A")) == "%0A"


def test_a_value_with_line_breaks_stays_on_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "bag"
    folder.mkdir()
    write_bag(folder, {"a.txt": b""}, [("Reason", "one\nInjected: two")])
    assert read_labels(folder) == [("Reason", "one Injected: two"), ("Payload-Oxum", "0.1")]


def test_folded_labels_are_joined(tmp_path: Path) -> None:
    (tmp_path / "bag-info.txt").write_text("Reason: one\n  two\nOther: x\n", "utf-8")
    assert read_labels(tmp_path) == [("Reason", "one two"), ("Other", "x")]


@pytest.mark.parametrize("text", ["zz  data/a\n", "abc\n"])
def test_a_manifest_that_is_none_is_named_with_its_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest-sha256.txt").write_text(text, "utf-8")
    with pytest.raises(BagError, match=r"manifest-sha256\.txt: 1: wrong line"):
        read_manifest(tmp_path, "manifest-sha256.txt")
