"""What the archive's commands answer, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from newsletter.diagnostics import Language, Shown

KEPT = {"en": "archive/{name} is kept", "zh": "已归档：archive/{name}"}
STANDS = {
    "en": "archive/{name} holds just this already; nothing was written",
    "zh": "archive/{name}已是同样的内容，没有写入任何文件",
}
EMPTY = {"en": "the archive is empty", "zh": "档案是空的"}
MISSING = {"en": "(missing)", "zh": "（缺失）"}
VERIFIED = {"en": "{bags} verified: {summary}", "zh": "已核验{bags}：{summary}"}
RESUMED = {
    "en": "{resumed} of them in an earlier run that was interrupted; --restart begins anew",
    "zh": "其中{resumed}个在上次中断前已核验；--restart可从头开始",
}
SIGNED = {"en": "signed: {file}", "zh": "已签名：{file}"}
SIGNED_BY = {"en": "{name}: signed by {signer}", "zh": "{name}：签名者{signer}"}
BROKEN_LOG = {
    "en": "the log does not hold: do not note its last hash; take log.jsonl from a copy of the "
    "archive, then verify again",
    "zh": "日志的链条已经断开：请不要记录末行摘要；先从档案的副本中取回log.jsonl，再核验一次",
}
HEAD = {
    "en": "the log ends with {head}\n"
    "note this hash elsewhere: verify --head HASH then proves that the log's end was not cut off",
    "zh": "日志末行摘要：{head}\n"
    "请把它记在别处：以后用verify --head HASH可以证明日志末尾没有被截去",
}
REBUILT = {
    "en": "{name}: built again, every byte the same",
    "zh": "{name}：重新生成，逐字节相同",
}
SHOWN = {
    "en": {
        "lost": "  ITS FOLDER IS MISSING: only the log speaks of it",
        "damaged": "  DAMAGED, problems: {count}; what can be told is from the log:",
        "sound": "  looked at just now: every byte is as it was archived",
        "publisher": "  published by {value}",
        "period": "  period: {value}",
        "date": "  dated {value}",
        "pages": "  pages: {value}",
        "archived": "  built and kept on {time} (UTC), line {number} of the log",
        "added": "  made elsewhere, taken in as PDF on {time} (UTC), line {number} of the log",
        "reason": "  a new version because: {reason}",
        "despite": "  kept although problems spoke against it, because: {despite}",
        "size": "  files: {files}, {size}",
        "pdfs": "  the PDFs:",
        "source": "  its source is in data/source: 'newsletter archive restore' gives it back",
        "no source": "  it has no source: the PDF is all there is",
        "made": "  made with newsletter {version} and {libraries} (all in data/build.lock)",
        "seal": "  sealed by the SHA-256 of tagmanifest-sha256.txt: {seal}",
        "between": ", ",
        "articles": "  articles with their pages: {count}",
    },
    "zh": {
        "lost": "  文件夹缺失：只有日志中的记载",
        "damaged": "  已损坏，{count}个问题；以下内容来自日志：",
        "sound": "  刚刚核验：逐字节与归档时相同",
        "publisher": "  出版：{value}",
        "period": "  时段：{value}",
        "date": "  日期：{value}",
        "pages": "  共{value}页",
        "archived": "  {time}（UTC）生成并归档，日志第{number}行",
        "added": "  在别处制作，{time}（UTC）以PDF入档，日志第{number}行",
        "reason": "  新版本的原因：{reason}",
        "despite": "  有问题但仍归档，理由：{despite}",
        "size": "  {files}个文件，{size}",
        "pdfs": "  PDF：",
        "source": "  原稿在data/source：可用“newsletter archive restore”取回",
        "no source": "  没有原稿，只有PDF",
        "made": "  由newsletter {version}和{libraries}生成（详见data/build.lock）",
        "seal": "  封签（tagmanifest-sha256.txt的SHA-256）：{seal}",
        "between": "、",
        "articles": "  {count}篇文章及页码：",
    },
}
COMPARED = {
    "en": {
        "same": "the payloads are the same",
        "article": "article: {title}",
        "issue": "the issue and its sections:",
        "events": "chronicle, events:",
        "highlights": "chronicle, figures:",
        "contacts": "contacts:",
        "pages": "words of the pages:",
        "changed": "files changed: {count}",
        "added": "files came: {count}",
        "removed": "files went: {count}",
        "made of": "made of other inputs (manuscript, pictures, layout, by their digests):",
        "made": "made with other versions:",
    },
    "zh": {
        "same": "内容完全相同",
        "article": "文章：{title}",
        "issue": "本期及栏目：",
        "events": "大事记：",
        "highlights": "大事记中的数字：",
        "contacts": "联系方式：",
        "pages": "各页文字：",
        "changed": "{count}个文件有改动：",
        "added": "新增{count}个文件：",
        "removed": "减少{count}个文件：",
        "made of": "所用稿件、图片、版式的变化（摘要）：",
        "made": "制作环境的变化：",
    },
}

TOOL: Mapping[str, Mapping[str, str]] = {
    "en": {"version": "newsletter", "code": "newsletter's code"},
    "zh": {"version": "newsletter", "code": "newsletter的程序代码"},
}
"""What a recipe has of the tool."""


def bags(count: int, language: Language) -> str:
    """Return so many bags in words."""
    if language == "zh":
        return f"{count}个包"
    return f"{count} {Shown(count):bag|bags}"


def size(octets: int) -> str:
    """Return a number of bytes as a person reads it."""
    return f"{octets / 1e6:.1f} MB" if octets >= 1e6 else f"{octets / 1e3:.0f} kB"  # noqa: PLR2004
