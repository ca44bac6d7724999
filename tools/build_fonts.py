"""Make the bundled fonts from packaged ones.

In: the fonts of the Debian packages named in ``FAMILIES`` and the list 通用规范汉字表
(property kTGH of Unihan, package unicode-data).
Out: ``fonts/<family>/`` with the faces, ``family.yaml`` and the licence.
The same package versions give the same bytes: nothing reads a clock, and the time stamps
inside a font stay those of its upstream.

    python tools/build_fonts.py            write fonts/
    python tools/build_fonts.py --check    build aside and compare with fonts/

Exit status: 0 done or equal, 1 a file differs (named on standard output),
3 a package is missing (named on standard error, with how to get it).

A face is cut in two.
The core holds what Chinese text of the mainland needs; a build opens nothing else.
The rest file holds every other character of the face.
Only the Regular of a family has one: its Serif alone is 11 MB, a rare character in a heading is
rarer still, and one drawn a little too light is better than one not drawn at all.

Glyphs of ideographs for other regions (feature locl, languages JAN, KOR, ZHT, ZHH) are left out:
they are two thirds of the glyphs of a core again, for a newsletter in simplified Chinese.
Punctuation, Latin and kana keep theirs.
Hinting is left out: print has no use for it, and WeasyPrint drops it from the PDF in any case.
The CIDs of a CID-keyed face are its glyph numbers: docs/decisions/0006-glyph-numbers.md.
"""

from __future__ import annotations

import argparse
import asyncio
import bz2
import filecmp
import functools
import hashlib
import importlib.util
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
NOTO = Path("/usr/share/fonts/opentype/noto")
WENKAI = Path("/usr/share/fonts/truetype/lxgw-wenkai")
NOTO_SC = 2
"""Place of the SC face in each Noto CJK collection (JP, KR, SC, TC, HK)."""

CORE_RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A
    (0x01CD, 0x01DC),  # pinyin ǎ to ǜ
    (0x01F8, 0x01F9),  # pinyin ǹ
    (0x0218, 0x021B),  # Romanian
    (0x0251, 0x0251),  # pinyin ɑ
    (0x0261, 0x0261),  # pinyin ɡ
    (0x02C6, 0x02DD),  # spacing tone marks
    (0x0300, 0x036F),  # combining marks: ê̄ is U+00EA U+0304
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x1E00, 0x1EFF),  # pinyin ḿ, ế, ề; Vietnamese
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x214F),  # letterlike: ℃ № ℡
    (0x2150, 0x218F),  # fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2460, 0x24FF),  # ① to ⑳ and the other enclosed numbers
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2600, 0x27BF),  # symbols, dingbats
    (0x2E3A, 0x2E3B),  # two-em and three-em dash
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0x30FB, 0x30FB),  # katakana middle dot, often typed for ·
    (0x3220, 0x325F),  # ㈠ and ㉑
    (0x3280, 0x32BF),  # ㊀ and ㊱
    (0x3380, 0x33DF),  # squared units: ㎡ ㎏ ㎞
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE6F),  # compatibility and small forms
    (0xFF01, 0xFF60),  # full-width forms
    (0xFFE0, 0xFFE6),  # full-width signs
)
HAN_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))

FEATURES = (
    *("calt", "ccmp", "clig", "liga", "rlig", "dlig", "hist", "locl"),
    *("kern", "mark", "mkmk", "palt", "halt", "pwid", "hwid", "fwid", "ruby"),
    *("vert", "vrt2", "vkrn", "vpal", "vhal", "ljmo", "vjmo", "tjmo"),
    *("frac", "afrc", "numr", "dnom", "ordn", "sups", "subs", "sinf", "salt", "lnum", "tnum"),
)
"""Everything the sources have but aalt, which would keep every alternate of every glyph."""

TAG = "newsletter"


class BuildError(Exception):
    """A source is not what this script was written for."""


@dataclass(frozen=True)
class Face:
    """One face to make: its file name without ending, its source, its CSS weight."""

    stem: str
    source: Path
    index: int
    weight: int
    with_rest: bool = False


