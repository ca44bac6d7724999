"""Set up what a build needs: ``.venv``, the locked packages, the system libraries.

In: ``requirements.lock``, ``pyproject.toml`` and the Python that runs this file, which needs
nothing but its standard library.
Out: ``.venv`` with the locked packages and this project, a stamp in it that says what it was made
from, and the shared libraries that WeasyPrint loads.
Exit status: 0 done, 3 the machine lacks something, said by name and with how to get it.

A second run finds the stamp, installs nothing and prints nothing.  The stamp is written last and
taken away first, so that a set-up that was interrupted is made again from the beginning.

With the word ``judges`` it also installs the programs that tests and reports hold our files
against.  Where that cannot be done it says so and goes on: their tests are skipped by name.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import fcntl
import hashlib
import importlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
STAMP = "newsletter-setup.json"
JUDGES = "judges"
DONE = 0
LACKING = 3
INTERRUPTED = 130  # what a shell reports for a program ended by Ctrl-C

#: The tables of pyproject.toml that decide what is installed; a new linter rule reinstalls nothing.
INSTALL_TABLES = ("build-system", "project", "tool.hatch")

#: How often pip is started before its failure is believed: a cut connection may be whole again.
ATTEMPTS = 2

#: Where Homebrew keeps its libraries: Apple silicon, then Intel.
BREW_PREFIXES = ("/opt/homebrew", "/usr/local")


class LackingError(Exception):
    """The machine lacks something; the message names it and says how to get it."""


@dataclass(frozen=True)
class Manager:
    """A package manager: the systems it serves and the words that install with it.

    ``update`` and ``install`` are commands without the packages, ``update`` may be empty;
    ``by_itself`` says that this script may run them, ``as_root`` that they need the rights of root.
    """

    name: str
    systems: str
    advice: str
    update: tuple[str, ...] = ()
    install: tuple[str, ...] = ()
    by_itself: bool = False
    as_root: bool = True


_APT = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120")

APT = Manager(
    name="apt",
    systems="Debian, Ubuntu",
    advice="apt install",
    update=(*_APT, "update"),
    install=(*_APT, "install", "--yes", "--no-install-recommends"),
    by_itself=True,
)
DNF = Manager(
    name="dnf",
    systems="Fedora",
    advice="dnf install",
    install=("dnf", "--quiet", "--assumeyes", "--setopt=install_weak_deps=False", "install"),
    by_itself=True,
)
PACMAN = Manager(name="pacman", systems="Arch", advice="pacman -S")
APK = Manager(name="apk", systems="Alpine", advice="apk add")
BREW = Manager(
    name="brew",
    systems="macOS",
    advice="brew install",
    install=("brew", "install", "--quiet"),
    by_itself=True,
    as_root=False,
)
MANAGERS = (APT, DNF, PACMAN, APK, BREW)


@dataclass(frozen=True)
class Need:
    """Something the system provides: how to see that it is there, and its packages by manager."""

    title: str
    packages: Mapping[str, str]
    is_there: Callable[[], bool]


def main() -> int:
    """Set up the folder that this file belongs to; return the exit status."""
    try:
        set_up(ROOT)
        if JUDGES in sys.argv[1:]:
            invite_judges()
    except LackingError as lacking:
        say(str(lacking))
        return LACKING
    except OSError as error:  # a folder that may not be written, a disk that is full
        say(str(error))
        return LACKING
    except KeyboardInterrupt:
        say("interrupted; the next run starts the set-up anew")
        return INTERRUPTED
    return DONE


def set_up(root: Path) -> None:
    """Bring the system libraries and ``root/.venv`` to what the lock and the project ask for."""
    venv = root / ".venv"
    libraries = libraries_needed()
    wanted = wanted_stamp(root)
    if not missing(libraries) and read_stamp(venv) == wanted:
        return
    with alone(Path(__file__)):
        started = time.monotonic()
        found = read_stamp(venv)  # another run may have done the work while this one waited
        makes_venv = is_anew(found, wanted)
        provide(missing([*libraries, *([ensurepip_needed()] if makes_venv else [])]))
        if found == wanted:
            return
        if makes_venv:
            (venv / STAMP).unlink(missing_ok=True)
            make_venv(venv)
            install_locked(venv, root / "requirements.lock")
        write_stamp(venv, wanted | {"project": ""})
        install_project(venv, root)
        write_stamp(venv, wanted)
        say(f".venv is ready after {time.monotonic() - started:.0f} s")


# What is wanted, and what was made --------------------------------------------------------------


def wanted_stamp(root: Path) -> dict[str, str]:
    """Return the marks of a finished ``root/.venv``: its place, Python, lock and project.

    The place counts because the programs in a venv name it: a copied one runs the original.
    """
    return {
        "place": str(root / ".venv"),
        "python": f"{sys.implementation.cache_tag} {sysconfig.get_platform()}",
        "lock": hashlib.sha256((root / "requirements.lock").read_bytes()).hexdigest(),
        "project": project_digest((root / "pyproject.toml").read_bytes()),
    }


def project_digest(pyproject: bytes) -> str:
    """Return the SHA-256 of the tables of a pyproject.toml that decide what is installed."""
    document = tomllib.loads(pyproject.decode("utf-8"))
    tables = {name: _table(document, name) for name in INSTALL_TABLES}
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode("utf-8")).hexdigest()


def _table(document: object, name: str) -> object:
    for key in name.split("."):
        document = document.get(key) if isinstance(document, dict) else None
    return document


def read_stamp(venv: Path) -> dict[str, str]:
    """Return the marks that ``venv`` was finished with; none when it is half made or broken."""
    if not (venv / "bin" / "python").exists():  # also when the Python it links to is gone
        return {}
    try:
        marks = json.loads((venv / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return marks if isinstance(marks, dict) else {}


def write_stamp(venv: Path, marks: Mapping[str, str]) -> None:
    """Say in ``venv`` what of it is finished, in one step that cannot be half done."""
    draft = venv / f"{STAMP}.part"
    draft.write_text(json.dumps(marks, indent=2, sort_keys=True) + "\n", "utf-8")
    draft.replace(venv / STAMP)


def is_anew(found: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Say whether the venv has to be made again, not only the project installed in it again."""
    return any(found.get(mark) != wanted[mark] for mark in ("place", "python", "lock"))


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold the lock on the file ``lock``, so that two runs of make do not share one set-up."""
    with lock.open("r+b") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another make is setting up this folder; waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


# The system: libraries and what makes a venv ----------------------------------------------------


def libraries_needed() -> list[Need]:
    """Return the shared libraries that WeasyPrint 70 loads (its ``weasyprint/text/ffi.py``).

    HarfBuzz-Subset is optional there; here it is not, since without it other code subsets the
    fonts and the same issue gives other bytes.
    """
    pango = {"apt": "libpango-1.0-0", "dnf": "pango", "pacman": "pango", "brew": "pango"}
    pangoft2 = pango | {"apt": "libpangoft2-1.0-0"}
    harfbuzz = {"apt": "libharfbuzz0b", "dnf": "harfbuzz", "pacman": "harfbuzz", "brew": "harfbuzz"}
    subset = harfbuzz | {"apt": "libharfbuzz-subset0"}
    fontconfig = dict.fromkeys(("dnf", "pacman", "brew"), "fontconfig") | {"apt": "libfontconfig1"}
    return [
        _library("gobject-2.0", 0, pango),  # GLib comes with Pango everywhere
        _library("pango-1.0", 0, pango),
        _library("harfbuzz", 0, harfbuzz),
        _library("harfbuzz-subset", 0, subset),
        _library("fontconfig", 1, fontconfig),
        _library("pangoft2-1.0", 0, pangoft2),
    ]


def _library(stem: str, major: int, packages: Mapping[str, str]) -> Need:
    soname = f"lib{stem}.so.{major}"
    return Need(
        title=f"lib{stem}",
        packages={"apk": f"so:{soname}", **packages},  # apk takes a library's own name
        is_there=lambda: can_load(stem, soname),
    )


def can_load(stem: str, soname: str) -> bool:
    """Say whether the library loads, in the two ways that WeasyPrint's ``dlopen`` tries."""
    if _opens(soname):
        return True
    path = ctypes.util.find_library(stem)
    return path is not None and _opens(path)


