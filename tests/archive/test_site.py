"""The site: whole, the same at each time, relative, put in its place at the end."""

from __future__ import annotations

import errno
import io
import itertools
import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from commandline import Run
from newsletter.archive.site import bindery, grams
from newsletter.archive.site.bindery import Order, bind
from newsletter.archive.site.grams import GramIndex, shard_of, shards_for
from newsletter.archive.site.pages import day, speeches
from newsletter.diagnostics import Refused
from shelf import article, publication, put
from workshop import HOUSE, SILKROAD

FIGURE = '<p>文。</p><figure><img src="pictures/in.png" alt="里面"></figure><script>x()</script>'


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = publication(tmp_path / "small")
    files = {
        "cover.jpg": png(),
        "pdf/2021-screen.pdf": b"%PDF-screen",
        "pdf/2021-print.pdf": b"%PDF-print",
        "thumbnails/001.jpg": png(),
        "thumbnails/002.jpg": png(),
        "pictures/in.png": png(),
        "pictures/lead.png": png(),
        "pictures/bad.svg": b"<svg><script>x()</script></svg>",
    }
    pictures = [
        {"file": "pictures/in.png", "alt": "里面"},
        {"file": "pictures/lead.png", "alt": "题图", "caption": "说明<b>", "credit": "某人"},
        {"file": "pictures/bad.svg", "alt": "坏"},
    ]
    first = article(
        "one",
        title="绿色<金融>与“一带一路”",
        kicker="专题",
        standfirst="导语。",
        html=FIGURE,
        people=["何塞·卡斯特罗"],
        pictures=pictures,
        last_page=3,
    )
    put(folder, "2021", [first, article("../evil", title="第二篇")], files=files, version=1)
    put(folder, "2021", [first, article("../evil", title="第二篇")], files=files, version=2,
        events=[{"date": "2021-06-24/2021-06-25", "title": "大会", "place": "北京"}],
        pages={1: "封面", 2: "文", 3: "文", 4: "大会"})  # fmt: skip
    put(folder, "2020", [article("one", title="旧文")])
    put(folder, "2019-特刊", year=2019)
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for key, value in attrs:
            if key in {"href", "src", "action"}:
                self.links.append(value or "")
            if key == "id":
                self.ids.append(value or "")


def read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    return page


def pages(site: Path) -> Iterator[tuple[Path, _Page]]:
    for path in sorted(site.rglob("*.html")):
        yield path, read(path)


def test_every_address_is_relative_and_leads_to_a_file(archive: Path, tmp_path: Path) -> None:
    site = bind(archive, tmp_path / "site").folder
    for path, page in pages(site):
        for link in page.links:
            parts = urlsplit(link)
            assert (parts.scheme, parts.netloc) == ("", ""), link
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path}: {link}"
            if parts.fragment and target.suffix == ".html":
                assert unquote(parts.fragment) in read(target).ids, f"{path}: {link}"
        assert len(page.ids) == len(set(page.ids)), path


def test_every_page_can_be_read_by_ear_and_by_keyboard(archive: Path, tmp_path: Path) -> None:
    """A few of axe's rules that need no browser; test_site_browser holds the pages against all."""
    for path, page in pages(bind(archive, tmp_path / "site").folder):
        html = path.read_text("utf-8")
        assert re.search(r'<html lang="[a-zA-Z-]+">', html)
        assert re.search(r"<title>\S", html)
        assert page.tags.count("h1") == page.tags.count("main") == 1
        assert "<img" not in re.sub(r'<img [^>]*alt="', "", html)
        assert not re.search(r"<a [^>]*>\s*</a>", html)
        levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
        assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), path
        for name in re.findall(r'<(?:input|select) id="([^"]+)"', html):
            assert f'for="{name}"' in html or re.search(rf'<label>[^<]+<select id="{name}"', html)


def test_the_site_is_the_same_at_each_time(archive: Path, tmp_path: Path) -> None:
    first = files_of(bind(archive, tmp_path / "a" / "site").folder)
    moved = tmp_path / "elsewhere"
    shutil.copytree(archive, moved / "archive")
    assert files_of(bind(moved / "archive", tmp_path / "b").folder) == first


def test_an_issue_has_its_contents_pages_versions_and_pdf(archive: Path, tmp_path: Path) -> None:
    site = bind(archive, tmp_path / "site").folder
    html = (site / "issues/2021/index.html").read_text("utf-8")
    for text in ("要闻", "articles/one.html", "pages/002.jpg", "第2版（本页所示）", "第1版",
                 "2021-screen.pdf#page=2", "2021年6月24–25日", "北京", "上一期"):  # fmt: skip
        assert text in html
    assert not (site / "issues/2021/2021-print.pdf").exists()