@dataclass(frozen=True)
class Family:
    """One family to make; ``renames`` are applied in order to its names."""

    folder: str
    css_name: str
    packages: tuple[str, ...]
    faces: tuple[Face, ...]
    changes: tuple[str, ...]
    reserved: str | None = None
    renames: tuple[tuple[str, str], ...] = ()
    widen_quotes: bool = False


SUBSET_CHANGES = (
    "subset: a core, and the remaining characters of the Regular as a rest file",
    "ideographs keep the mainland form in every language",
    "substitutions of language ZHS made the default (full-width — and … next to Latin too)",
    "hinting and the feature aalt left out",
    "feature chws (contextual half-width spacing) added to the core",
)
CID_CHANGES = (
    *SUBSET_CHANGES,
    "CIDs renumbered: the CID of a glyph is its number, in the core and in the rest file",
)

FAMILIES = (
    Family(
        folder="noto-serif-sc",
        css_name="Noto Serif SC",
        packages=("fonts-noto-cjk", "fonts-noto-cjk-extra"),
        faces=(
            Face(
                "NotoSerifSC-Regular",
                NOTO / "NotoSerifCJK-Regular.ttc",
                NOTO_SC,
                400,
                with_rest=True,
            ),
            Face("NotoSerifSC-Bold", NOTO / "NotoSerifCJK-Bold.ttc", NOTO_SC, 700),
            Face("NotoSerifSC-Black", NOTO / "NotoSerifCJK-Black.ttc", NOTO_SC, 900),
        ),
        changes=CID_CHANGES,
    ),
    Family(
        folder="noto-sans-sc",
        css_name="Noto Sans SC",
        packages=("fonts-noto-cjk", "fonts-noto-cjk-extra"),
        faces=(
            Face(
                "NotoSansSC-Regular",
                NOTO / "NotoSansCJK-Regular.ttc",
                NOTO_SC,
                400,
                with_rest=True,
            ),
            Face("NotoSansSC-Medium", NOTO / "NotoSansCJK-Medium.ttc", NOTO_SC, 500),
            Face("NotoSansSC-Bold", NOTO / "NotoSansCJK-Bold.ttc", NOTO_SC, 700),
        ),
        changes=CID_CHANGES,
    ),
    Family(
        folder="wenkai",
        css_name="WenKai",
        packages=("fonts-lxgw-wenkai",),
        faces=(Face("WenKai-Regular", WENKAI / "LXGWWenKai-Regular.ttf", 0, 400, with_rest=True),),
        changes=(
            *(change for change in SUBSET_CHANGES if "ZHS" not in change),
            "renamed: the names LXGW and 霞鹜 are reserved",
            "“ ” ‘ ’ made full-width; the proportional ones are under the feature pwid",
            "classes of glyphs (table GDEF) left out",
        ),
        reserved='With Reserved Font Names "霞鹜" and "LXGW".',
        renames=(("LXGW WenKai", "WenKai"), ("LXGWWenKai", "WenKai"), ("霞鹜文楷", "文楷")),
        widen_quotes=True,
    ),
)
PACKAGES = ("unicode-data", *sorted({name for family in FAMILIES for name in family.packages}))
LIBRARIES = ("east_asian_spacing", "fontTools", "uharfbuzz", "yaml")


