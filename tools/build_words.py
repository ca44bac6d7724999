"""Make the dictionary of words out of the package jieba.

In: the source distribution of jieba, downloaded by pip and neither installed nor run: its words
with their frequencies and tags, and the probabilities of its two models. `traditional.txt` beside
this file says which characters of the traditional script are known by others. Out:
``src/newsletter/typesetting/jieba/`` with ``words.dat``, as `newsletter.typesetting.dictionary`
describes it, its licence and ``words.yaml``. The same version gives the same bytes.

    python tools/build_words.py            write the folder
    python tools/build_words.py --check    make it aside and compare

Exit status: 0 done or equal, 1 a file differs (named on standard output),
3 jieba cannot be had or is another than expected (said on standard error).
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

from build_fonts import compare
from newsletter.typesetting.dictionary import (
    FILE,
    HEAD,
    MAGIC,
    PARTS,
    POSITIONS,
    SIZE,
    START,
    TAGS,
)

PACKAGE, VERSION = "jieba", "0.42.1"
SHA256 = "055ca12f62674fafed09427f176506079bc135638a14e23e25be909131928db2"
"""Of the source distribution."""
TRADITIONAL = Path(__file__).with_name("traditional.txt")
NEVER = -1e99
"""A logarithm below this one stands for no probability."""
ORDER = "SMEB"
"""The positions of the first model; of equals the one that comes first is taken."""
LICENCE_FILE = "LICENCE.txt"
LICENCE = """\
words.dat holds the words of jieba with their frequencies and tags, and the probabilities of its
models, in another form.

The MIT License (MIT)

Copyright (c) 2013 Sun Junyi

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
DESCRIPTION = "words.yaml"

Leaves = Mapping[int, bytes]


class UnknownSourceError(Exception):
    """What was downloaded is not the source that is expected."""


