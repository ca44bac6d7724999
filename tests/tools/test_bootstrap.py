"""The set-up script: what it asks of a machine, and what it leaves behind.

Nothing is installed here: package managers, sudo, pip and the libraries are played.
"""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "tools" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bootstrap"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


bootstrap = _load()

PYPROJECT = """
[build-system]
requires = ["hatchling"]
[project]
name = "newsletter"
dependencies = ["click"]
[tool.hatch.build]
packages = ["src/newsletter"]
[tool.ruff]
line-length = 100
"""


def has(*programs: str) -> Callable[[str], str | None]:
    """Play ``shutil.which`` on a machine with these programs."""
    return lambda name: f"/usr/bin/{name}" if name in programs else None


def need(title: str = "libpango-1.0", *, there: bool = False) -> Any:  # noqa: ANN401 - a class of a module loaded by hand
    """Play something the system provides, there or not."""
    packages = {manager.name: f"{title}-{manager.name}" for manager in bootstrap.MANAGERS}
    return bootstrap.Need(title, packages, lambda: there)


class Machine:
    """Plays the commands of a machine: notes each one, fails those it is told to fail."""

    def __init__(self, failing: str = "") -> None:
        self.ran: list[list[str]] = []
        self.failing = failing

    def __call__(self, command: list[str]) -> str:
        self.ran.append(command)
        return "it failed" if self.failing and self.failing in " ".join(command) else ""

    @property
    def lines(self) -> list[str]:
        return [" ".join(command) for command in self.ran]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Play every command that the script starts."""
    played = Machine()
    monkeypatch.setattr(bootstrap, "quietly", played)
    return played


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout with a lock and a project, and no .venv."""
    (tmp_path / "requirements.lock").write_text("click==8\n")
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    return tmp_path


def play_venv(venv: Path) -> None:
    """Make the one file of a venv that the script looks at."""
    (venv / "bin").mkdir(parents=True, exist_ok=True)
    (venv / "bin" / "python").touch()