def test_an_article_is_sifted_and_its_words_are_escaped(archive: Path, tmp_path: Path) -> None:
    site = bind(archive, tmp_path / "site")
    html = (site.folder / "issues/2021/articles/one.html").read_text("utf-8")
    assert "x()" not in html
    assert "&lt;金融&gt;" in html
    assert "说明&lt;b&gt;" in html
    assert html.count("<figure") == 2
    assert 'src="../pictures/in.png" width="30" height="20"' in html
    assert [(d.code, d.values["file"]) for d in site.findings] == [("N798", "pictures/bad.svg")]


def test_an_id_that_is_no_file_name_gets_one(archive: Path, tmp_path: Path) -> None:
    site = bind(archive, tmp_path / "site").folder
    names = {path.name for path in (site / "issues/2021/articles").iterdir()}
    assert names == {"one.html", "article-2.html"}


def test_english_pages_show_the_same_issues_and_share_the_files(
    archive: Path, tmp_path: Path
) -> None:
    site = bind(archive, tmp_path / "site").folder
    html = (site / "en/issues/2021/articles/one.html").read_text("utf-8")
    assert '<html lang="en">' in html
    assert "pp. 2–3" in html
    assert 'src="../../../../issues/2021/pictures/in.png"' in html
    assert not list((site / "en").rglob("*.png"))
    only = bind(archive, tmp_path / "only", Order(("en",))).folder
    assert not (only / "en").exists()
    assert "Newest issue" in (only / "index.html").read_text("utf-8")


def test_both_languages_say_the_same_things() -> None:
    zh, en = speeches(("zh", "en"))
    assert set(zh.words) == set(en.words)
    fields = {name: set(re.findall(r"\{(\w+)\}", text)) for name, text in zh.words.items()}
    assert fields == {name: set(re.findall(r"\{(\w+)\}", text)) for name, text in en.words.items()}


@pytest.mark.parametrize(
    ("date", "zh", "en"),
    [
        ("2021-06-24", "2021年6月24日", "24 June 2021"),
        ("2021-06-24/2021-06-25", "2021年6月24–25日", "24–25 June 2021"),
        ("2021-06-24/2021-07-01", "2021年6月24日–2021年7月1日", "24 June 2021–1 July 2021"),
        ("2021-06", "2021-06", "2021-06"),
        ("春季", "春季", "春季"),
        ("", "", ""),
    ],
)
def test_dates_are_written_as_they_are_read(date: str, zh: str, en: str) -> None:
    assert (day(date, "zh"), day(date, "en")) == (zh, en)


def test_feeds_are_well_formed_and_tell_the_newest_first(archive: Path, tmp_path: Path) -> None:
    site = bind(archive, tmp_path / "site", Order(address="https://example.org/news")).folder
    atom = ET.fromstring((site / "feed.xml").read_bytes())  # noqa: S314 - ours
    space = "{http://www.w3.org/2005/Atom}"
    entries = atom.findall(f"{space}entry")
    assert [entry.findtext(f"{space}title") for entry in entries] == [
        "2021年",
        "2020年",
        "2019-特刊年",
    ]
    assert entries[0].findtext(f"{space}updated") == "2021-12-31T00:00:00Z"
    data = json.loads((site / "feed.json").read_text("utf-8"))
    first = data["items"][0]
    assert first["url"] == "https://example.org/news/issues/2021/index.html"
    assert first["attachments"][0]["url"].endswith("/issues/2021/2021-screen.pdf")
    assert len({item["id"] for item in data["items"]}) == 3
    plain = bind(archive, tmp_path / "plain").folder
    again = json.loads((plain / "feed.json").read_text("utf-8"))["items"][0]
    assert (again["id"], again["url"]) == (first["id"], "issues/2021/index.html")


