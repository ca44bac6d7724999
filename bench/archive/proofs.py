"""What the archive promises, tried: `python -m bench.archive.proofs`.

Prints, in Markdown: what other tools say of the bag of 2021; each damage and how it is named; what
a killed writer leaves, at random moments and before each operation; the bag of 2021 built again;
writers at once; and what a thousand issues cost in time and memory. Ends with status 1 if anything
is not as promised.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.archive.damage import DAMAGES, inflict, make
from bench.archive.killing import Death, kill_at_each_operation, kill_at_random, newsletter
from bench.archive.papers import deposit, write_paper
from newsletter.archive.accession import Terms, archive_issue
from newsletter.archive.audit import Scope, audit
from newsletter.archive.rebuild import rebuild
from newsletter.archive.stacks import Archive
from newsletter.diagnostics import entry

ROOT = Path(__file__).resolve().parents[2]
ISSUE = "2021"
Verdict = tuple[str, bool]
Proof = Callable[[Path, argparse.Namespace], Iterator[Verdict]]


def main(arguments: Sequence[str]) -> int:
    """Try everything that was chosen; 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.archive.proofs", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*PROOFS, []], default=[], help="only these")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--issues", type=int, default=1000)
    chosen = parser.parse_args(arguments)
    failed = False
    for name in chosen.names or PROOFS:
        print(f"\n## {name}\n", flush=True)
        with tempfile.TemporaryDirectory(prefix="newsletter-proof-") as folder:
            for line, good in PROOFS[name](Path(folder), chosen):
                failed |= not good
                print(f"- {'' if good else '**NOT**: '}{line}", flush=True)
            _free(Path(folder))
    return int(failed)


def _free(folder: Path) -> None:
    """Give back the right to remove what is in a folder."""
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


# Other tools --------------------------------------------------------------------------------


def others(folder: Path, _chosen: argparse.Namespace) -> Iterator[Verdict]:
    """Have bagit and ro-crate-py read the bag of 2021."""
    import bagit
    from rocrate.rocrate import ROCrate

    bag = archive_issue(Archive(folder / "archive"), ROOT, ISSUE, Terms()).folder
    other = bagit.Bag(str(bag))
    version = ".".join(map(str, other.version_info))
    yield f"bagit {bagit.VERSION}: valid, BagIt {version}, {other.algorithms}", other.validate()
    crate = ROCrate(str(bag / "data"))
    issue = crate.root_dataset["mainEntity"]
    parts = len(issue["hasPart"])
    files = len(crate.data_entities)
    yield f"ro-crate-py: {issue.type} of {parts} articles, {files} files", parts > 0


def again(folder: Path, _chosen: argparse.Namespace) -> Iterator[Verdict]:
    """Build the bag of 2021 from its own source in a folder far away."""
    archive = Archive(folder / "archive")
    bag = archive_issue(archive, ROOT, ISSUE, Terms())
    moved = Archive(Path(shutil.copytree(archive.folder, folder / "far" / "away")))
    begun = time.monotonic()
    found = rebuild(moved, bag.entry)
    took = time.monotonic() - begun
    yield f"the bag of {ISSUE}, elsewhere: byte-identical, {took:.1f} s", not found


# Damage -------------------------------------------------------------------------------------


def damages(folder: Path, _chosen: argparse.Namespace) -> Iterator[Verdict]:
    """Inflict each damage on an archive and see that it is named, and nothing else."""
    sound = make(folder / "sound" / "archive")
    for number, damage in enumerate(DAMAGES):
        archive = Path(shutil.copytree(sound, folder / str(number) / "archive"))
        inflict(damage, archive)
        found = audit(Archive(archive), Scope()).findings
        said = {(d.code, d.place.file if d.place else "") for d in found}
        names = ", ".join(f"{code} {entry(code).name} at {file}" for code, file in sorted(said))
        yield f"{damage.name}: {names}", said == set(damage.said)


# Killing ------------------------------------------------------------------------------------


