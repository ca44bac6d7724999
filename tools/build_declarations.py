"""Write what cffi makes of WeasyPrint's and our declarations of C, so that no build parses them.

In cffi's out-of-line ABI mode (its manual, "Main mode of usage") declarations are read once,
here, and become the tables of `newsletter/typesetting/seam/declared.py`; `--check` says whether
they are current.
"""

from __future__ import annotations

import ast
import pprint
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import cffi

from generated import write_or_compare
from newsletter.typesetting.seam.pango import DECLARATIONS

TARGET = Path(__file__).resolve().parent.parent / "src/newsletter/typesetting/seam/declared.py"
NAME = "newsletter.typesetting.seam.declared"
WIDTH = 98
HEAD = '''"""The C declarations of WeasyPrint and of `pango`, as cffi reads them.

Written by `make declarations`; `READ_FROM` is the SHA-256 of WeasyPrint's declarations, `TABLES`
are the arguments of `_cffi_backend.FFI`.
"""

from __future__ import annotations

from typing import Any

READ_FROM = "{digest}"
# ruff: noqa: ISC004, Q000  as it is printed
# fmt: off
TABLES: dict[str, Any] = {tables}
'''


def theirs() -> str:
    """Return the declarations that WeasyPrint hands to cffi, read from its source."""
    from importlib.util import find_spec

    package = find_spec("weasyprint")
    source = Path(str(package and package.origin)).with_name("text") / "ffi.py"
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "ffi.cdef":
            return str(ast.literal_eval(node.args[0]))
    message = f"{source}: no declarations"
    raise ValueError(message)


def module() -> str:
    """Return the module."""
    declared = theirs()
    ffi = cffi.FFI()
    ffi.cdef(declared)
    ffi.cdef(DECLARATIONS)
    ffi.set_source(NAME, None)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "declared.py"
        ffi.emit_python_code(str(file))
        tables = _arguments(file.read_text("utf-8"))
    text = pprint.pformat(tables, width=WIDTH, sort_dicts=False)
    return HEAD.format(digest=sha256(declared.encode()).hexdigest(), tables=text)


def _arguments(code: str) -> dict[str, Any]:
    """Return the named arguments of the call of FFI in a module that cffi wrote."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "_cffi_backend.FFI":
            return {str(item.arg): ast.literal_eval(item.value) for item in node.keywords}
    message = "cffi wrote no FFI"
    raise ValueError(message)


def main(arguments: list[str]) -> int:
    """Write the module, or compare it; 1 when it is not current."""
    return write_or_compare(TARGET, module(), arguments, "declarations")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
