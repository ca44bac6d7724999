"""Issues to measure with: the one of 2021, and ones grown from it.

In: how many times its articles are repeated, or how many issues there are to be. Out: a folder
with a publication. An issue's cover, chronicle and contacts stay as they are. And another issue in
the same layout.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
ISSUE = "2021"
LAYOUT, SPECIMEN = ROOT / "layouts" / "silkroad", "specimen"
EDITED = "articles/outlook-report.yaml"
WORDS = "介绍了报告", "说明了报告"
"""Words of that article, and others for them."""
ID = re.compile(r"^id: [\w-]+", re.MULTILINE)


def grown(folder: Path, times: int) -> Path:
    """Make a publication whose issue has each article `times` times; return its folder."""
    _publication(folder)
    issue = _issue(folder, ISSUE)
    content = _read(issue / "issue.yaml")
    for section in content["sections"]:
        if "articles" in section:
            section["articles"] = _repeated(issue, section["articles"], times)
    _write(issue / "issue.yaml", content)
    return folder


def many(folder: Path, count: int) -> Path:
    """Make a publication of `count` issues; return its folder."""
    _publication(folder)
    for number in range(1, count + 1):
        name = f"no-{number:03}"
        issue = _issue(folder, name)
        content = _read(issue / "issue.yaml")
        _write(issue / "issue.yaml", {**content, "id": name, "title": f"第{number}期"})
    return folder


def specimen(folder: Path) -> Path:
    """Make a publication whose issue is the specimen of the layout that 2021 is set in.

    It has texts and pictures of its own. Return its folder; the issue is named `SPECIMEN`.
    """
    issue = folder / "issues" / SPECIMEN
    shutil.copytree(LAYOUT / SPECIMEN, issue / SPECIMEN)
    shutil.copy(LAYOUT / f"{SPECIMEN}.yaml", issue / "issue.yaml")
    (issue / SPECIMEN / "newsletter.yaml").rename(folder / "newsletter.yaml")
    return folder


def edit(root: Path) -> None:
    """Change a word of one article, or change it back."""
    path = root / "issues" / ISSUE / EDITED
    text = path.read_text("utf-8")
    one, other = WORDS if WORDS[0] in text else WORDS[::-1]
    path.write_text(text.replace(one, other, 1), "utf-8")


def _publication(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "newsletter.yaml", folder)


def _issue(folder: Path, name: str) -> Path:
    issue = folder / "issues" / name
    passed = shutil.ignore_patterns("drawings", "__pycache__")
    shutil.copytree(ROOT / "issues" / ISSUE, issue, ignore=passed)
    return issue


def _repeated(issue: Path, articles: list[str], times: int) -> list[str]:
    found = []
    for number in range(times):
        for name in articles:
            other = name if number == 0 else name.replace(".yaml", f"-{number}.yaml")
            if number:
                text = (issue / name).read_text("utf-8")
                (issue / other).write_text(ID.sub(rf"\g<0>-{number}", text), "utf-8")
            found.append(other)
    return found


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
