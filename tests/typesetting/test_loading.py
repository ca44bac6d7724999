"""WeasyPrint is loaded with what was read of it beforehand, or as it stands."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

LOOK = """
import json, sys, warnings
warnings.simplefilter("ignore")
from newsletter.typesetting.seam import declared, loading
{before}
loading.load()
from newsletter.typesetting.seam.pango import libraries
libraries()
from weasyprint.text import ffi
print(json.dumps({{
    "class": type(ffi.ffi).__name__,
    "parser": "pycparser" in sys.modules,
    "subsetter": "fontTools.subset" in sys.modules,
    "tables": "fontTools.ttLib" in sys.modules,
    "types": __import__("mimetypes").inited,
    "pango": ffi.pango.pango_version() > 0,
}}))
"""


def look(before: str = "", after: str = "") -> dict[str, object]:
    """Load WeasyPrint in a process of its own and tell how it stands there."""
    code = LOOK.format(before=before) + after
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[0])
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are searched for")
def test_no_c_is_read_and_nothing_imported_that_is_not_used() -> None:
    unused = {"parser": False, "subsetter": False, "tables": False, "types": False}
    assert look() == {"class": "Declared", "pango": True, **unused}


def test_other_declarations_are_read_as_they_stand() -> None:
    found = look("declared.READ_FROM = 'another'")
    assert (found["class"], found["pango"]) == ("FFI", True)


def test_what_was_put_off_is_imported_when_it_is_used() -> None:
    after = """
from weasyprint.pdf import fonts
assert "fontTools.ttLib" not in sys.modules
assert fonts.TTFont().lazy is None
assert fonts.ttFont.getTableClass("loca").__name__ == "table__l_o_c_a"
assert fonts.subset.Options().hinting is True
from weasyprint.text import fonts as reading
assert reading.woff2.decompress
try:
    reading.TTFont(__import__("io").BytesIO(b"no font at all"))
except fonts.TTLibError:
    pass
try:
    fonts.instantiateVariableFont(None, {})
except (AttributeError, TypeError, ValueError):
    pass
import fontTools.varLib.instancer, fontTools.subset
import fontTools.ttLib
assert fontTools.ttLib.TTLibError is not Exception
assert fontTools.subset.Subsetter and fontTools.varLib.instancer.instantiateVariableFont
"""
    assert look(after=after)["pango"]


def test_loading_twice_changes_nothing() -> None:
    assert look("loading.load(); first = sys.modules['weasyprint']")["pango"]


def test_the_table_of_media_types_is_read_by_whoever_asks_for_it() -> None:
    after = """
import mimetypes
before = mimetypes.guess_type("a.pdf")
assert before == ("application/pdf", None) and mimetypes.inited
"""
    assert look(after=after)["types"] is False


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are searched for")
def test_libraries_stay_until_what_was_made_with_them_is_gone() -> None:
    """Python lets go of both in any order at its end; a font without its library is a crash."""
    after = """
import gc
from pathlib import Path
opened = ffi.ffi.dlopen("libpangoft2-1.0.so.0")
del opened, ffi
for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
    del sys.modules[name]
libraries.cache_clear()
gc.collect()
print("libpangoft2" in Path("/proc/self/maps").read_text())
"""
    code = LOOK.format(before="") + after
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "True"