# Package managers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "release", "programs", "manager"),
    [
        ("linux", {"ID": "debian"}, ["apt-get"], "apt"),
        ("linux", {"ID": "ubuntu", "ID_LIKE": "debian"}, ["apt-get"], "apt"),
        ("linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, ["apt-get"], "apt"),
        ("linux", {"ID": "fedora"}, ["dnf"], "dnf"),
        ("linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, ["dnf"], "dnf"),
        ("linux", {"ID": "fedora"}, ["apt-get", "dnf"], "dnf"),
        ("darwin", {}, ["brew"], "brew"),
    ],
)
def test_the_system_decides_the_package_manager(
    system: str, release: dict[str, str], programs: list[str], manager: str
) -> None:
    assert bootstrap.package_manager(system, release, has(*programs)).name == manager


@pytest.mark.parametrize(
    ("system", "release", "programs"),
    [
        ("linux", {"ID": "arch"}, ["pacman"]),
        ("linux", {"ID": "alpine"}, ["apk"]),
        ("linux", {}, ["apt-get"]),
        ("linux", {"ID": "debian"}, []),
        ("darwin", {}, ["apt-get"]),
    ],
)
def test_no_manager_is_used_where_none_is_known(
    system: str, release: dict[str, str], programs: list[str]
) -> None:
    assert bootstrap.package_manager(system, release, has(*programs)) is None


def test_the_advice_names_the_packages_for_each_system() -> None:
    needs = [*bootstrap.libraries_needed(), bootstrap.ensurepip_needed()]
    lines = bootstrap.advice(needs, "no way").splitlines()
    offers = {line.split("  ")[1]: line for line in lines if line.startswith("  ")}

    assert list(offers) == ["Debian, Ubuntu", "Fedora", "Arch", "Alpine", "macOS"]
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert offers["Debian, Ubuntu"].endswith(
        "apt install libpango-1.0-0 libharfbuzz0b libharfbuzz-subset0 libfontconfig1 "
        f"libpangoft2-1.0-0 python{version}-venv",
    )
    assert "dnf install pango harfbuzz fontconfig" in offers["Fedora"]
    assert "pacman -S pango harfbuzz fontconfig" in offers["Arch"]
    assert "so:libharfbuzz-subset.so.0" in offers["Alpine"]
    assert "brew install pango harfbuzz fontconfig" in offers["macOS"]


def test_every_need_has_a_package_in_every_manager() -> None:
    for wanted in [*bootstrap.libraries_needed(), bootstrap.ensurepip_needed()]:
        assert set(wanted.packages) == {manager.name for manager in bootstrap.MANAGERS}


def test_the_libraries_are_those_that_weasyprint_loads() -> None:
    spec = importlib.util.find_spec("weasyprint")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    loaded = (Path(spec.submodule_search_locations[0]) / "text" / "ffi.py").read_text("utf-8")
    libraries = bootstrap.libraries_needed()
    sonames = {library.packages["apk"].removeprefix("so:") for library in libraries}
    optional = {"libharfbuzz-vector.so.0"}  # for SVG glyphs, with the newest HarfBuzz only
    quoted = {word for word in loaded.split("'") if word.startswith("lib") and ".so." in word}
    assert sonames == quoted - optional


def test_a_library_that_no_system_has_does_not_load() -> None:
    assert not bootstrap.can_load("newsletter-no-such", "libnewsletter-no-such.so.0")


# Installing what is missing ---------------------------------------------------------------------


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch, machine: Machine) -> Machine:
    """Play a Debian where this script is root."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(bootstrap, "os_release", lambda: {"ID": "debian"})
    monkeypatch.setattr(bootstrap.shutil, "which", has("apt-get"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return machine


def test_nothing_missing_runs_no_command(debian: Machine) -> None:
    bootstrap.provide([])
    assert debian.ran == []


def test_root_installs_what_is_missing_and_looks_again(debian: Machine) -> None:
    answers = iter([True])
    wanted = bootstrap.Need("libpango-1.0", {"apt": "libpango-1.0-0"}, lambda: next(answers))
    bootstrap.provide([wanted])
    assert [line.split("120 ")[1] for line in debian.lines] == [
        "update",
        "install --yes --no-install-recommends libpango-1.0-0",
    ]


def test_a_library_still_missing_after_the_install_is_said(debian: Machine) -> None:
    with pytest.raises(bootstrap.LackingError, match="still do not load"):
        bootstrap.provide([need()])


def test_a_failed_install_is_told_in_the_words_of_the_manager(debian: Machine) -> None:
    debian.failing = "install"
    with pytest.raises(bootstrap.LackingError, match="it failed"):
        bootstrap.provide([need()])


def test_without_root_or_sudo_nothing_is_installed(
    debian: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(bootstrap.LackingError, match="needs root") as lacking:
        bootstrap.provide([need()])
    assert debian.ran == []
    assert "pacman -S libpango-1.0-pacman" in str(lacking.value)


def test_an_unknown_system_is_told_every_name(
    debian: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "os_release", lambda: {"ID": "plan9"})
    with pytest.raises(bootstrap.LackingError, match="no package manager") as lacking:
        bootstrap.provide([need()])
    assert str(lacking.value).count("libpango-1.0-") == len(bootstrap.MANAGERS)


def play_terminal(monkeypatch: pytest.MonkeyPatch, *, somebody: bool) -> None:
    stream = SimpleNamespace(isatty=lambda: somebody)
    monkeypatch.setattr(bootstrap.sys, "stdin", stream)
    monkeypatch.setattr(bootstrap.sys, "stderr", stream)


@pytest.mark.parametrize(
    ("euid", "programs", "failing", "somebody", "expected"),
    [
        (0, [], "", False, []),
        (1000, ["sudo"], "", False, ["sudo", "-n"]),
        (1000, ["sudo"], "sudo -n", True, ["sudo"]),
        (1000, ["sudo"], "sudo -n", False, None),
        (1000, [], "", True, None),
    ],
)
def test_sudo_is_asked_for_a_password_only_where_somebody_can_answer(  # noqa: PLR0913, PLR0917 - a table
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    euid: int,
    programs: list[str],
    failing: str,
    somebody: bool,  # noqa: FBT001 - a column of the table
    expected: list[str] | None,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: euid)
    monkeypatch.setattr(bootstrap.shutil, "which", has(*programs))
    machine.failing = failing
    play_terminal(monkeypatch, somebody=somebody)
    assert bootstrap.rights(bootstrap.APT) == expected


def test_brew_is_never_run_through_sudo(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 501)
    assert bootstrap.rights(bootstrap.BREW) == []
    assert machine.ran == []


def test_homebrew_libraries_are_shown_to_this_python(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "brew").touch()
    monkeypatch.setattr(bootstrap, "BREW_PREFIXES", (str(tmp_path), str(tmp_path / "none")))
    monkeypatch.setattr(sys, "platform", "darwin")
    with monkeypatch.context() as around:
        around.setattr(os, "environ", {})
        bootstrap.missing([])
        found = os.environ["DYLD_FALLBACK_LIBRARY_PATH"]
    assert found == f"{tmp_path}/lib:/usr/local/lib:/usr/lib"


def test_without_homebrew_no_folder_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "BREW_PREFIXES", (str(tmp_path),))
    assert bootstrap.homebrew_folders() == ""


# The stamp --------------------------------------------------------------------------------------


def test_only_the_tables_that_decide_the_install_count() -> None:
    digest = bootstrap.project_digest(PYPROJECT.encode())
    assert digest == bootstrap.project_digest(PYPROJECT.replace("100", "99").encode())
    for change in (("click", "jinja2"), ("hatchling", "flit"), ("src/newsletter", "src")):
        assert digest != bootstrap.project_digest(PYPROJECT.replace(*change).encode())


def test_a_lock_or_a_place_that_differs_makes_the_venv_anew(checkout: Path) -> None:
    wanted = bootstrap.wanted_stamp(checkout)
    assert not bootstrap.is_anew(wanted, wanted)
    assert not bootstrap.is_anew(wanted | {"project": "other"}, wanted)
    for mark in ("lock", "place", "python"):
        assert bootstrap.is_anew(wanted | {mark: "other"}, wanted)
    assert bootstrap.is_anew({}, wanted)


def test_a_stamp_is_read_as_it_was_written(checkout: Path) -> None:
    venv = checkout / ".venv"
    play_venv(venv)
    wanted = bootstrap.wanted_stamp(checkout)
    bootstrap.write_stamp(venv, wanted)
    assert bootstrap.read_stamp(venv) == wanted
    assert sorted(path.name for path in venv.iterdir()) == ["bin", bootstrap.STAMP]


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_a_damaged_stamp_is_no_stamp(tmp_path: Path, text: str) -> None:
    play_venv(tmp_path)
    (tmp_path / bootstrap.STAMP).write_text(text)
    assert bootstrap.read_stamp(tmp_path) == {}


def test_a_venv_whose_python_is_gone_counts_as_none(checkout: Path) -> None:
    venv = checkout / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(checkout / "uninstalled")
    bootstrap.write_stamp(venv, bootstrap.wanted_stamp(checkout))
    assert bootstrap.read_stamp(venv) == {}


# The whole --------------------------------------------------------------------------------------


@pytest.fixture
def bare(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Play a machine that lacks nothing but the venv."""
    monkeypatch.setattr(bootstrap, "libraries_needed", list)
    monkeypatch.setattr(bootstrap, "make_venv", play_venv)
    return machine