def test_a_site_replaces_a_site_as_a_whole(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    bind(archive, target)
    (target / "old.html").write_text("", "utf-8")
    shutil.rmtree(archive / "2020")
    bind(archive, target)
    assert not (target / "old.html").exists()
    assert not (target / "issues/2020").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_with_other_files_is_not_replaced(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    target.mkdir()
    bind(archive, target)
    (target / bindery.MARK).unlink()
    with pytest.raises(Refused) as refusal:
        bind(archive, target)
    assert [d.code for d in refusal.value.diagnostics] == ["N797"]
    assert (target / "index.html").exists()


def test_a_failure_leaves_the_old_site_and_nothing_beside(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    bind(archive, target)
    before = files_of(target)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bindery.Lookup, "write", full)
    with pytest.raises(Refused) as refusal:
        bind(archive, target)
    assert [d.code for d in refusal.value.diagnostics] == ["N702"]
    assert files_of(target) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_a_killed_process_left_beside_a_site_is_taken_away(
    archive: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out" / "site"
    bind(archive, target)
    for name in (".site.k1ll3d_x.part", ".site.k1ll3d_x.old"):
        shutil.copytree(target, target.with_name(name))
    bind(archive, target)
    assert [path.name for path in target.parent.iterdir()] == ["site"]


def test_a_site_that_a_killed_process_had_put_aside_is_put_back(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "site"
    bind(archive, target)
    before = files_of(target)
    target.rename(target.with_name(".site.k1ll3d_x.old"))

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(bindery.Lookup, "write", full)
    with pytest.raises(Refused, match="N702"):
        bind(archive, target)
    assert files_of(target) == before
    assert [path.name for path in target.parent.iterdir()] == ["site"]


def test_a_bag_that_cannot_be_read_is_told_and_left_out(archive: Path, tmp_path: Path) -> None:
    (archive / "2020/v1/data/articles.json").write_text("[]", "utf-8")
    site = bind(archive, tmp_path / "site")
    assert site.issues == 2
    assert "N792" in [d.code for d in site.findings]


def test_an_archive_of_nothing_readable_is_refused(archive: Path, tmp_path: Path) -> None:
    for path in archive.rglob("articles.json"):
        path.unlink()
    with pytest.raises(Refused):
        bind(archive, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_index_is_the_same_whatever_fits_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [list("绿色发展"), list("绿水"), list("色绿"), ["co", "2"]] * 40

    def made(name: str) -> dict[str, bytes]:
        index = GramIndex(tmp_path / name, 4)
        for number, found in enumerate(texts):
            index.add(number, [found])
        index.write()
        return files_of(tmp_path / name)

    at_once = made("at-once")
    monkeypatch.setattr(grams, "MOST", 7)
    assert made("by-and-by") == at_once
    assert sorted(at_once) == ["000.js", "001.js", "002.js", "003.js"]


def test_the_index_is_divided_by_the_number_of_issues() -> None:
    assert [shards_for(n) for n in (1, 16, 17, 1000, 5000)] == [16, 16, 32, 1024, 1024]
    assert len({shard_of(chr(code), 64) for code in range(0x4E00, 0x4F00)}) > 48


def test_the_command_makes_it_in_build(run: Run, archive: Path) -> None:
    result = run("archive", "site", at=archive.parent)
    assert (result.exit_code, result.stdout) == (0, "build/site/index.html\n")
    assert "N798" in result.stderr
    data = json.loads(run("archive", "site", "--format", "json", at=archive.parent).stdout)
    assert (data["issues"], data["articles"]) == (3, 4)


def test_without_an_archive_the_command_says_so(run: Run, tmp_path: Path) -> None:
    archive = publication(tmp_path / "new")
    result = run("archive", "site", at=archive.parent)
    assert (result.exit_code, "N790" in result.stderr) == (1, True)


def test_the_colours_of_the_site_are_those_of_the_newsletter() -> None:
    """A page of the site stands alone, so its stylesheet repeats what both share."""
    tokens = re.compile(r"--([\w-]+): (#\w+);")
    site = (HOUSE / "src/newsletter/archive/site/assets/site.css").read_text("utf-8")
    newsletter = (SILKROAD / "tokens.css").read_text("utf-8")
    ours, theirs = dict(tokens.findall(site)), dict(tokens.findall(newsletter))
    shared = ours.keys() & theirs.keys()
    assert len(shared) > 8
    assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}


def faces_of(site: Path) -> dict[str, set[int]]:
    """Return the characters of the fonts that the stylesheet of a site names."""
    css = (site / "assets/site.css").read_text("utf-8")
    found = {}
    for name in re.findall(r'url\("(face-\w+\.woff2)"\)', css):
        with TTFont(site / "assets" / name) as face:
            found[name] = {*face.getBestCmap()}
    return found


def test_a_font_beside_the_pages_has_every_character_that_they_show(
    archive: Path, tmp_path: Path
) -> None:
    bind(archive, tmp_path / "site", Order(("zh", "en")))
    (core,) = faces_of(tmp_path / "site").values()
    site = tmp_path / "site"
    texts = [*site.rglob("*.html"), *site.glob("search/texts/*.js")]
    read = "".join(path.read_text("utf-8") for path in texts)
    shown = {ord(character) for character in read if "\u3001" <= character <= "\u9fff"}
    assert shown
    assert shown <= core
    assert "SIL Open Font License" in (tmp_path / "site/assets/face-licence.txt").read_text("utf-8")
    css = (tmp_path / "site/assets/site.css").read_text("utf-8")
    for stack in re.findall(r"--(?:serif|sans|kai): (.*);", css):
        assert re.search(r', "Archive Sans", (system-ui, sans-)?serif$', stack)


def test_rare_characters_are_in_a_font_that_is_loaded_for_them_alone(tmp_path: Path) -> None:
    folder = publication(tmp_path / "small")
    put(folder, "2021", [article("one", title="李𠮷", text="正文", html="<p>正文</p>")])
    bind(folder, tmp_path / "site")
    faces = faces_of(tmp_path / "site")
    assert faces["face-rest.woff2"] == {ord("𠮷")}
    assert ord("李") in faces["face-core.woff2"]
    assert "unicode-range: U+20BB7;" in (tmp_path / "site/assets/site.css").read_text("utf-8")
