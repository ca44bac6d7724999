"""newsletter doctor: whether this machine has what a build needs; exit 3 if not."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from collections.abc import Iterator

import click

from newsletter.cache.place import cache_folder
from newsletter.cache.store import size_of
from newsletter.cli import Desk
from newsletter.commands import at_desk
from newsletter.diagnostics import Language

PACKAGES = ("weasyprint", "pikepdf", "pypdfium2", "pillow", "pydantic", "jinja2", "pyyaml")
WAYS = (
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 | "
    "dnf install pango harfbuzz | brew install pango"
)
REMEDY = {"en": f"install Pango and HarfBuzz: {WAYS}", "zh": f"请安装Pango和HarfBuzz：{WAYS}"}


@click.command("doctor")
@at_desk
def command(desk: Desk) -> None:
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