def main(arguments: list[str] | None = None) -> int:
    """Build, or build aside and compare; the exit status is that of the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    if lacking := missing_packages(PACKAGES):
        print(f"packages missing: apt-get install {' '.join(lacking)}", file=sys.stderr)
        return 3
    if lacking := [name for name in LIBRARIES if importlib.util.find_spec(name) is None]:
        print(f"libraries missing: {' '.join(lacking)}; pip install '.[dev]'", file=sys.stderr)
        return 3
    if not options.check:
        build(ROOT / "fonts")
        return 0
    with tempfile.TemporaryDirectory(prefix="fonts-") as folder:
        build(Path(folder))
        differences = list(compare(Path(folder), ROOT / "fonts"))
    for line in differences:
        print(line)
    return 1 if differences else 0


def build(out: Path) -> None:
    """Write every family under ``out``; files of faces that are no longer made go away."""
    wanted = core_characters()
    for family in FAMILIES:
        folder = out / family.folder
        folder.mkdir(parents=True, exist_ok=True)
        made = build_family(family, wanted, folder)
        for path in folder.iterdir():
            if path.name not in made:
                path.unlink()


def build_family(family: Family, wanted: frozenset[int], folder: Path) -> set[str]:
    """Write the faces, the licence and family.yaml; return the names of the files."""
    import yaml

    entries = []
    notices: dict[str, None] = {}
    for face in family.faces:
        core, rest = build_face(face, family, wanted)
        notices.update(dict.fromkeys(copyright_lines(core)))
        entry = face_entry(face, core)
        (folder / entry["file"]).write_bytes(core)
        if rest:
            name = f"{face.stem}-rest{face.source.suffix.replace('.ttc', '.otf')}"
            (folder / name).write_bytes(rest)
            entry["rest"] = {"file": name, **digest(rest)}
        entries.append(entry)
    version, upstream = upstream_names(family.faces[0])
    listing = {
        "family": family.css_name,
        "licence": "OFL-1.1",
        "licence_file": "OFL.txt",
        "source": {
            "packages": {name: installed_version(name) for name in family.packages},
            "font": upstream,
            "font_version": version,
        },
        "changes": list(family.changes),
        "faces": entries,
    }
    head = "# Written by tools/build_fonts.py. Metrics are in font units.\n"
    text = yaml.safe_dump(listing, sort_keys=False, allow_unicode=True, width=100)
    (folder / "family.yaml").write_text(head + text, encoding="utf-8")
    (folder / "OFL.txt").write_text(licence_text(family, notices), encoding="utf-8")
    files = {entry["file"] for entry in entries}
    files |= {entry["rest"]["file"] for entry in entries if "rest" in entry}
    return files | {"family.yaml", "OFL.txt"}


def build_face(face: Face, family: Family, wanted: frozenset[int]) -> tuple[bytes, bytes | None]:
    """Cut one face into its core and, if it has one, its rest file."""
    import uharfbuzz as hb

    source = hb.Face(hb.Blob.from_file_path(str(face.source)), face.index)
    offered = frozenset(source.unicodes)
    if lost := sorted(standard_characters() - offered):
        message = f"{face.source} lacks {len(lost)} standard characters: {lost[:5]}"
        raise BuildError(message)
    core = label(subset(source, wanted & offered), family, "core")
    core = widen_quotes(core) if family.widen_quotes else prefer_mainland(core)
    core = finished(add_chws(core))
    if not face.with_rest:
        return core, None
    return core, finished(label(subset(source, offered - wanted), family, "rest"))


def core_characters() -> frozenset[int]:
    """Characters of a core: the standard list, GB 2312, punctuation, Latin, signs.

    The 125 characters that GB 2312 has above the list are there because fontconfig calls a
    font Chinese (zh-cn) only when it has all of GB 2312, and sorts fonts by that.
    """
    return standard_characters() | gb2312_ideographs() | expand(CORE_RANGES)


@functools.cache
def standard_characters() -> frozenset[int]:
    """Read the 8,105 characters of the 通用规范汉字表 (2013), Unihan property kTGH."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        found = (line.split("\t", 1)[0] for line in lines if "\tkTGH\t" in line)
        return frozenset(int(code.removeprefix("U+"), base=16) for code in found)


def gb2312_ideographs() -> frozenset[int]:
    """List the 6,763 ideographs of GB 2312: rows 16 to 87 of the code table."""
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    decoded = (bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells)
    return frozenset(ord(character) for character in decoded if character)