def pip_calls(machine: Machine) -> list[str]:
    return [line.split(" -m pip ")[1] for line in machine.lines if " -m pip install" in line]


def test_the_first_run_installs_the_lock_by_its_hashes_then_the_project(
    bare: Machine, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bootstrap.set_up(checkout)
    locked, project = pip_calls(bare)
    assert locked.startswith(f"install --require-hashes --requirement {checkout}/requirements.lock")
    assert project.startswith(f"install --no-deps --no-build-isolation --editable {checkout}")
    assert "ready" in capsys.readouterr().err


def test_the_second_run_does_nothing_and_says_nothing(
    bare: Machine, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bootstrap.set_up(checkout)
    bare.ran.clear()
    capsys.readouterr()
    bootstrap.set_up(checkout)
    assert bare.ran == []
    assert capsys.readouterr() == ("", "")


def test_a_changed_project_is_installed_again_without_the_lock(
    bare: Machine, checkout: Path
) -> None:
    bootstrap.set_up(checkout)
    bare.ran.clear()
    (checkout / "pyproject.toml").write_text(PYPROJECT.replace('"newsletter"', '"newspaper"'))
    bootstrap.set_up(checkout)
    assert [call.split()[1] for call in pip_calls(bare)] == ["--no-deps"]


def test_an_interrupted_install_is_made_again(
    bare: Machine, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.set_up(checkout)
    (checkout / "requirements.lock").write_text("click==9\n")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(bootstrap, "install_locked", interrupted)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.set_up(checkout)
    assert bootstrap.read_stamp(checkout / ".venv") == {}
    bare.ran.clear()
    bootstrap.set_up(checkout)
    assert len(pip_calls(bare)) == 2


def test_pip_is_tried_again_before_its_failure_is_told(bare: Machine, checkout: Path) -> None:
    bare.failing = "--require-hashes"
    with pytest.raises(bootstrap.LackingError, match="it failed"):
        bootstrap.set_up(checkout)
    assert len(pip_calls(bare)) == bootstrap.ATTEMPTS
    assert bootstrap.read_stamp(checkout / ".venv") == {}


def test_a_lock_that_lacks_a_dependency_is_told_so(bare: Machine, checkout: Path) -> None:
    bare.failing = "pip check"
    with pytest.raises(bootstrap.LackingError, match="make lock"):
        bootstrap.set_up(checkout)


def test_an_engine_that_does_not_load_is_no_finished_set_up(bare: Machine, checkout: Path) -> None:
    bare.failing = "import weasyprint"
    with pytest.raises(bootstrap.LackingError, match="cannot be loaded"):
        bootstrap.set_up(checkout)
    assert bootstrap.read_stamp(checkout / ".venv")["project"] == ""


def test_what_first_builds_make_is_made_with_the_set_up(bare: Machine, checkout: Path) -> None:
    bootstrap.set_up(checkout)
    assert bare.lines[-1] == f"{checkout / '.venv' / 'bin' / 'newsletter'} doctor --prepare"


def test_a_set_up_without_a_shelf_is_finished(
    bare: Machine, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare.failing = "--prepare"
    bootstrap.set_up(checkout)
    assert "first builds will take longer" in capsys.readouterr().err
    assert bootstrap.read_stamp(checkout / ".venv") == bootstrap.wanted_stamp(checkout)


def test_a_second_make_waits_for_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "lock"
    lock.touch()
    script = (
        "import fcntl, sys, time; handle = open(sys.argv[1], 'r+b'); "
        "fcntl.flock(handle, fcntl.LOCK_EX); print('held', flush=True); time.sleep(0.5)"
    )
    with subprocess.Popen([sys.executable, "-c", script, lock], stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        with bootstrap.alone(lock):
            assert "another make" in capsys.readouterr().err
            with lock.open("r+b") as other, pytest.raises(BlockingIOError):
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_main_reports_what_is_lacking_with_status_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lacking(_: Path) -> None:
        raise bootstrap.LackingError(bootstrap.advice([need()], "no way"))

    monkeypatch.setattr(bootstrap, "set_up", lacking)
    assert bootstrap.main() == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert all(line.startswith("set-up: ") for line in err.splitlines())


def test_judges_that_cannot_be_installed_are_told_and_stop_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "set_up", lambda _root: None)
    monkeypatch.setattr(bootstrap.shutil, "which", has())
    monkeypatch.setattr(bootstrap, "package_manager", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "judges"])
    assert bootstrap.main() == 0
    told = capsys.readouterr().err
    assert "missing: pdftotext, mutool" in told
    assert "apt install poppler-utils mupdf-tools" in told
    assert "tests that need it are skipped" in told


def test_without_the_word_no_judge_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "set_up", lambda _root: None)
    monkeypatch.setattr(bootstrap, "invite_judges", lambda: pytest.fail("looked for"))
    monkeypatch.setattr(sys, "argv", ["bootstrap.py"])
    assert bootstrap.main() == 0


def test_a_folder_that_may_not_be_written_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied", ".venv")

    monkeypatch.setattr(bootstrap, "set_up", refused)
    assert bootstrap.main() == bootstrap.LACKING
    assert "Permission denied: '.venv'" in capsys.readouterr().err


def test_a_command_that_fails_without_a_word_still_fails() -> None:
    assert bootstrap.quietly([sys.executable, "-c", ""]) == ""
    assert "ended with 4" in bootstrap.quietly([sys.executable, "-c", "raise SystemExit(4)"])
    assert "boom" in bootstrap.quietly([sys.executable, "-c", "print('boom'); raise SystemExit(1)"])
    assert "newsletter-no-such" in bootstrap.quietly(["newsletter-no-such"])


# The choice of a Python, which the Makefile makes ------------------------------------------------


def play_python(folder: Path, name: str, *, new_enough: bool) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\nexit {0 if new_enough else 1}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this project's make in a world whose Pythons are those in ``folder``."""
    environment = {"PATH": f"{folder}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C"}
    return subprocess.run(
        ["make", "-C", str(ROOT), "--no-print-directory", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("old", "new", "chosen"),
    [
        ([], ["python3", "python3.14"], "python3"),
        (["python3"], ["python3.14", "python3.12"], "python3.14"),
        (["python3", "python3.14", "python3.13"], ["python3.12", "python3.11"], "python3.12"),
    ],
)
def test_the_first_python_that_is_new_enough_is_taken(
    tmp_path: Path, old: list[str], new: list[str], chosen: str
) -> None:
    for name in old:
        play_python(tmp_path, name, new_enough=False)
    for name in new:
        play_python(tmp_path, name, new_enough=True)
    done = make(tmp_path, "--dry-run", "setup")
    assert done.stdout.splitlines()[-1] == f'"{chosen}" tools/bootstrap.py'


def test_a_python_named_by_hand_is_taken_at_its_word(tmp_path: Path) -> None:
    done = make(tmp_path, "--dry-run", "setup", "PYTHON=/opt/my python/bin/python3")
    assert done.stdout.splitlines()[-1] == '"/opt/my python/bin/python3" tools/bootstrap.py'


def test_a_python_that_is_too_old_is_refused_in_a_sentence(tmp_path: Path) -> None:
    play_python(tmp_path, "python3", new_enough=False)
    done = make(tmp_path, "setup", "PYTHON=python3")
    assert "needs Python 3.11 or later, which python3 is not" in done.stderr
    assert "Error 3" in done.stderr


def test_the_version_asked_for_is_the_one_that_the_project_names() -> None:
    requires = 'requires-python = ">=3.11"'
    assert requires in (ROOT / "pyproject.toml").read_text("utf-8")
    assert "sys.version_info < (3, 11)" in (ROOT / "Makefile").read_text("utf-8")


# The repository ---------------------------------------------------------------------------------


def test_the_lock_has_a_hash_for_each_package_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    packages = [entry for entry in lock.replace("\\\n", " ").splitlines() if "==" in entry]
    assert packages
    assert [entry for entry in packages if "--hash=sha256:" not in entry] == []


def test_the_stamp_is_plain_json(checkout: Path) -> None:
    venv = checkout / ".venv"
    play_venv(venv)
    bootstrap.write_stamp(venv, bootstrap.wanted_stamp(checkout))
    assert set(json.loads((venv / bootstrap.STAMP).read_text())) == {
        "place",
        "python",
        "lock",
        "project",
    }
