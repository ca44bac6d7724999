"""What the report says of each class and change, in Chinese and English.

In: changes as the comparison found them. Out: sentences; lengths in millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.diagnostics import COLON, Language, Shown
from newsletter.review.classes import Change, ComparedPage, Kind

Words = Mapping[str, str]

KINDS: Mapping[Kind, Words] = {
    Kind.IDENTICAL: {"zh": "相同", "en": "identical"},
    Kind.IMPERCEPTIBLE: {"zh": "看不出差别", "en": "imperceptible"},
    Kind.COLOUR: {"zh": "颜色", "en": "colour"},
    Kind.MOVED: {"zh": "移动", "en": "moved"},
    Kind.PICTURE: {"zh": "图片", "en": "picture"},
    Kind.TYPE: {"zh": "字体", "en": "type"},
    Kind.REFLOW: {"zh": "重排", "en": "reflow"},
    Kind.TEXT: {"zh": "文字", "en": "text"},
    Kind.ORDER: {"zh": "次序", "en": "order"},
    Kind.SIZE: {"zh": "页面大小", "en": "page size"},
    Kind.REMOVED: {"zh": "删去的页", "en": "removed page"},
    Kind.NEW: {"zh": "新页", "en": "new page"},
}
SAID: Mapping[tuple[Kind, str], Words] = {
    (Kind.TEXT, "words"): {"zh": "{edit}", "en": "{edit}"},
    (Kind.TEXT, "head"): {"zh": "页边文字：{edit}", "en": "at the edge of the page: {edit}"},
    (Kind.ORDER, "words"): {
        "zh": "{count}字换了位置：{words}…",
        "en": "{count} {count:word stands|words stand} elsewhere now: {words}…",
    },
    (Kind.ORDER, "page"): {"zh": "这一页换了位置", "en": "this page stands elsewhere now"},
    (Kind.REFLOW, "lines"): {
        "zh": "{count}行重新断行或换页",
        "en": "{count} {count:line|lines} broken anew",
    },
    (Kind.TYPE, "letters"): {
        "zh": "{count}字的字体：{before} → {now}（{sample}…）",
        "en": "{count} {count:letter|letters}, {before} → {now} ({sample}…)",
    },
    (Kind.TYPE, "spacing"): {
        "zh": "{count}行的字距有变",
        "en": "{count} {count:line|lines} spaced anew",
    },
    (Kind.MOVED, "lines"): {
        "zh": "{count}行移动{way}（{sample}…）",
        "en": "{count} {count:line|lines} moved {way} ({sample}…)",
    },
    (Kind.MOVED, "head"): {"zh": "页眉或页码移动{way}", "en": "running head moved {way}"},
    (Kind.MOVED, "turned"): {
        "zh": "左右页互换，页眉和页码随之换边",
        "en": "left and right page changed places, and with them head and folio",
    },
    (Kind.MOVED, "picture"): {"zh": "图片移动{way}", "en": "a picture moved {way}"},
    (Kind.MOVED, "drawing"): {"zh": "图形移动{way}", "en": "a drawing moved {way}"},
    (Kind.PICTURE, "picture"): {"zh": "图片有变{sizes}", "en": "a picture changed{sizes}"},
    (Kind.PICTURE, "drawing"): {"zh": "图形或图片有变", "en": "a drawing or picture changed"},
    (Kind.COLOUR, "letters"): {
        "zh": "{count}字的颜色：{before} → {now}，ΔE {delta}",
        "en": "{count} {count:letter|letters}, {before} → {now}, ΔE {delta}",
    },
    (Kind.COLOUR, "drawing"): {
        "zh": "颜色：{before} → {now}，ΔE {delta}",
        "en": "colour {before} → {now}, ΔE {delta}",
    },
    (Kind.IMPERCEPTIBLE, "letters"): {
        "zh": "{count}字的颜色：{before} → {now}，ΔE {delta}，肉眼不辨",
        "en": "{count} {count:letter|letters}, {before} → {now}, ΔE {delta}: cannot be seen",
    },
    (Kind.IMPERCEPTIBLE, "drawing"): {
        "zh": "颜色：{before} → {now}，ΔE {delta}，肉眼不辨",
        "en": "colour {before} → {now}, ΔE {delta}: cannot be seen",
    },
    (Kind.SIZE, "page"): {"zh": "页面大小：{before} → {now}", "en": "page size {before} → {now}"},
    (Kind.NEW, "page"): {"zh": "基准样里没有这一页", "en": "the baseline has no such page"},
    (Kind.REMOVED, "page"): {"zh": "这一页已经没有了", "en": "this page is gone"},
}
EDIT: Mapping[str, Words] = {
    "replaced": {"zh": "“{before}”改为“{now}”", "en": "“{before}” became “{now}”"},
    "added": {"zh": "加上“{now}”", "en": "“{now}” was added"},
    "cut": {"zh": "删去“{before}”", "en": "“{before}” was cut"},
}
WAYS: Mapping[str, Words] = {
    "right": {"zh": "向右{mm}毫米", "en": "{mm} mm to the right"},
    "left": {"zh": "向左{mm}毫米", "en": "{mm} mm to the left"},
    "down": {"zh": "向下{mm}毫米", "en": "{mm} mm down"},
    "up": {"zh": "向上{mm}毫米", "en": "{mm} mm up"},
}
CAUSE: Words = {
    "zh": "从第{page}页起重排：{said}",
    "en": "reflow from page {page}: {said}",
}
SEPARATOR: Words = {"zh": "，", "en": ", "}
LONGEST = 60


def sentence(change: Change, language: Language) -> str:
    """Return what one change is."""
    return SAID[change.kind, change.what][language].format(
        count=Shown(change.count),
        before=shortened(change.before),
        now=shortened(change.now),
        edit=_edit(change, language),
        words=shortened(change.now or change.before),
        sample=shortened(change.context[0]),
        way=way(change.dx_mm, change.dy_mm, language),
        delta=f"{change.delta_e:.1f}",
        sizes=_sizes(change),
    )


def headline(page: ComparedPage, language: Language) -> str:
    """Return the class of a page, with how far it moved or where its reflow begins."""
    label = KINDS[page.kind][language]
    if page.cause is not None:
        said = sentence(page.cause.change, language)
        return CAUSE[language].format(page=page.cause.page, said=said)
    if page.kind is Kind.MOVED:
        return f"{label} {way(*page.shift, language)}".strip()
    return label


def way(dx_mm: float, dy_mm: float, language: Language) -> str:
    """Return in which direction and how far something went."""
    parts = []
    if abs(dx_mm) >= 0.01:  # noqa: PLR2004 - a hundredth of a millimetre is shown
        parts.append(_one_way("right" if dx_mm > 0 else "left", dx_mm, language))
    if abs(dy_mm) >= 0.01:  # noqa: PLR2004
        parts.append(_one_way("down" if dy_mm > 0 else "up", dy_mm, language))
    return SEPARATOR[language].join(parts)


def _one_way(name: str, length_mm: float, language: Language) -> str:
    return WAYS[name][language].format(mm=f"{abs(length_mm):.2f}".rstrip("0").rstrip("."))


def _edit(change: Change, language: Language) -> str:
    name = "replaced" if change.before and change.now else "added" if change.now else "cut"
    return EDIT[name][language].format(before=shortened(change.before), now=shortened(change.now))


def _sizes(change: Change) -> str:
    sizes = " → ".join(size for size in (change.before, change.now) if size)
    return f" {sizes}" if sizes and not sizes.startswith("#") else ""


def shortened(text: str) -> str:
    """Return a text, the middle of a long one left out."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 12]}……{text[-10:]}"