def expand(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    """All code points of inclusive ranges."""
    return frozenset(code for first, last in ranges for code in range(first, last + 1))


def subset(source: Any, characters: frozenset[int]) -> bytes:  # noqa: ANN401  uharfbuzz has no types
    """Cut a HarfBuzz face down to the characters and what the kept features reach from them."""
    import uharfbuzz as hb

    han = expand(HAN_RANGES)
    without_regions = tuple(tag for tag in FEATURES if tag != "locl")
    glyphs = reach(source, characters, without_regions) | reach(source, characters - han, FEATURES)
    request = subset_request(characters, FEATURES)
    request.glyph_set.update(glyphs)
    request.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    return unmap(bytes(hb.subset(source, request).blob.data), characters)


def unmap(font: bytes, characters: frozenset[int]) -> bytes:
    """Take every other character out of cmap.

    HarfBuzz maps each glyph it was asked for from all its characters, ⼀ (U+2F00) with 一; a
    core and its rest file would overlap.
    """
    with open_font(font) as opened:
        for table in opened["cmap"].tables:
            table.cmap = {code: name for code, name in table.cmap.items() if code in characters}
        return saved(opened)


def reach(source: Any, characters: frozenset[int], features: Iterable[str]) -> set[int]:  # noqa: ANN401
    """Glyphs that the characters become under the features, and the parts of composites."""
    import uharfbuzz as hb

    plan = hb.SubsetPlan(source, subset_request(characters, features))
    return set(plan.old_to_new_glyph_mapping)


def subset_request(characters: frozenset[int], features: Iterable[str]) -> Any:  # noqa: ANN401
    """Ask for the characters, the features and all names in all languages."""
    import uharfbuzz as hb

    request = hb.SubsetInput()
    request.unicode_set.update(characters)
    request.layout_feature_tag_set.clear()
    request.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in features)
    for names in (request.name_id_set, request.name_lang_id_set):
        names.clear()
        names.invert()
    return request


def label(font: bytes, family: Family, part: str) -> bytes:
    """Take reserved names out and say in the version and the unique name what was made.

    The copyright (name 0) and the licence (13, 14) stay as they are.
    """
    with open_font(font) as opened:
        for record in opened["name"].names:
            text = record.toUnicode()
            if record.nameID in {1, 3, 4, 6, 16, 18, 21}:
                for old, new in family.renames:
                    text = text.replace(old, new)
            if record.nameID in {3, 5}:
                text = f"{text};{TAG} {part}"
            record.string = text
        if "CFF " in opened and family.renames:
            message = f"{family.folder}: the name inside CFF would stay reserved"
            raise BuildError(message)
        return saved(opened)


def prefer_mainland(font: bytes) -> bytes:
    """Make the substitutions of language ZHS those of every language that has none of its own.

    Noto CJK gives full-width — and … and one set of digits only where it is told the language.
    Pango tells it English for any run of Latin letters and nothing for a run of signs, so
    otherwise one page would have dashes of 0.89 and 1 em and two kinds of figures.
    """
    with open_font(font) as opened:
        scripts = opened["GSUB"].table.ScriptList.ScriptRecord
        mainland = {
            record.ScriptTag: language.LangSys
            for record in scripts
            for language in record.Script.LangSysRecord
            if language.LangSysTag == "ZHS "
        }
        for record in scripts if mainland else ():
            default = mainland.get(record.ScriptTag, mainland["hani"])
            record.Script.DefaultLangSys = default
        return saved(opened)


def widen_quotes(font: bytes) -> bytes:
    """Give a TrueType font full-width “ ” ‘ ’; the proportional glyphs move to pwid.

    Chinese quotation marks fill one em, the mark in the half next to the text it encloses
    (CLREQ 3.1.1), so an opening mark moves right by what its advance grows.
    """
    with open_font(font) as opened:
        cmap, outlines = opened.getBestCmap(), opened.getGlyphSet()
        em = opened["head"].unitsPerEm
        redrawn = {}
        for character, is_opening in {"“": True, "”": False, "‘": True, "’": False}.items():
            name = cmap[ord(character)]
            width, side = opened["hmtx"][name]
            shift = em - width if is_opening else 0
            redrawn[f"{name}.pwid"] = (draw(outlines[name], 0), width, side)
            redrawn[name] = (draw(outlines[name], shift), em, side + shift)
        for name, (glyph, width, side) in redrawn.items():
            opened["glyf"][name] = glyph
            opened["hmtx"][name] = (width, side)
            opened["vmtx"][name] = opened["vmtx"][name.removesuffix(".pwid")]
        proportional = [name for name in redrawn if name.endswith(".pwid")]
        add_substitution(opened, {name.removesuffix(".pwid"): name for name in proportional})
        return saved(opened)


