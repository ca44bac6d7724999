"""What is measured: commands by name, each with what must be done before it.

In: a folder to work in. Out: `Entry` by name, in the order in which they run.
"""

from __future__ import annotations

import functools
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.speed import documents, issues
from newsletter.checking import compose
from newsletter.compose.galley import Galley
from newsletter.issue.loader import load_copy

BIN = Path(sys.executable).parent
TIMES = {"": 1, "-100": 5, "-400": 21}
"""How often the articles of 2021 are repeated for about 20, 100 and 400 pages."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ISSUES = 50
PROCESSES = 2
BUILD, CACHE = "build", "cache"
Prepare = Callable[[], object]
Commands = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """Commands that run side by side, what is done before, the PDF that comes of it."""

    commands: Commands
    target: Path | None = None
    prepare: Prepare = field(default=lambda: None)


def entries(folder: Path, count: int = ISSUES) -> Mapping[str, Callable[[], Entry]]:
    """Return what can be measured, by name; each is set up when it is called."""
    found: dict[str, Callable[[], Entry]] = {}
    for size, times in TIMES.items():
        work = _Work(folder / f"work{size}", times)
        found[f"build{size}"] = work.build
        found[f"weasyprint{size}"] = work.weasyprint
        found[f"typst{size}"] = work.typst
        found[f"chromium{size}"] = work.chromium
        found[f"xelatex{size}"] = work.xelatex
        if not size:
            found |= {
                "bare": work.bare,
                "new": work.new,
                "edited": work.edited,
                "unchanged": work.unchanged,
                "check": work.check,
                "check-unchanged": work.check_unchanged,
                "help": work.help,
            }
    shelf = _Shelf(folder / "shelf", count)
    return {**found, "all": shelf.build, "all-weasyprint": shelf.weasyprint}


def newsletter(root: Path, *arguments: str) -> list[str]:
    """Return a call of our command line, with a cache of its own in the publication's folder."""
    cache = f"NEWSLETTER_CACHE={root / CACHE}"
    return ["/usr/bin/env", cache, str(BIN / "newsletter"), "-C", str(root), *arguments]


def _forget(root: Path, *names: str) -> None:
    """Take away what builds have left in a publication's folder."""
    for name in names:
        shutil.rmtree(root / name, ignore_errors=True)


def weasyprint(page: Path, target: Path) -> list[str]:
    """Return a call of WeasyPrint's command line, for a tagged file as ours is."""
    return [str(BIN / "weasyprint"), "--pdf-variant", "pdf/ua-1", str(page), str(target)]


class AbsentError(Exception):
    """A tool is not installed."""


