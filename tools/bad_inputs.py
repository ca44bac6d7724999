"""Print every bad input of the tests with what a user gets to read.

In: tests/bad_inputs/cases.py. Out: for each case its name, the command and the whole output,
as it stands on a terminal without colours. The documentation quotes it.

    .venv/bin/python tools/bad_inputs.py [--lang zh|en] [NAME]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from bad_inputs.cases import CASES, Case
from newsletter.cli import main_group


def output(case: Case, language: str) -> str:
    """Return what the command of a case prints."""
    with tempfile.TemporaryDirectory() as folder:
        root = case.make(Path(folder) / "newsletter")
        before = Path.cwd()
        os.chdir(root)
        try:
            result = CliRunner().invoke(main_group, ["--lang", language, *case.command])
        finally:
            os.chdir(before)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return f"{result.output.replace(folder, '')}[exit {result.exit_code}]"


def main() -> None:
    """Print the cases whose name holds NAME, or all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--lang", choices=["zh", "en"], default="en")
    parser.add_argument("name", nargs="?", default="")
    chosen = parser.parse_args()
    for case in CASES:
        if chosen.name in case.name:
            print(f"## {case.name}\n\n$ newsletter {' '.join(case.command)}")
            print(f"{output(case, chosen.lang)}\n")


if __name__ == "__main__":
    main()