def draw(outline: Any, shift: int) -> Any:  # noqa: ANN401  fontTools has no types
    """Draw an outline ``shift`` font units to the right, composites resolved."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    recording = DecomposingRecordingPen(outline.glyphSet)
    outline.draw(recording)
    pen = TTGlyphPen(None)
    recording.replay(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
    return pen.glyph()


def add_substitution(font: Any, mapping: dict[str, str]) -> None:  # noqa: ANN401
    """Put the feature pwid, one glyph for another, into every script of GSUB."""
    from fontTools.otlLib.builder import buildLookup, buildSingleSubstSubtable
    from fontTools.ttLib.tables import otTables

    table = font["GSUB"].table
    table.LookupList.Lookup.append(buildLookup([buildSingleSubstSubtable(mapping)]))
    record = otTables.FeatureRecord()
    record.FeatureTag = "pwid"
    record.Feature = otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [len(table.LookupList.Lookup) - 1]
    table.FeatureList.FeatureRecord.append(record)
    for script in table.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys]
        systems += [language.LangSys for language in script.Script.LangSysRecord]
        for system in filter(None, systems):
            system.FeatureIndex.append(len(table.FeatureList.FeatureRecord) - 1)


def add_chws(font: bytes) -> bytes:
    """Add the features chws and vchw, which close up adjacent punctuation (标点挤压).

    The library asks only for a path, hence the temporary folder.
    """
    from east_asian_spacing import Builder

    suffix = ".otf" if font[:4] == b"OTTO" else ".ttf"
    with tempfile.TemporaryDirectory(prefix="chws-") as folder:
        path = Path(folder) / f"face{suffix}"
        path.write_bytes(font)
        builder = Builder(path)
        asyncio.run(builder.build())
        if not builder.has_spacings:
            message = "chws could not be added"
            raise BuildError(message)
        builder.font.ttfont.recalcTimestamp = False
        builder.save(path)
        return path.read_bytes()


def finished(font: bytes) -> bytes:
    """Take the last steps, which make a font fit to be subset again into a PDF."""
    return without_classes(number_by_glyph(font))


def without_classes(font: bytes) -> bytes:
    """Leave out GDEF, whose classes of glyphs no lookup of ours asks for (their flags are 0).

    HarfBuzz 6.0 gives up a subset when a table would grow to sixteen times its size. A class of
    all glyphs is one range of a few bytes; with gaps for the glyphs left out it is a thousand, so
    that WeasyPrint embedded all of WenKai where a text used a thousand of its glyphs.
    """
    with open_font(font) as opened:
        if "GDEF" not in opened or "CFF " in opened:
            return font
        del opened["GDEF"]
        return saved(opened)


def number_by_glyph(font: bytes) -> bytes:
    """Make the CID of each glyph its number; a font that is not CID-keyed stays as it is.

    Subsetting keeps the CIDs of the source, and WeasyPrint writes glyph numbers into a PDF where
    its readers look for CIDs.
    Only CFF is compiled anew, its outlines copied as they are; measuring them for FontBBox, which
    stays that of the source, would take half a minute.
    """
    with open_font(font) as opened:
        if "CFF " not in opened or not hasattr(opened["CFF "].cff[0], "ROS"):
            return font
        top = opened["CFF "].cff[0]
        names = [".notdef", *(f"cid{number:05d}" for number in range(1, len(top.charset)))]
        top.charset = names
        top.CharStrings.charStrings = {name: number for number, name in enumerate(names)}
        opened.recalcBBoxes = False
        out = io.BytesIO()
        opened.save(out)
        return out.getvalue()


def open_font(font: bytes) -> Any:  # noqa: ANN401
    """Open a font so that saving it changes no time stamp."""
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(font), recalcTimestamp=False, lazy=True)


def saved(font: Any) -> bytes:  # noqa: ANN401
    """Compile a fontTools font.

    CFF is opened for the names of glyphs but never changed by what ends here; what is not open
    is copied as it is, in milliseconds instead of half a minute.
    """
    font.tables.pop("CFF ", None)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def face_entry(face: Face, font: bytes) -> dict[str, Any]:
    """Describe a core for family.yaml."""
    with open_font(font) as opened:
        os2, hhea = opened["OS/2"], opened["hhea"]
        return {
            "file": f"{face.stem}{face.source.suffix.replace('.ttc', '.otf')}",
            "weight": face.weight,
            "style": "normal",
            **digest(font),
            "metrics": {
                "units_per_em": opened["head"].unitsPerEm,
                "ascender": hhea.ascent,
                "descender": hhea.descent,
                "line_gap": hhea.lineGap,
                "em_box_top": os2.sTypoAscender,
                "em_box_bottom": os2.sTypoDescender,
                "cap_height": os2.sCapHeight,
                "x_height": os2.sxHeight,
            },
        }


def digest(font: bytes) -> dict[str, Any]:
    """Count and fingerprint one file."""
    with open_font(font) as opened:
        count = len(opened.getBestCmap())
    return {
        "characters": count,
        "bytes": len(font),
        "sha256": hashlib.sha256(font).hexdigest(),
    }


def upstream_names(face: Face) -> tuple[str, str]:
    """Version and family of the font a face comes from."""
    from fontTools.ttLib import TTFont

    with TTFont(face.source, fontNumber=face.index, lazy=True) as source:
        version = source["name"].getDebugName(5).split(";")[0].removeprefix("Version ")
        return version, source["name"].getDebugName(1)


def copyright_lines(font: bytes) -> list[str]:
    """Copyright and trademark lines of a font (names 0 and 7)."""
    with open_font(font) as opened:
        names = (opened["name"].getDebugName(number) or "" for number in (0, 7))
        return [line.strip() for name in names for line in name.splitlines() if line.strip()]


def licence_text(family: Family, notices: Iterable[str]) -> str:
    """Copyright lines of the faces, reserved names, then the OFL as the package has it."""
    lines = list(notices)
    if family.reserved:
        lines.append(family.reserved)
    opening = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
    return "\n".join([*lines, "", opening, "", *ofl_lines(family.packages[0])]) + "\n"


def ofl_lines(package: str) -> Iterator[str]:
    """Licence paragraph of a Debian copyright file, its indentation taken off."""
    path = Path("/usr/share/doc") / package / "copyright"
    lines = iter(path.read_text(encoding="utf-8").splitlines())
    for line in lines:
        if line in {"License: SIL-1.1", "License: OFL-1.1"}:
            following = next(lines, "")
            if following.startswith(" ---"):
                break
    else:
        message = f"{path}: no text of the OFL"
        raise BuildError(message)
    yield following.strip()
    paragraph = []
    for line in lines:
        if not line.startswith(" "):
            break
        paragraph.append("" if line.strip() == "." else line[1:])
    while paragraph and not paragraph[-1]:
        paragraph.pop()
    yield from paragraph


def missing_packages(names: Iterable[str]) -> list[str]:
    """Debian packages that are not installed."""
    return [name for name in names if not installed_version(name)]


def installed_version(package: str) -> str:
    """Version of an installed Debian package, or nothing."""
    command = ["dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Version}", package]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    state, _, version = answer.stdout.partition(" ")
    return version if state == "installed" else ""


def compare(made: Path, kept: Path) -> Iterator[str]:
    """Name every file that only one folder has or that differs."""
    made_files = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    kept_files = {path.relative_to(kept) for path in kept.rglob("*") if path.is_file()}
    for name in sorted(made_files | kept_files):
        if name not in kept_files:
            yield f"missing: {name}"
        elif name not in made_files:
            yield f"not built: {name}"
        elif not filecmp.cmp(made / name, kept / name, shallow=False):
            yield f"differs: {name}"


if __name__ == "__main__":
    raise SystemExit(main())