class _Work:
    """One issue, by every tool."""

    def __init__(self, folder: Path, times: int) -> None:
        self._folder = folder
        self._times = times

    @functools.cached_property
    def root(self) -> Path:
        return issues.grown(self._folder / "publication", self._times)

    @functools.cached_property
    def galley(self) -> Galley:
        return compose(load_copy(self.root, issues.ISSUE))

    @functools.cached_property
    def page(self) -> Path:
        return documents.write_html(self.galley, self.root)

    @property
    def target(self) -> Path:
        return self.root / "build" / issues.ISSUE / f"{issues.ISSUE}-screen.pdf"

    def build(self) -> Entry:
        """Build the issue from its sources, no build before it, as a new user does."""
        command = newsletter(self.root, "build", issues.ISSUE, "--profile", "screen")
        return Entry([command], self.target, lambda: _forget(self.root, BUILD, CACHE))

    def bare(self) -> Entry:
        """Build it where not even the installation has made anything ready."""
        return Entry(
            [["/usr/bin/env", "NEWSLETTER_SHELF=off", *self.build().commands[0]]],
            self.target,
            lambda: _forget(self.root, BUILD, CACHE),
        )

    def new(self) -> Entry:
        """Build it where only another issue has been built before, in the same layout."""
        return Entry(self.build().commands, self.target, self._keep_of_another)

    @functools.cached_property
    def _kept(self) -> Path:
        """The cache after a build of the layout's specimen."""
        other = issues.specimen(self._folder / "another")
        _run(newsletter(other, "build", issues.SPECIMEN, "--profile", "screen"))
        return other / CACHE

    def _keep_of_another(self) -> None:
        _forget(self.root, BUILD, CACHE)
        shutil.copytree(self._kept, self.root / CACHE)

    def edited(self) -> Entry:
        """Build it after a word of one article was changed, with what the last build has kept."""
        return Entry(self.build().commands, self.target, self._edit)

    def _edit(self) -> None:
        issues.edit(self.root)

    def unchanged(self) -> Entry:
        """Call the same command again, when nothing has changed."""
        command = self.build().commands[0]
        return Entry([command], self.target, lambda: self.target.exists() or _run(command))

    def check(self) -> Entry:
        """Say all that can be said without layout, after a word was changed."""
        return Entry([newsletter(self.root, "check", issues.ISSUE)], prepare=self._edit)

    def check_unchanged(self) -> Entry:
        """Call the same command again, when nothing has changed."""
        command = self.check().commands[0]
        return Entry([command], prepare=lambda: _run(command))

    def help(self) -> Entry:
        """List the commands."""
        return Entry([newsletter(self.root, "--help")])

    def weasyprint(self) -> Entry:
        """Call WeasyPrint on the page that we compose, with our fonts."""
        target = self.root / "weasyprint.pdf"
        return Entry([weasyprint(self.page, target)], target)

    def typst(self) -> Entry:
        """Call Typst on the same texts and pictures."""
        target, source = self.root / "typst.pdf", documents.write_typst(self.galley, self.root)
        fonts = self.root / "fonts"
        fonts.mkdir(exist_ok=True)
        for path in documents.SERIF.glob("*.otf"):
            if "rest" not in path.name:
                shutil.copy(path, fonts)
        script = Path(__file__).with_name("typst_print.py")
        command = [sys.executable, str(script), str(source), str(fonts), str(target)]
        return Entry([command], target)

    def chromium(self) -> Entry:
        """Have Chromium print the page that we compose."""
        browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
        if browser is None:
            raise AbsentError("chromium")
        target = self.root / "chromium.pdf"
        profile = f"--user-data-dir={self.root / 'profile'}"
        quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", profile]
        return Entry([[browser, *quiet, f"--print-to-pdf={target}", self.page.as_uri()]], target)

    def xelatex(self) -> Entry:
        """Call XeLaTeX once, on the same texts without the pictures."""
        program = shutil.which("xelatex")
        if program is None:
            raise AbsentError("xelatex")
        source = documents.write_xelatex(self.galley, self.root)
        where = f"-output-directory={self.root}"
        return Entry(
            [[program, "-interaction=batchmode", where, str(source)]], source.with_suffix(".pdf")
        )


class _Shelf:
    """Many issues, by ours and by WeasyPrint."""

    def __init__(self, folder: Path, count: int) -> None:
        self._folder, self._count = folder, count

    @functools.cached_property
    def root(self) -> Path:
        return issues.many(self._folder, self._count)

    def build(self) -> Entry:
        """Build every issue of a publication by one command."""
        return Entry(
            [newsletter(self.root, "build", "--all", "--profile", "screen")],
            prepare=lambda: _forget(self.root, BUILD, CACHE),
        )

    def weasyprint(self) -> Entry:
        """Call WeasyPrint's command line on each page, two at once."""
        commands = []
        for issue in sorted((self.root / "issues").iterdir()):
            page = documents.write_html(compose(load_copy(self.root, issue.name)), issue)
            commands.append(weasyprint(page, issue / "weasyprint.pdf"))
        listing = self.root / "pages.txt"
        listing.write_text("\n".join(" ".join(command) for command in commands), "utf-8")
        each = ["xargs", "-a", str(listing), "-P", str(PROCESSES), "-L", "1"]
        return Entry([[*each, "/usr/bin/env"]])


def _run(command: Sequence[str]) -> None:
    import subprocess

    from bench.speed.measure import environment

    subprocess.run(command, check=True, capture_output=True, env=environment())
