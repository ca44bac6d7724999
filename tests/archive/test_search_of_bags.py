"""From an issue to its bag, from the bag to search and site: the line as a user goes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commandline import Run


@pytest.mark.slow
def test_what_was_archived_is_found_shown_and_still_proven(run: Run, small: Path) -> None:
    (issue,) = (small / "issues").iterdir()
    kept = run("archive", issue.name, at=small)
    assert kept.exit_code == 0, kept.stderr
    contents = json.loads(
        (small / f"archive/{issue.name}/v1/data/articles.json").read_text("utf-8")
    )
    article = contents["articles"][0]
    found = run("archive", "search", f'"{article["title"]}"', "--format", "json", at=small)
    hit = json.loads(found.stdout)["hits"][0]
    assert (hit["issue"], hit["article"]) == (issue.name, article["id"])
    assert article["first_page"] <= hit["page"] <= article["last_page"]
    made = run("archive", "site", "--format", "json", at=small)
    assert made.exit_code == 0, made.stderr
    site = small / "build" / "site" / "issues" / issue.name
    assert (site / "cover.jpg").is_file()
    assert list(site.glob("*.pdf"))
    assert list((site / "pages").glob("*.jpg"))
    assert run("archive", "verify", at=small).exit_code == 0


@pytest.mark.slow
def test_an_archive_elsewhere_is_searched_without_a_publication(
    run: Run, small: Path, tmp_path: Path
) -> None:
    (issue,) = (small / "issues").iterdir()
    elsewhere = tmp_path / "shelf"
    run("archive", "--archive", str(elsewhere), issue.name, at=small)
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    found = run("archive", "--archive", str(elsewhere), "search", "--year", "1900-2100", at=nowhere)
    assert found.exit_code == 0, found.stderr
    site = run(
        "archive", "--archive", str(elsewhere), "site", "-o", str(tmp_path / "site"), at=nowhere
    )
    assert site.exit_code == 0, site.stderr
    assert (tmp_path / "site" / "index.html").is_file()
