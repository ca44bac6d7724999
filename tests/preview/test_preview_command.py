"""newsletter preview: which issue, which port, and how it ends."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import publication
import pytest
from click.testing import Result
from publication import article, edit
from running import HOST, Preview, running

from newsletter.commands.preview import chosen
from workshop import write

Run = Callable[..., Result]


def test_help_loads_no_web_server() -> None:
    code = (
        "import sys; from newsletter.cli import main_group\n"
        "try: main_group(['preview', '--help'])\n"
        "except SystemExit: print({'starlette', 'uvicorn', 'watchfiles'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.endswith("set()\n")


@pytest.mark.parametrize(
    ("ids", "newest"),
    [(["one"], "one"), (["2021", "2022"], "2022"), (["2021-9", "2021-10"], "2021-10")],
)
def test_without_an_issue_the_newest_is_chosen(tmp_path: Path, ids: list[str], newest: str) -> None:
    for name in ids:
        write(tmp_path / "issues" / name / "issue.yaml", "id: x\n")
    assert chosen(tmp_path, None) == newest


def test_a_publication_without_issues_is_told(run: Run, root: Path) -> None:
    for path in (root / "issues/one/articles").iterdir():
        path.unlink()
    (root / "issues/one/issue.yaml").unlink()
    result = run("preview", "--port", "0", at=root)
    assert (result.exit_code, "N742" in result.stderr) == (1, True)


def test_a_misspelt_issue_is_told_with_those_that_are(run: Run, root: Path) -> None:
    result = run("preview", "onne", "--port", "0", at=root)
    assert result.exit_code == 1
    assert "N132" in result.stderr
    assert "one" in result.stderr


@pytest.mark.parametrize("name", ["../one", "..", "", "one/../one", "/etc"])
def test_an_issue_is_a_name_not_a_path(run: Run, root: Path, name: str) -> None:
    assert run("preview", name, "--port", "0", at=root).exit_code == 1


@pytest.mark.parametrize("editor", ["vscode://file", "{path}:{line}", "x {path} {line}"])
def test_an_editor_is_a_url_with_path_and_line(run: Run, root: Path, editor: str) -> None:
    assert run("preview", "--editor", editor, at=root).exit_code == 2


def test_a_taken_port_is_told_with_the_way_out(run: Run, root: Path) -> None:
    with socket.socket() as door:
        door.bind((HOST, 0))
        door.listen()
        result = run("preview", "--port", str(door.getsockname()[1]), at=root)
    assert result.exit_code == 3
    assert "N741" in result.stderr
    assert "--port 0" in result.stderr


def test_it_listens_on_this_machine_alone(preview: Preview) -> None:
    told = Path(f"/proc/{preview.process.pid}/net/tcp")
    if not told.exists():
        pytest.skip("no /proc here")
    port = f":{preview.port:04X}"
    doors = [row.split()[1] for row in told.read_text("utf-8").splitlines()[1:]]
    assert {door for door in doors if door.endswith(port)} == {f"0100007F{port}"}


# How it ends


@pytest.mark.parametrize(
    ("how", "status"),
    [(signal.SIGINT, 0), (signal.SIGTERM, 128 + 15), (signal.SIGHUP, 128 + 1)],
)
def test_a_signal_ends_it_with_its_process_and_leaves_nothing(
    root: Path, how: int, status: int
) -> None:
    before = sorted(path for path in root.rglob("*"))
    with running(root, "--by", "李雷") as preview:
        preview.wait()
        listener = preview.connect()
        listener.sendall(f"GET /events HTTP/1.1\r\nHost: {preview.host}\r\n\r\n".encode())
        assert listener.recv(12) == b"HTTP/1.1 200"
        workers = preview.workers()
        assert workers
        edit(article(root, "first"), "第二段", "第三段")
        assert preview.stop(how) == status
        listener.close()
    assert not any(_runs(worker) for worker in workers)
    assert sorted(path for path in root.rglob("*")) == before


def _runs(number: int) -> bool:
    for _ in range(40):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return False
        if "Z" in Path(f"/proc/{number}/stat").read_text("utf-8").split(")")[-1].split()[0]:
            return False
        time.sleep(0.05)
    return True


def test_it_ends_while_the_first_pages_are_made(root: Path) -> None:
    with running(root) as preview:
        assert preview.stop(signal.SIGTERM) == 143


def test_a_killed_server_takes_its_process_along(root: Path) -> None:
    with running(root) as preview:
        preview.wait()
        workers = preview.workers()
        preview.stop(signal.SIGKILL)
    assert not any(_runs(worker) for worker in workers)


# What goes wrong meanwhile


def test_broken_yaml_at_the_start_is_shown_and_mended(root: Path) -> None:
    edit(article(root, "first"), "title:", "titel:")
    with running(root) as preview:
        state = preview.wait("broken")
        assert "N104" in [error["code"] for error in state["errors"]]
        assert state["pages"] == []
        edit(article(root, "first"), "titel:", "title:")
        assert len(preview.wait("ready")["pages"]) == 5


def test_a_deleted_article_and_a_deleted_issue_are_told_and_come_back(preview: Preview) -> None:
    file = article(preview.root, "second")
    text = file.read_text("utf-8")
    file.unlink()
    state = preview.wait("broken")
    assert [error["code"] for error in state["errors"]] == ["N101"]
    assert len(state["pages"]) == 5
    file.write_text(text, "utf-8")
    state = preview.wait("ready", state["number"])
    (preview.root / "issues/one").rename(preview.root / "away")
    state = preview.wait("broken", state["number"])
    assert "N132" in [error["code"] for error in state["errors"]]
    (preview.root / "away").rename(preview.root / "issues/one")
    preview.wait("ready", state["number"])


def test_an_editor_that_replaces_the_file_is_seen(preview: Preview) -> None:
    for number, name in enumerate(("newsletter.yaml", "issues/one/articles/first.yaml")):
        state = preview.state()
        file = preview.root / name
        beside = file.with_name(f".{file.name}.swp")
        beside.write_text(
            file.read_text("utf-8").replace("小报", "大报").replace("第一", "第九"), "utf-8"
        )
        beside.replace(file)
        after = preview.wait("ready", state["number"] + number)
        assert after["pages"] != state["pages"], name


def test_two_saves_within_50_ms_show_the_second(preview: Preview) -> None:
    state = preview.state()
    edit(article(preview.root, "second"), "绿色发展", "绿色转型")
    time.sleep(0.03)
    edit(article(preview.root, "second"), "绿色转型", "低碳转型")
    end = time.monotonic() + 60
    wanted = None
    while time.monotonic() < end:
        now = preview.wait("ready", state["number"])
        time.sleep(1)
        if preview.state()["number"] == now["number"]:
            wanted = now["pages"][2]["digest"]
            break
    from newsletter.review.proof import make_proof

    assert make_proof(preview.root, "one").pages[2].digest == wanted


def test_files_beside_files_lay_nothing_out(preview: Preview) -> None:
    number = preview.state()["number"]
    for name in (".first.yaml.swp", "first.yaml~", "4913", ".#first.yaml", "x.part"):
        (article(preview.root, "first").parent / name).write_text("x", "utf-8")
    time.sleep(1)
    assert preview.state()["number"] == number


def test_a_lost_process_is_started_again(preview: Preview) -> None:
    state = preview.state()
    (worker,) = [n for n in preview.workers() if "spawn_main" in _line(n)]
    os.kill(worker, signal.SIGKILL)
    preview.wait("ready", state["number"])
    edit(article(preview.root, "second"), "绿色发展", "绿色转型")
    after = preview.wait("ready", preview.state()["number"])
    assert after["pages"][2] != state["pages"][2]


def _line(number: int) -> str:
    return Path(f"/proc/{number}/cmdline").read_text("utf-8")


# Records


def test_a_full_disk_is_told_and_leaves_no_half_record(root: Path) -> None:
    """No file may grow beyond 2,000 bytes: writing ends in its midst, as on a full disk."""
    with running(root, "--by", "李雷") as preview:
        page = preview.wait()["pages"][0]
        resource.prlimit(preview.process.pid, resource.RLIMIT_FSIZE, (2000, 2000))
        wish = {"page": 1, "digest": page["digest"], "text": "字" * 5000, "x": 5, "y": 5}
        answer = preview.write("/comments", wish)
        assert answer.status == 507
        assert answer.data["problems"][0]["code"] == "N702"
        assert [p for p in (root / "issues/one/review").rglob("*") if p.is_file()] == []
        assert preview.write("/comments", wish | {"text": "短"}).status == 201


def test_nobody_known_is_asked_for(root: Path) -> None:
    with running(root) as preview:
        page = preview.wait()["pages"][0]
        wish = {"page": 1, "digest": page["digest"], "verdict": "approved"}
        answer = preview.write("/approvals", wish)
        assert (answer.status, answer.data["problems"][0]["code"]) == (409, "N765")
        assert preview.write("/approvals", wish | {"by": "韩梅梅"}).status == 201


def test_git_says_who_judges_and_nobody_can_pretend(root: Path) -> None:
    for command in (
        ["init", "-q"],
        ["config", "user.name", "韩梅梅"],
        ["config", "user.email", "h@x"],
    ):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    with running(root) as preview:
        page = preview.wait()["pages"][0]
        wish = {"page": 1, "digest": page["digest"], "verdict": "approved", "by": "李雷"}
        assert preview.write("/approvals", wish).status == 201
        (verdict,) = preview.state()["pages"][0]["verdicts"]
        assert verdict["by"] == "韩梅梅"


def test_a_record_that_comes_by_git_is_shown(preview: Preview) -> None:
    page = preview.state()["pages"][0]
    record = (
        f'{{"page": 1, "digest": "{page["digest"]}", "verdict": "rejected", "note": "",'
        ' "by": "韩梅梅", "date": "2021-12-31"}'
    )
    write(preview.root / "issues/one/review/approvals/x.json", record)
    for _ in range(100):
        if preview.state()["pages"][0]["verdicts"]:
            break
        time.sleep(0.1)
    assert preview.state()["pages"][0]["verdicts"][0]["by"] == "韩梅梅"
    write(preview.root / "issues/one/review/approvals/x.json", "<<<<<<< HEAD\n")
    for _ in range(100):
        if "N763" in (codes := [found["code"] for found in preview.state()["findings"]]):
            break
        time.sleep(0.1)
    assert codes == ["N763"]
    assert preview.state()["status"] == "ready"


def test_a_picture_that_changes_is_live(tmp_path: Path) -> None:
    shop = publication.make(tmp_path / "paper")
    file = article(shop.root, "second")
    more = "pictures:\n  - {id: square, file: square.svg, alt: 方块}\n"
    edit(file, "body: |\n", f"{more}body: |\n  ![](square)\n\n")
    with running(shop.root) as preview:
        state = preview.wait()
        write(
            shop.issue / "square.svg",
            (shop.issue / "square.svg").read_text("utf-8").replace("M0 0h8v8H0z", "M0 0h8v4H0z"),
        )
        after = preview.wait("ready", state["number"])
        changed = [
            a["number"] for a, b in zip(after["pages"], state["pages"], strict=True) if a != b
        ]
        assert changed == [3]


def test_pages_that_are_looked_at_are_noted_by_number(preview: Preview) -> None:
    assert preview.ask("GET", "/looked/2").status == 204
    assert preview.ask("GET", "/looked/99").status == 404
    assert preview.ask("GET", "/looked/first").status == 404