def _opens(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def judges_needed() -> list[Need]:
    """Return what reads our PDFs and shows our pages in tests and reports, none of it by us."""
    poppler = dict.fromkeys(("apt", "dnf", "apk"), "poppler-utils")
    little_cms = {"apt": "liblcms2-2", "dnf": "lcms2", "pacman": "lcms2", "apk": "lcms2"}
    little_cms["brew"] = "little-cms2"
    mupdf = dict.fromkeys(("apt", "pacman", "apk", "brew"), "mupdf-tools")
    chromium = dict.fromkeys(("apt", "dnf", "pacman", "apk", "brew"), "chromium")
    return [
        _program("pdftotext", poppler | dict.fromkeys(("pacman", "brew"), "poppler")),
        _program("mutool", mupdf | {"dnf": "mupdf"}),
        _program("gs", dict.fromkeys(("apt", "dnf", "pacman", "apk", "brew"), "ghostscript")),
        _program("chromium", chromium),
        Need("Little CMS", little_cms, is_there=lambda: can_load("lcms2", "liblcms2.so.2")),
    ]


def _program(name: str, packages: Mapping[str, str]) -> Need:
    return Need(name, packages, is_there=lambda: shutil.which(name) is not None)


def invite_judges() -> None:
    """Install what of the judges is missing, or say why it is not there."""
    with alone(Path(__file__)):
        try:
            provide(missing(judges_needed()))
        except LackingError as lacking:
            say(f"{lacking}\ntests that need it are skipped")


def ensurepip_needed() -> Need:
    """Return what makes a venv with pip, which Debian keeps in a package of its own."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Need(
        title=f"ensurepip of Python {version}",
        packages={
            "apt": f"python{version}-venv",
            "dnf": "python3-libs",
            "pacman": "python",
            "apk": "python3",
            "brew": f"python@{version}",
        },
        is_there=_has_ensurepip,
    )


def _has_ensurepip() -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def missing(needs: Iterable[Need]) -> list[Need]:
    """Return the needs that this machine does not meet, after a look where Homebrew keeps its."""
    if sys.platform == "darwin":
        show_homebrew_libraries()
    return [need for need in needs if not need.is_there()]


def provide(needs: Sequence[Need]) -> None:
    """Install the packages of what is missing; raise LackingError where that cannot be done."""
    if not needs:
        return
    manager = package_manager(sys.platform, os_release(), shutil.which)
    if manager is None:
        raise LackingError(advice(needs, "no package manager is known for this system"))
    before = rights(manager)
    if before is None:
        raise LackingError(advice(needs, "that needs root, or sudo without a password"))
    packages = packages_of(needs, manager)
    say(f"installing with {manager.name}: {' '.join(packages)}")
    if manager.update:
        quietly([*before, *manager.update])  # a stale list of some other archive is no hindrance
    failure = quietly([*before, *manager.install, *packages])
    still = missing(needs)
    if still:
        why = failure.strip() or f"{manager.name} did, and they still do not load"
        raise LackingError(advice(still, why))


def packages_of(needs: Iterable[Need], manager: Manager) -> list[str]:
    """Return the names of the packages that meet the needs, each once."""
    return list(dict.fromkeys(need.packages[manager.name] for need in needs))


def package_manager(
    system: str, release: Mapping[str, str], which: Callable[[str], str | None]
) -> Manager | None:
    """Return the manager that this script may install with, or None.

    ``system`` is ``sys.platform``, ``release`` the fields of os-release: a Fedora that has
    apt-get for building packages is still a Fedora.
    """
    if system == "darwin":
        return BREW if which("brew") else None
    family = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    if family & {"debian", "ubuntu"}:
        return APT if which("apt-get") else None
    if family & {"fedora", "rhel", "centos"}:
        return DNF if which("dnf") else None
    return None


def os_release() -> dict[str, str]:
    """Return the fields of os-release, none where there is no such file."""
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def rights(manager: Manager) -> list[str] | None:
    """Return what to put before the manager's command: nothing, sudo, or None for no way.

    sudo is tried without a password first, and asks for one only where somebody can answer.
    """
    if not manager.as_root or os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if not quietly(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() and sys.stderr.isatty() else None


def advice(needs: Sequence[Need], why: str) -> str:
    """Return the message that names what is missing, and its packages for each system."""
    width = max(len(manager.systems) for manager in MANAGERS)
    lines = [
        f"missing: {', '.join(need.title for need in needs)}",
        f"could not install: {why}",
        "install it and run make again:",
    ]
    lines += [
        f"  {manager.systems:{width}}  {manager.advice} {' '.join(packages_of(needs, manager))}"
        for manager in MANAGERS
    ]
    return "\n".join(lines)


def show_homebrew_libraries() -> None:
    """Let this process find Homebrew's libraries, which only Homebrew's own Python looks for."""
    folders = homebrew_folders()
    if folders:
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", folders)


def homebrew_folders() -> str:
    """Return the library folders of Homebrew and of the system as one path, empty without it."""
    brewed = [f"{prefix}/lib" for prefix in BREW_PREFIXES if Path(prefix, "bin", "brew").exists()]
    return ":".join(dict.fromkeys([*brewed, "/usr/local/lib", "/usr/lib"])) if brewed else ""


# .venv ------------------------------------------------------------------------------------------


def make_venv(venv: Path) -> None:
    """Make ``venv`` from nothing, with the pip that this Python brings."""
    say(f"making .venv with Python {platform.python_version()}")
    python = getattr(sys, "_base_executable", sys.executable)  # make may run inside the old venv
    failure = quietly([python, "-I", "-m", "venv", "--clear", str(venv)])
    if failure:
        message = f"Python could not make .venv: {failure.strip()}"
        raise LackingError(message)
    if sys.platform == "darwin" and homebrew_folders():
        # System programs drop DYLD variables, so the venv's Python sets it for itself.
        site_packages = next(venv.glob("lib/python*/site-packages"))
        setting = f"os.environ.setdefault('DYLD_FALLBACK_LIBRARY_PATH', {homebrew_folders()!r})"
        (site_packages / "homebrew-libraries.pth").write_text(f"import os; {setting}\n", "utf-8")


def install_locked(venv: Path, lock: Path) -> None:
    """Install exactly what the lock names, each file checked against its hashes."""
    say(f"installing the packages of {lock.name}")
    pip(venv, ["install", "--require-hashes", "--requirement", str(lock)])


def install_project(venv: Path, root: Path) -> None:
    """Install the project itself in place, and see that the lock has all it depends on."""
    pip(venv, ["install", "--no-deps", "--no-build-isolation", "--editable", str(root)])
    disagreement = quietly([str(venv / "bin" / "python"), "-I", "-m", "pip", "check"])
    if disagreement:
        message = f"{disagreement.strip()}\npyproject.toml asks for more: run make lock"
        raise LackingError(message)
    # compiled once, for machines where Python is told not to: an issue that has not changed is
    # answered in less time than compiling takes
    quietly([str(venv / "bin" / "python"), "-I", "-m", "compileall", "-q", str(root / "src")])
    broken = quietly([str(venv / "bin" / "python"), "-I", "-c", "import weasyprint"])
    if broken:
        message = f"{broken.strip()}\nWeasyPrint is installed but cannot be loaded"
        raise LackingError(message)
    unready = quietly([str(venv / "bin" / "newsletter"), "doctor", "--prepare"])
    if unready:
        say(f"{unready}\nfirst builds will take longer: newsletter doctor --prepare failed")


def pip(venv: Path, arguments: Sequence[str]) -> None:
    """Run the venv's pip; raise LackingError with its words when it fails each time."""
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--retries", "5"]
    failure = ""
    for _ in range(ATTEMPTS):
        failure = quietly(
            [str(venv / "bin" / "python"), "-I", "-m", "pip", *arguments, *options],
        )
        if not failure:
            return
    message = f"pip could not install:\n{failure.strip()}"
    raise LackingError(message)


def quietly(command: Sequence[str]) -> str:
    """Run a command; return nothing when it succeeds, else what it said or that it said nothing."""
    try:
        done = subprocess.run(
            command,
            stdin=None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        return str(error)
    if done.returncode == 0:
        return ""
    return done.stdout.strip() or f"{command[0]} ended with {done.returncode}"


def say(message: str) -> None:
    """Write a message for the person at the terminal."""
    for line in message.splitlines():
        print(f"set-up: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