def main(arguments: list[str] | None = None) -> int:
    """Build, or build aside and compare; the exit status is that of the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="words-") as folder:
        out = Path(folder) / "out"
        try:
            build(downloaded(Path(folder)), out)
        except subprocess.CalledProcessError as error:
            print(f"cannot get {PACKAGE} {VERSION}:\n{error.stderr}", file=sys.stderr)
            return 3
        except UnknownSourceError as error:
            print(error, file=sys.stderr)
            return 3
        if options.check:
            differences = list(compare(out, FILE.parent))
            print("".join(f"{line}\n" for line in differences), end="")
            return 1 if differences else 0
        shutil.copytree(out, FILE.parent, dirs_exist_ok=True)
    return 0


def downloaded(folder: Path) -> Path:
    """Download jieba and lay its files out in a folder; return the one of the package."""
    wanted = [f"{PACKAGE}=={VERSION}", "--no-deps", "--no-binary=:all:", "--dest", str(folder)]
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", *wanted],
        capture_output=True,
        text=True,
        check=True,
    )
    (archive,) = folder.glob("*.tar.gz")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != SHA256:
        raise UnknownSourceError(f"{archive.name} is another than expected: SHA-256 {digest}")
    with tarfile.open(archive) as files:
        files.extractall(folder, filter="data")
    return folder / f"{PACKAGE}-{VERSION}" / PACKAGE


def build(source: Path, out: Path) -> None:
    """Write the dictionary, its licence and its description to ``out``."""
    import yaml

    out.mkdir(parents=True, exist_ok=True)
    content = written(*parts_of(source))
    (out / FILE.name).write_bytes(content)
    (out / LICENCE_FILE).write_text(LICENCE, encoding="utf-8")
    described = {
        "source": {"package": PACKAGE, "version": VERSION, "sha256": SHA256},
        "file": FILE.name,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "licence": "MIT",
        "licence_file": LICENCE_FILE,
    }
    head = "# Written by tools/build_words.py.\n"
    text = yaml.safe_dump(described, sort_keys=False, width=100)
    (out / DESCRIPTION).write_text(head + text, encoding="utf-8")


def parts_of(source: Path) -> tuple[int, dict[str, Leaves]]:
    """Return the sum of all frequencies, and the parts by their names."""
    lines = (source / "dict.txt").read_text("utf-8").splitlines()
    words = sorted(tuple(line.split(" ")) for line in lines)
    cutting, tagging = source / "finalseg", source / "posseg"
    tags = sorted({tag for _, tag in literal(tagging / "prob_start.py")})
    cut = {position: POSITIONS.index(position) * TAGS for position in ORDER}
    tagged = {
        (position, tag): POSITIONS.index(position) * TAGS + k
        for position in POSITIONS
        for k, tag in enumerate(tags)
    }
    table = literal(tagging / "char_state_tab.py")
    seen = {
        state: {c: p for c, p in known.items() if state in table.get(c, ())}
        for state, known in literal(tagging / "prob_emit.py").items()
    }
    return sum(int(frequency) for _, frequency, _ in words), {
        "words": words_by_character(words),
        "cutting": by_character(literal(cutting / "prob_emit.py"), cut),
        "cutting_steps": steps(cutting, cut),
        "tagging": by_character(seen, tagged),
        "tagging_steps": steps(tagging, tagged),
        "simpler": {ord(line[0]): line[1:].encode() for line in simpler()},
        "tags": {0: " ".join(tags).encode("ascii")},
    }


def literal(path: Path) -> Any:  # noqa: ANN401 - dictionaries of several shapes
    """Return the value that a module of data assigns; the module is not run."""
    tree = ast.parse(path.read_text("utf-8"))
    (value,) = (part.value for part in tree.body if isinstance(part, ast.Assign))
    return ast.literal_eval(value)


def simpler() -> Iterator[str]:
    """Yield traditional characters with those that they are known by."""
    lines = TRADITIONAL.read_text("utf-8").splitlines()
    return (line for line in lines if not line.startswith("#"))


def words_by_character(words: Iterable[tuple[str, ...]]) -> Leaves:
    """Return the lines of words by the first character."""
    return {
        ord(first): "".join(["\n", *(f"{w[1:]} {f} {t}\n" for w, f, t in alike)]).encode()
        for first, alike in groupby(words, key=lambda word: word[0][0])
    }


def by_character(seen: Mapping[Any, Mapping[str, float]], numbers: Mapping[Any, int]) -> Leaves:
    """Return the states of characters with their probabilities, in the order of `numbers`."""
    found: dict[int, dict[int, float]] = {}
    for state, number in numbers.items():
        for character, probability in seen[state].items():
            found.setdefault(ord(character), {})[number] = probability
    return {key: states(known) for key, known in found.items()}


def steps(folder: Path, numbers: Mapping[Any, int]) -> Leaves:
    """Return the states that follow a state, and those that a model begins with."""
    found = {
        numbers[state]: {numbers[to]: probability for to, probability in following.items()}
        for state, following in literal(folder / "prob_trans.py").items()
    }
    starts = literal(folder / "prob_start.py")
    found[START] = {numbers[state]: p for state, p in starts.items() if p > NEVER}
    return {key: states(known) for key, known in found.items() if known}


def states(known: Mapping[int, float]) -> bytes:
    """Return states and their probabilities as a leaf."""
    return bytes(known) + struct.pack(f"<{len(known)}d", *known.values())


def written(total: int, parts: Mapping[str, Leaves]) -> bytes:
    """Return the file."""
    sizes, content = [], []
    for name in PARTS:
        leaves = dict(sorted(parts[name].items()))
        places = [0, *accumulate(map(len, leaves.values()))]
        sizes.append(SIZE.pack(len(leaves), places[-1]))
        numbers = [*leaves, *places]
        content += [struct.pack(f"<{len(numbers)}I", *numbers), *leaves.values()]
    return b"".join([HEAD.pack(MAGIC, total), *sizes, *content])


if __name__ == "__main__":
    raise SystemExit(main())
