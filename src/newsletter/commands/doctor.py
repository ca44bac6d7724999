"""newsletter doctor: whether this machine has what a build needs; exit 3 if not.

With `--prepare` it makes ready what every first build would make (see `stocking`).
"""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from newsletter.cache.place import SHELF_VARIABLE, cache_folder, shelf_folder
from newsletter.cache.store import size_of
from newsletter.cli import Desk
from newsletter.commands import at_desk
from newsletter.commands.tongue import Told
from newsletter.diagnostics import Language

PACKAGES = ("weasyprint", "pikepdf", "pypdfium2", "pillow", "pydantic", "jinja2", "pyyaml")
WAYS = (
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 | "
    "dnf install pango harfbuzz | brew install pango"
)
PREPARE = {
    "en": "newsletter doctor --prepare makes first builds a fifth shorter",
    "zh": "运行newsletter doctor --prepare，首次生成可快五分之一",
}
REMEDY = {"en": f"install Pango and HarfBuzz: {WAYS}", "zh": f"请安装Pango和HarfBuzz：{WAYS}"}


@click.command("doctor")
@click.option(
    "--prepare",
    is_flag=True,
    help="Make ready, for all users of this installation, what every first build makes.",
)
@at_desk
def command(desk: Desk, *, prepare: bool) -> None:
    """Look whether this machine has what a build needs, and say what is missing."""
    click.echo(f"Python {platform.python_version()} ({sys.platform})")
    lacking = list(_lacking())
    for name in PACKAGES:
        click.echo(f"{name} {importlib.metadata.version(name)}")
    if not lacking:
        for name, version in _libraries():
            click.echo(f"{name} {version}")
        click.echo(_dictionary(desk.language))
        click.echo(_cache(desk.language))
        if prepare:
            _prepare()
        click.echo(_shelf(desk.language))
        click.echo("一切齐备" if desk.language == "zh" else "everything is there")
        return
    for name in lacking:
        click.echo(f"✗ {name}", err=True)
    click.echo(REMEDY[desk.language], err=True)
    raise SystemExit(3)


def _dictionary(language: Language) -> str:
    """Say whose words headlines break by; raises `Refused` where the file is damaged."""
    from newsletter.typesetting.dictionary import examined

    return f"词典：{examined()}" if language == "zh" else f"dictionary: {examined()}"


def _cache(language: Language) -> str:
    """Say where the cache lies and how large it is, in MiB."""
    folder = cache_folder()
    if folder is None:
        return "缓存：关闭" if language == "zh" else "cache: off"
    size = f"{size_of(folder) / 1024 / 1024:.1f} MiB"
    return f"缓存：{folder}（{size}）" if language == "zh" else f"cache: {folder} ({size})"


def _prepare() -> None:
    """Put on the shelf what every first build makes; raises `Refused`, exits with 3."""
    from newsletter.commands.stocking import NotStockedError, stock
    from newsletter.writing import writing

    folder = shelf_folder()
    if folder is None:
        sentence = "{variable} is off: there is nothing to make ready"
        raise click.UsageError(Told(sentence, variable=SHELF_VARIABLE))
    try:
        with writing(folder):
            stock(Path(folder))
    except NotStockedError as error:
        click.echo(f"✗ {error}", err=True)
        raise SystemExit(3) from None


def _shelf(language: Language) -> str:
    """Say where the shelf lies, and how many results for the program as it is are on it."""
    from newsletter.commands.stocking import stocked

    folder = shelf_folder()
    if folder is None:
        return "预制：关闭" if language == "zh" else "shelf: off"
    count = stocked(Path(folder))
    if language == "zh":
        return f"预制：{folder}（{count}项）" if count else f"预制：无，{PREPARE['zh']}"
    return f"shelf: {folder} ({count} results)" if count else f"shelf: empty; {PREPARE['en']}"


def _lacking() -> Iterator[str]:
    """Yield the system libraries that cannot be loaded."""
    try:
        from weasyprint.text import ffi
    except OSError as error:
        yield str(error).split("\n")[0]
        return
    if getattr(ffi, "harfbuzz_subset", None) is None:
        yield "libharfbuzz-subset"


def _libraries() -> Iterator[tuple[str, str]]:
    from weasyprint.text.ffi import pango

    number = int(pango.pango_version())
    yield "Pango", f"{number // 10000}.{number // 100 % 100}.{number % 100}"