LABELS: Mapping[str, Words] = {
    "title": {"zh": "{issue}审校报告", "en": "Review of {issue}"},
    "against": {"zh": "与基准样比较：{label}", "en": "compared with: {label}"},
    "drawn": {"zh": "绘制：{renderer}", "en": "drawn by {renderer}"},
    "before": {"zh": "原来", "en": "before"},
    "now": {"zh": "现在", "en": "now"},
    "page": {"zh": "第{new}页", "en": "page {new}"},
    "page_was": {"zh": "第{new}页（原第{old}页）", "en": "page {new} (was {old})"},
    "page_lost": {"zh": "原第{old}页", "en": "page {old} before"},
    "views": {"zh": "显示方式", "en": "view"},
    "side": {"zh": "并排", "en": "side by side"},
    "swipe": {"zh": "卷帘", "en": "swipe"},
    "onion": {"zh": "叠加", "en": "onion skin"},
    "blink": {"zh": "交替", "en": "blink"},
    "difference": {"zh": "差异", "en": "difference"},
    "changed_only": {"zh": "只看有变动的页", "en": "changed pages only"},
    "marks": {"zh": "标出变动", "en": "mark changes"},
    "slider": {"zh": "位置或透明度", "en": "position or opacity"},
    "changes": {"zh": "变动", "en": "Changes"},
    "words": {"zh": "改动的文字", "en": "Words that changed"},
    "behind": {"zh": "对应的稿件行", "en": "Lines behind it"},
    "findings": {"zh": "检查结果", "en": "Findings"},
    "findings_general": {"zh": "不属于某页的检查结果", "en": "Findings of no single page"},
    "lines": {"zh": "行的统计", "en": "Lines"},
    "line_count": {"zh": "排满的行", "en": "filled lines"},
    "largest": {"zh": "最大字距增量", "en": "largest stretch"},
    "above": {"zh": "增量超过{limit}字的行", "en": "stretched by more than {limit} em"},
    "comments": {"zh": "批注", "en": "Comments"},
    "resolved": {"zh": "已解决", "en": "resolved"},
    "adrift": {"zh": "原处文字已不在", "en": "its place is gone"},
    "standing": {"zh": "批准", "en": "approval"},
    "rounds": {"zh": "审校轮次", "en": "Rounds"},
    "unsigned": {"zh": "未签", "en": "not signed"},
    "manuscript": {"zh": "稿件与版式的改动", "en": "What changed in manuscript and layout"},
    "metadata": {"zh": "文件信息的改动", "en": "What changed besides the pages"},
    "keys": {
        "zh": "键盘：j下一处，k上一处，1–5切换显示方式，空格键交替显示",
        "en": "keys: j and k next and previous, 1–5 views, space blinks",
    },
    "nothing": {"zh": "没有变动", "en": "nothing changed"},
    "approved": {"zh": "已批准", "en": "approved"},
    "rejected": {"zh": "退回", "en": "rejected"},
    "stale": {"zh": "批准后有改动", "en": "changed since approved"},
    "unseen": {"zh": "未审", "en": "not seen"},
    "picture_file": {"zh": "图片文件有变", "en": "the picture's file changed"},
    "folio_only": {"zh": "只有页码不同", "en": "only the folio differs"},
    "summary": {"zh": "概况", "en": "Summary"},
    "ems": {"zh": "{count}字", "en": "{count} em"},
    "share": {"zh": "{percent}%", "en": "{percent} %"},
    "counted": {"zh": "{what}（{count}）", "en": "{what} ({count})"},
    "colon": COLON,
    "comma": SEPARATOR,
    "between": {"zh": "、", "en": ", "},
}
"""The words of the report's own furniture."""

METADATA: Mapping[str, Words] = {
    "Title": {"zh": "标题", "en": "title"},
    "Author": {"zh": "作者", "en": "author"},
    "Subject": {"zh": "主题", "en": "subject"},
    "Keywords": {"zh": "关键词", "en": "keywords"},
    "Creator": {"zh": "创建程序", "en": "creator"},
    "Producer": {"zh": "生成程序", "en": "producer"},
    "Lang": {"zh": "语言", "en": "language"},
    "Outline": {"zh": "书签", "en": "bookmarks"},
    "Alt": {"zh": "替代文字", "en": "alternative text"},
}
"""What a PDF says besides its pages (ISO 32000-2, 14.3.3 and 14.9), by the keys it has there."""


def metadata_name(key: str, language: Language) -> str:
    """Return what a part of a PDF's metadata is called; the key where it is none of these."""
    return METADATA[key][language] if key in METADATA else key
