"""The wheel: all that a press needs travels in it, and nothing else."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "newsletter"
DATA = ("layouts", "fonts", "profiles")
RUBBISH = {"__pycache__", ".DS_Store"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as ``make wheel`` does, into a folder of its own."""
    folder = tmp_path_factory.mktemp("dist")
    run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        cwd=folder,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """Return the names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def run(command: list[object], cwd: Path) -> str:
    """Run a command far from this checkout's environment; return its output, fail with it."""
    apart = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in apart and not name.startswith("COV_")
    }
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def files_under(folder: Path) -> set[Path]:
    """Return the files under a folder, relative to it, without what Python and desktops drop."""
    return {
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.is_file() and not RUBBISH & set(path.parts) and path.suffix != ".pyc"
    }


def test_every_module_and_catalogue_is_in_the_wheel(names: set[str]) -> None:
    expected = {f"newsletter/{path.as_posix()}" for path in files_under(PACKAGE)}
    assert "newsletter/py.typed" in expected
    assert any(name.startswith("newsletter/catalogue/") for name in expected)
    assert expected - names == set()


@pytest.mark.parametrize("kind", DATA)
def test_layouts_fonts_and_profiles_are_in_the_wheel(names: set[str], kind: str) -> None:
    expected = {f"newsletter/_data/{kind}/{path.as_posix()}" for path in files_under(ROOT / kind)}
    assert expected, f"{kind}/ of the checkout is empty"
    assert expected - names == set()


def test_nothing_else_is_in_the_wheel(names: set[str]) -> None:
    modules = {f"newsletter/{path.as_posix()}" for path in files_under(PACKAGE)}
    data = tuple(f"newsletter/_data/{kind}/" for kind in DATA)
    others = {name for name in names - modules if not name.startswith(data)}
    assert {name.split("/")[0].split("-")[0] for name in others} == {"newsletter"}
    assert [name for name in others if ".dist-info/" not in name] == []
    assert [name for name in names if name.endswith(".pyc") or "__pycache__" in name] == []


def test_an_installed_wheel_builds_the_first_issue_of_a_new_publication(
    wheel: Path, tmp_path: Path
) -> None:
    programs = install(wheel, tmp_path / "venv")
    newsletter = programs / "newsletter"
    where = run(
        [programs / "python", "-c", "import newsletter; print(newsletter.__file__)"], tmp_path
    )
    assert Path(where.strip()).is_relative_to(tmp_path / "venv"), "another newsletter was found"

    run([newsletter, "new", "publication", "mine"], cwd=tmp_path)
    run([newsletter, "new", "issue", "2022-01"], cwd=tmp_path / "mine")
    run([newsletter, "build", "2022-01"], cwd=tmp_path / "mine")

    made = tmp_path / "mine" / "build" / "2022-01"
    for profile in ("screen", "print"):
        assert (made / f"2022-01-{profile}.pdf").read_bytes().startswith(b"%PDF-")


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel in a venv that sees this one's packages; return its programs.

    Nothing is downloaded: the dependencies come from here.  The project as it lies in this
    checkout does not, since a ``.pth`` in a folder named by another ``.pth`` is not read.
    """
    venv.create(folder, with_pip=False, symlinks=True)
    programs = folder / "bin"
    (packages,) = folder.glob("lib/python*/site-packages")
    dependencies = [path for path in site.getsitepackages() if Path(path).is_dir()]
    (packages / "dependencies.pth").write_text("\n".join(dependencies) + "\n")
    pip = [sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet"]
    run([*pip, "--no-deps", "--no-index", "--force-reinstall", wheel], cwd=folder)
    return programs