def killing(folder: Path, chosen: argparse.Namespace) -> Iterator[Verdict]:
    """Kill `archive`, `archive add` and the taking in of a bag."""
    root = _publication(folder)
    archive = root / "archive"
    deposit(archive, "2001")
    pdf, metadata = write_paper(folder, "2002")
    add = ["archive", "add", str(pdf), "--metadata", str(metadata)]
    for command in (["archive", "one"], add):
        line = newsletter("-C", str(root), *command)
        deaths = list(kill_at_random(line, archive, chosen.kills))
        yield _told(f"{' '.join(command[:2])}, killed at random", deaths)
    deaths = list(kill_at_each_operation(archive, "2002"))
    yield _told("a bag taken in, killed before each operation", deaths)


def _told(what: str, deaths: Sequence[Death]) -> Verdict:
    bad = [death for death in deaths if death.findings or death.left_over]
    whole = sum(death.bags > 1 for death in deaths)
    said = f"{what}, {len(deaths)} times: {whole} whole bags, {len(deaths) - whole} none, "
    return f"{said}{len(bad)} with something wrong", not bad


def _publication(folder: Path) -> Path:
    """Begin a publication with the issue that `new` writes, called one."""
    root = folder / "publication"
    subprocess.run(newsletter("new", "publication", str(root)), check=True, capture_output=True)
    made = newsletter("-C", str(root), "new", "issue", "one")
    subprocess.run(made, check=True, capture_output=True)
    return root


def at_once(folder: Path, _chosen: argparse.Namespace) -> Iterator[Verdict]:
    """Have eight processes take in issues at the same time, two of them the same one."""
    archive = folder / "archive"
    issues = [f"200{number}" for number in range(1, 8)]
    names = [*issues, issues[-1]]
    running = []
    for number, name in enumerate(names):
        pdf, metadata = write_paper(folder / str(number), name)
        line = ("archive", "--archive", str(archive), "add", str(pdf), "--metadata", str(metadata))
        running.append(subprocess.Popen(newsletter(*line), stdout=subprocess.DEVNULL, cwd=folder))
    statuses = {process.wait() for process in running}
    result = audit(Archive(archive), Scope())
    good = statuses == {0} and not result.findings and len(result.checked) == len(issues)
    yield f"eight writers, two with the same issue: {len(result.checked)} bags, log sound", good


# Many ---------------------------------------------------------------------------------------


def many(folder: Path, chosen: argparse.Namespace) -> Iterator[Verdict]:
    """Take in a thousand issues and verify them, each in a process of its own."""
    archive = folder / "archive"
    for what, code in (("add", ADD), ("verify", VERIFY)):
        begun = time.monotonic()
        command = [sys.executable, "-c", code, str(archive), str(chosen.issues)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        took = time.monotonic() - begun
        each = took / chosen.issues * 1000
        said = done.stdout.strip() or done.stderr.strip()[-200:]
        yield (
            f"{what} {chosen.issues}: {took:.1f} s, {each:.1f} ms each, {said}",
            not done.returncode,
        )


PEAK = """
import resource, sys
from pathlib import Path
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
archive, count = Path(sys.argv[1]), int(sys.argv[2])
"""
ADD = (
    PEAK
    + """
from bench.archive.papers import deposit
deposit(archive, "I0")
first = peak()
for number in range(1, count):
    deposit(archive, f"I{number}")
print(f"peak memory {first} MiB after the first, {peak()} MiB after the last")
"""
)
VERIFY = (
    PEAK
    + """
from newsletter.archive.audit import Scope, audit
from newsletter.archive.stacks import Archive
marks = []
def progress(done, total, name):
    if done in (2, total): marks.append(peak())
result = audit(Archive(archive), Scope(), progress)
assert len(result.checked) == count and not result.findings, result.findings[:3]
print(f"peak memory {marks[0]} MiB at the first, {marks[-1]} MiB at the last")
"""
)

PROOFS: dict[str, Proof] = {
    "others": others,
    "again": again,
    "damages": damages,
    "killing": killing,
    "at-once": at_once,
    "many": many,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
