"""The preview as somebody uses it: views, keys, overlays, verdicts, comments, live pages."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publication import article, edit
from running import Preview, running

from newsletter import checking
from newsletter.review.records import Approval, write_record

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = pytest.mark.slow
LONG = 60_000
SHARP = """[...document.querySelectorAll("#table .page")].every(
  (page) => page.dataset.wanted === page.querySelector("img").dataset.source)"""
"""Every page that is shown has the picture of the resolution that it is to have."""
OVERLAYS = {"margins": "m", "grid": "g", "trim": "t", "heat": "h", "order": "o", "contrast": "x"}


def seen(tab: Page) -> list[int]:
    figures = tab.locator("#table .page").all()
    return [int(figure.get_attribute("data-page") or 0) for figure in figures]


def settle(tab: Page) -> None:
    """Wait for the pictures; asked from outside, as the page forbids strings to be run as code."""
    for _ in range(LONG // 50):
        if tab.evaluate(SHARP):
            return
        tab.wait_for_timeout(50)
    raise AssertionError("the pictures do not come")


def drawn(tab: Page, number: int) -> str:
    """Return the digest of the picture that is shown of a page, as soon as one is."""
    return (
        until(tab, f".page[data-page='{number}'] img[data-digest]").get_attribute("data-digest")
        or ""
    )


def until(tab: Page, selector: str) -> Locator:
    found = tab.locator(selector).first
    found.wait_for(state="attached", timeout=LONG)
    return found


def pick(tab: Page, number: int, index: int = 0) -> None:
    """Click the middle of a block of a page."""
    told = tab.request.get(f"{tab.url.partition('#')[0]}blocks/{number}.json").json()
    left, top, width, height = told["blocks"][index]["box"]
    paper = tab.locator(f".page[data-page='{number}'] .paper")
    size = paper.bounding_box()
    assert size
    scale = size["width"] / 210
    paper.click(position={"x": (left + width / 3) * scale, "y": (top + height / 2) * scale})


def stepped(tab: Page, key: str) -> str:
    """Press a key that leads to another block and return the place that its slip tells."""
    tab.evaluate("document.querySelector('.slip')?.setAttribute('data-seen', '')")
    tab.keyboard.press(key)
    return until(tab, ".slip:not([data-seen]) a").text_content() or ""


def records(preview: Preview, kind: str) -> list[dict[str, object]]:
    folder = preview.root / "issues/one/review" / kind
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def saved(tab: Page, count: Callable[[], int], wanted: int) -> None:
    for _ in range(200):
        if count() == wanted:
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"{count()} records instead of {wanted}")


# Views


def test_pages_are_seen_as_spreads_singly_and_as_a_contact_sheet(tab: Page) -> None:
    assert seen(tab) == [1]
    tab.keyboard.press("ArrowRight")
    assert seen(tab) == [2, 3]
    tab.keyboard.press("1")
    assert seen(tab) == [2]
    tab.keyboard.press("3")
    assert seen(tab) == [1, 2, 3, 4, 5]
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    assert seen(tab) == [2, 3]
    tab.keyboard.press("End")
    assert seen(tab) == [4, 5]
    tab.keyboard.press("Home")
    assert seen(tab) == [1]


def test_the_same_by_hand(tab: Page) -> None:
    tab.click("[data-view=sheet]")
    tab.locator(".page[data-page='4'] .paper").click()
    assert seen(tab) == [4, 5]
    tab.click("[data-act=previous]")
    assert seen(tab) == [2, 3]
    tab.click("[data-view=single]")
    tab.click("[data-act=next]")
    assert seen(tab) == [3]


def test_a_page_number_is_typed(tab: Page) -> None:
    tab.keyboard.press("/")
    tab.keyboard.type("5")
    tab.keyboard.press("Enter")
    assert seen(tab) == [4, 5]


def test_pages_grow_and_fit_again_and_get_sharper(tab: Page) -> None:
    before = tab.locator(".paper").bounding_box()
    for _ in range(3):
        tab.keyboard.press("+")
    after = tab.locator(".paper").bounding_box()
    assert before
    assert after
    assert after["width"] == pytest.approx(2 * before["width"], rel=0.01)
    until(tab, ".page img[data-source*='dpi=144'], .page img[data-source*='dpi=216']")
    tab.keyboard.press("0")
    again = tab.locator(".paper").bounding_box()
    assert again
    assert again["width"] == pytest.approx(before["width"], rel=0.01)


def test_place_zoom_view_and_overlays_survive_a_reload(tab: Page) -> None:
    for key in ("1", "ArrowRight", "ArrowRight", "+", "m"):
        tab.keyboard.press(key)
    wide = tab.locator(".paper").bounding_box()
    tab.reload()
    until(tab, ".page[data-page='3'] img[data-digest]")
    until(tab, "g[data-overlay=margins] rect")
    assert seen(tab) == [3]
    again = tab.locator(".paper").bounding_box()
    assert wide
    assert again
    assert again["width"] == pytest.approx(wide["width"], rel=0.01)


# Keys


@pytest.mark.parametrize(("name", "key"), OVERLAYS.items())
def test_each_overlay_comes_and_goes_by_its_key_and_its_button(
    tab: Page, name: str, key: str
) -> None:
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press(key)
    shapes = "line" if name == "grid" else "rect"
    group = f".page[data-page='2'] g[data-overlay={name}]"
    until(tab, f"{group} {shapes}" if name != "contrast" else group)
    assert tab.locator(f"#overlays [data-overlay={name}][aria-pressed=true]").count() == 1
    tab.keyboard.press(key)
    assert tab.locator(group).count() == 0
    tab.click(f"#overlays [data-overlay={name}]")
    until(tab, group)


def test_the_bleed_shows_with_its_overlay(tab: Page) -> None:
    tab.keyboard.press("t")
    until(tab, ".page img[data-source*='bleed=1']")


def test_a_faint_text_is_shown_with_its_ratio(tab: Page, preview: Preview) -> None:
    edit(preview.root / "layouts/plain/style.css", "h1, h2", "h2 { color: #999 }\nh1, h2")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("x")
    assert until(tab, ".page[data-page='2'] .faint-ratio").text_content() == "2.85"


def test_the_help_sheet_lists_every_key_in_both_languages(tab: Page) -> None:
    tab.keyboard.press("?")
    assert tab.locator("#help kbd").count() >= 28
    assert "基线网格" in (tab.locator("#help").text_content() or "")
    tab.keyboard.press("?")
    assert not tab.locator("#help").is_visible()
    tab.keyboard.press("l")
    tab.keyboard.press("?")
    assert "Baseline grid" in (tab.locator("#help").text_content() or "")
    assert tab.locator("html").get_attribute("lang") == "en"
    words = tab.locator("body").text_content() or ""
    assert not re.search(r"待审|跨页|缩样|undefined", words)
    tab.keyboard.press("Escape")
    assert not tab.locator("#help").is_visible()


def test_the_panel_can_be_put_away(tab: Page) -> None:
    tab.keyboard.press("d")
    assert not tab.locator("#panel").is_visible()
    tab.keyboard.press("d")
    assert tab.locator("#panel").is_visible()


# Blocks and their lines of YAML


def test_a_click_shows_the_line_and_links_to_the_editor(tab: Page, preview: Preview) -> None:
    tab.keyboard.press("ArrowRight")
    until(tab, f"body[data-told='{preview.state()['number']}']")
    pick(tab, 3)
    link = tab.locator(".slip a")
    assert link.text_content() == "articles/second.yaml:2"
    path = article(preview.root, "second").as_posix()
    assert link.get_attribute("href") == f"vscode://file{path}:2"
    tab.keyboard.press("Escape")
    assert tab.locator(".slip").count() == 0


def test_blocks_are_walked_by_keys_and_their_place_is_copied(tab: Page, preview: Preview) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.keyboard.press("ArrowRight")
    until(tab, f"body[data-told='{preview.state()['number']}']")
    places = [stepped(tab, "j") for _ in range(4)]
    assert places[0] == "articles/first.yaml:2"
    assert "articles/second.yaml:2" in places
    assert stepped(tab, "k") == places[2]
    tab.keyboard.press("y")
    assert tab.evaluate("navigator.clipboard.readText()") == f"issues/one/{places[2]}"


def test_a_key_or_a_click_waits_until_it_is_known_what_stands_on_the_page(
    tab: Page, preview: Preview
) -> None:
    def late(route: Route) -> None:
        tab.wait_for_timeout(300)
        route.continue_()

    tab.route("**/blocks/2.json", late)
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("j")
    assert tab.locator(".slip a").text_content() == "articles/first.yaml:2"
    tab.reload()
    until(tab, ".page[data-page='2'] img[data-digest]")
    pick(tab, 2)
    assert tab.locator(".slip a").text_content() == "articles/first.yaml:2"


def test_another_editor_may_be_named(browser: Browser, root: Path) -> None:
    with running(root, "--editor", "idea://open?file={path}&line={line}") as preview:
        preview.wait()
        tab = browser.new_page()
        tab.goto(preview.url)
        until(tab, "body[data-status=ready] .page[data-page='1'] img[data-digest]")
        tab.keyboard.press("End")
        until(tab, f"body[data-told='{preview.state()['number']}']")
        pick(tab, 4)
        href = tab.locator(".slip a").get_attribute("href")
        assert href == f"idea://open?file={article(root, 'third').as_posix()}&line=2"
        tab.close()


# Verdicts and comments


def test_a_page_is_approved_and_rejected_by_key_and_by_button(tab: Page, preview: Preview) -> None:
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("a")
    until(tab, ".page[data-page='2'][data-verdict=approved]")
    tab.locator(".page[data-page='3'] [data-act=reject]").click()
    tab.keyboard.type("标题太长")
    tab.keyboard.press("Control+Enter")
    until(tab, ".page[data-page='3'][data-verdict=rejected]")
    kept = {record["page"]: record for record in records(preview, "approvals")}
    assert kept[2]["verdict"] == "approved"
    assert kept[2]["by"] == "李雷"
    assert (kept[3]["verdict"], kept[3]["note"]) == ("rejected", "标题太长")
    assert "1/5" in (tab.locator("#tally").text_content() or "")
    tab.keyboard.press("u")
    assert seen(tab) == [4, 5]


def test_a_page_is_rejected_with_a_reason_only(tab: Page, preview: Preview) -> None:
    tab.keyboard.press("3")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("r")
    tab.locator(".slip textarea").wait_for()
    tab.keyboard.press("Control+Enter")
    tab.locator(".slip textarea").fill("图太小")
    tab.keyboard.press("Control+Enter")
    until(tab, ".page[data-verdict=rejected]")
    assert [record["note"] for record in records(preview, "approvals")] == ["图太小"]


def test_a_verdict_is_taken_back_by_key_and_by_button(tab: Page, preview: Preview) -> None:
    tab.keyboard.press("ArrowRight")
    for take_back in (
        lambda: tab.keyboard.press("w"),
        lambda: tab.locator(".page[data-page='2'] [data-act=withdraw]").click(),
    ):
        tab.keyboard.press("a")
        until(tab, ".page[data-page='2'][data-verdict=approved]")
        take_back()
        until(tab, ".page[data-page='2'][data-verdict=open]")
    assert records(preview, "approvals") == []


def test_an_approval_ends_with_the_look_of_its_page(tab: Page, preview: Preview) -> None:
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("a")
    until(tab, ".page[data-page='2'][data-verdict=approved]")
    edit(article(preview.root, "first"), "第二段", "第三段")
    until(tab, ".page[data-page='2'][data-verdict=open]")
    assert "需重审" in (tab.locator(".page[data-page='2'] .verdict").text_content() or "")
    edit(article(preview.root, "first"), "第三段", "第二段")
    until(tab, ".page[data-page='2'][data-verdict=approved]")


def test_a_comment_on_a_block_is_kept_shown_answered_resolved_and_removed(
    tab: Page, preview: Preview
) -> None:
    tab.keyboard.press("ArrowRight")
    until(tab, f"body[data-told='{preview.state()['number']}']")
    pick(tab, 2, 1)
    tab.keyboard.press("c")
    tab.keyboard.type("请核对 <b>原文</b>")
    tab.keyboard.press("Control+Enter")
    until(tab, ".page[data-page='2'] .pin")
    (said,) = records(preview, "comments")
    assert (said["text"], said["by"]) == ("请核对 <b>原文</b>", "李雷")
    anchor = said["anchor"]
    assert isinstance(anchor, dict)
    assert (anchor["article"], anchor["element"], anchor["page"]) == ("first", "p", 2)
    assert anchor["text"].startswith("first的正文")
    assert tab.locator("#panel .said").text_content() == "请核对 <b>原文</b>"
    tab.locator("#panel [data-act=answer]").click()
    tab.keyboard.type("已核对")
    tab.keyboard.press("Control+Enter")
    until(tab, "#panel .answer")
    tab.locator("#panel [data-act=resolve]").click()
    until(tab, "#panel .comment.resolved")
    assert tab.locator(".pin").count() == 0
    tab.locator("#panel [data-act=remove]").click()
    until(tab, "#panel .comment:not(.resolved)")
    assert [record["text"] for record in records(preview, "comments")] == ["已核对"]


def test_a_comment_goes_with_its_block(tab: Page, preview: Preview) -> None:
    tab.keyboard.press("ArrowRight")
    until(tab, f"body[data-told='{preview.state()['number']}']")
    pick(tab, 3)
    tab.keyboard.press("c")
    tab.keyboard.type("标题")
    tab.keyboard.press("Control+Enter")
    until(tab, ".page[data-page='3'] .pin")
    edit(
        article(preview.root, "first"), "body: |\n", "body: |\n  新的一段。\n\n" + "  长。\n\n" * 60
    )
    until(tab, ".page[data-page='4'] .pin, .page[data-page='5'] .pin, #elsewhere .comment")
    assert preview.wait()["comments"][0]["page"] > 3


def test_without_git_the_author_is_asked_once(browser: Browser, root: Path) -> None:
    with running(root) as preview:
        preview.wait()
        context = browser.new_context()
        tab = context.new_page()
        tab.goto(preview.url)
        until(tab, "body[data-status=ready] .page img[data-digest]")
        tab.keyboard.press("a")
        until(tab, "#who[open]")
        tab.locator("#who input").fill("韩梅梅")
        tab.keyboard.press("Enter")
        until(tab, ".page[data-verdict=approved]")
        tab.keyboard.press("ArrowRight")
        tab.keyboard.press("a")
        until(tab, ".page[data-page='2'][data-verdict=approved]")
        assert {record["by"] for record in records(preview, "approvals")} == {"韩梅梅"}
        context.close()


def test_what_cannot_be_written_is_told_and_what_was_typed_stays(
    tab: Page, preview: Preview
) -> None:
    (preview.root / "issues/one/review").write_text("in the way", "utf-8")
    tab.keyboard.press("c")
    tab.keyboard.type("不能丢的话")
    tab.keyboard.press("Control+Enter")
    until(tab, "#toast.wrong")
    assert "N702" in (tab.locator("#toast").text_content() or "")
    assert tab.locator(".slip textarea").input_value() == "不能丢的话"
    (preview.root / "issues/one/review").unlink()
    tab.locator(".slip textarea").focus()
    tab.keyboard.press("Control+Enter")
    saved(tab, lambda: len(records(preview, "comments")), 1)


# Live


def test_an_edit_changes_its_page_alone_and_keeps_the_place(tab: Page, preview: Preview) -> None:
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("+")
    settle(tab)
    before = drawn(tab, 2), drawn(tab, 3)
    tab.evaluate("document.querySelector(\".page[data-page='2'] img\").dataset.mine = '1'")
    wide = tab.locator(".paper").first.bounding_box()
    edit(article(preview.root, "second"), "绿色发展", "绿色转型")
    until(tab, f".page[data-page='3'] img[data-digest]:not([data-digest='{before[1]}'])")
    assert drawn(tab, 2) == before[0]
    assert tab.locator(".page[data-page='2'] img[data-mine]").count() == 1
    assert tab.locator(".paper").first.bounding_box() == wide


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("layouts/plain/style.css", "margin: 20mm", "margin: 24mm"),
        ("layouts/plain/layout.yaml", '"width_mm": 210', '"width_mm": 200'),
        ("newsletter.yaml", "小报", "大报"),
        ("issues/one/issue.yaml", "第一号", "第二号"),
    ],
)
def test_layouts_styles_and_the_publication_are_live_too(
    tab: Page, preview: Preview, file: str, old: str, new: str
) -> None:
    before = drawn(tab, 1)
    edit(preview.root / file, old, new)
    until(tab, f".page[data-page='1'] img[data-digest]:not([data-digest='{before}'])")


def test_an_error_at_the_very_start_promises_no_last_pages(root: Path, browser: Browser) -> None:
    edit(article(root, "first"), "title:", "titel:")
    with running(root, "--by", "王芳") as preview:
        preview.wait("broken")
        page = browser.new_page(locale="zh-CN")
        page.goto(preview.url)
        text = until(page, "#broken:not([hidden]) .title").text_content() or ""
        status = page.locator("#status").text_content() or ""
        panel = page.locator("#panel").text_content() or ""
        page.close()
    assert "没有问题" not in panel
    assert "还排不出版面" in text
    assert "还排不出版面" in status
    assert "上一次" not in text + status


def test_who_rejected_a_page_is_named_alone(tab: Page, preview: Preview) -> None:
    digest = preview.state()["pages"][1]["digest"]
    first = {"page": 2, "digest": digest, "verdict": "approved", "by": "李明", "date": "2022-01-05"}
    write_record(preview.root, "one", Approval.model_validate(first))
    tab.keyboard.press("ArrowRight")
    tab.locator(".page[data-page='2'] [data-act=reject]").click()
    tab.keyboard.type("图太小")
    tab.keyboard.press("Control+Enter")
    until(tab, ".page[data-page='2'][data-verdict=rejected]")
    assert tab.locator(".page[data-page='2'] .verdict").text_content() == "已退回 李雷"


def test_a_broken_edit_shows_its_error_over_the_last_good_pages(
    tab: Page, preview: Preview
) -> None:
    before = drawn(tab, 1)
    edit(article(preview.root, "second"), "title:", "titel:")
    until(tab, "#broken [data-code=N104]")
    text = tab.locator("#broken").text_content() or ""
    assert "articles/second.yaml:2" in text
    assert "titel: second篇标题" in text
    assert "显示上一次的版面" in text
    assert drawn(tab, 1) == before
    tab.keyboard.press("Escape")
    assert not tab.locator("#broken").is_visible()
    tab.keyboard.press("ArrowRight")
    assert seen(tab) == [2, 3]
    edit(article(preview.root, "second"), "titel:", "title:")
    until(tab, "body[data-status=ready]:not(.is-broken)")


@pytest.mark.parametrize(
    ("old", "new"), [("title:", "titel:"), ("title: second", "title: [second")]
)
def test_of_a_broken_edit_nobody_says_that_it_has_no_problems(
    tab: Page, preview: Preview, old: str, new: str
) -> None:
    panel = tab.locator("#panel")
    assert "没有问题" in (panel.text_content() or "")
    edit(article(preview.root, "second"), old, new)
    until(tab, "body[data-status=broken].is-broken")
    assert panel.locator("> .nothing").first.text_content() == "排出版面后再查"
    assert panel.locator("h2 span").first.text_content() == ""
    assert "没有问题" not in (panel.text_content() or "")
    tab.keyboard.press("l")
    assert panel.locator("> .nothing").first.text_content() == (
        "looked for once the pages are laid out"
    )
    assert "no problems" not in (panel.text_content() or "")
    edit(article(preview.root, "second"), new, old)
    until(tab, "body[data-status=ready]:not(.is-broken)")
    assert "no problems" in (panel.text_content() or "")


def test_with_the_error_of_a_broken_file_stands_what_check_says_of_the_others(
    tab: Page, preview: Preview
) -> None:
    edit(article(preview.root, "third"), "第二段。", "第二段,有半角逗号。")
    edit(article(preview.root, "second"), "title: second", "title: [second")
    until(tab, "#broken .error")
    until(tab, "#broken .warning[data-code=N406]")
    until(tab, "body[data-status=broken]")
    told = [found["code"] for found in preview.wait("broken")["errors"]]
    assert told == [found.code for found in checking.check(preview.root, "one")]
    assert tab.locator("#broken .finding").count() == len(told)
    edit(article(preview.root, "second"), "title: [second", "title: second")
    until(tab, "body[data-status=ready]:not(.is-broken)")


def test_a_finding_stands_beside_its_page_with_a_link(tab: Page, preview: Preview) -> None:
    edit(article(preview.root, "third"), "第二段。", "第二段,有半角逗号。")
    tab.keyboard.press("End")
    finding = until(tab, "#panel > ul .finding.warning")
    assert "articles/third.yaml:6" in (finding.text_content() or "")


def test_two_tabs_see_the_same(tab: Page, preview: Preview) -> None:
    other = tab.context.new_page()
    other.goto(preview.url)
    until(other, "body[data-status=ready] .page img[data-digest]")
    tab.keyboard.press("a")
    until(other, ".page[data-page='1'][data-verdict=approved]")
    other.keyboard.press("c")
    other.keyboard.type("第一句")
    other.keyboard.press("Control+Enter")
    until(tab, ".page[data-page='1'] .pin")
    before = drawn(tab, 1)
    edit(preview.root / "newsletter.yaml", "小报", "大报")
    for one in (tab, other):
        until(one, f".page[data-page='1'] img[data-digest]:not([data-digest='{before}'])")
    other.close()


def test_what_is_being_written_survives_a_live_page(tab: Page, preview: Preview) -> None:
    before = drawn(tab, 1)
    tab.keyboard.press("c")
    tab.keyboard.type("写到一半")
    edit(preview.root / "newsletter.yaml", "小报", "大报")
    until(tab, f".page[data-page='1'] img[data-digest]:not([data-digest='{before}'])")
    assert tab.locator(".slip textarea").input_value() == "写到一半"


def test_an_approval_of_a_page_that_has_just_changed_is_refused(
    tab: Page, preview: Preview
) -> None:
    tab.route(
        "**/approvals",
        lambda route: route.continue_(
            post_data=json.dumps({"page": 1, "digest": "0" * 64, "verdict": "approved"})
        ),
    )
    tab.keyboard.press("a")
    until(tab, "#toast.wrong")
    assert records(preview, "approvals") == []


def test_the_end_of_the_server_is_told(tab: Page, preview: Preview) -> None:
    preview.process.send_signal(signal.SIGTERM)
    until(tab, "body.is-away")
    assert "断开" in (tab.locator("#status").text_content() or "")


def test_it_is_usable_on_a_tablet(browser: Browser, preview: Preview) -> None:
    context = browser.new_context(viewport={"width": 1024, "height": 768}, has_touch=True)
    tab = context.new_page()
    tab.goto(preview.url)
    until(tab, "body[data-status=ready] .page img[data-digest]")
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("#overlays button", "#views button", "figcaption button"):
        box = tab.locator(name).first.bounding_box()
        assert box
        assert min(box["height"], 40) >= 32
    tab.locator("[data-act=next]").tap()
    assert seen(tab) == [2, 3]
    until(tab, f"body[data-told='{preview.state()['number']}']")
    tab.locator(".page[data-page='2'] .paper").tap(position={"x": 90, "y": 40})
    until(tab, ".slip")
    context.close()
