// The application's own words in both languages, and which of the two is spoken.

const WORDS = {
  zh: {
    single: "单页", spread: "跨页", sheet: "缩样", help: "帮助", language: "EN", panel: "边栏",
    setting: "正在排版…", ready: "已是最新", broken: "稿件有误，显示上一次的版面", unset: "稿件有误，还排不出版面", lost: "排版进程已终止",
    away: "与预览服务断开，正在重连…", empty: "还没有可显示的版面",
    margins: "版心与栏", grid: "基线网格", trim: "裁切线、出血与安全区", heat: "行的疏密", order: "文本块与阅读顺序", contrast: "对比度不足",
    margins1: "版", grid1: "网", trim1: "裁", heat1: "密", order1: "序", contrast1: "辨",
    approve: "批准", reject: "退回", withdraw: "撤回", comment: "批注", approved: "已批准", rejected: "已退回", open: "待审", again: "有改动，需重审",
    tally: "已批准 {n}/{all}", edit: "打开编辑器", copy: "复制", copied: "已复制 {what}", save: "保存", cancel: "取消",
    resolve: "标为已解决", reopen: "重新打开", remove: "删除", answer: "回复", page: "第{n}页", onPages: "当前页", whole: "本期其他问题", comments: "批注",
    none: "没有问题", unknown: "排出版面后再查", noComments: "没有批注", unsure: "原文已不在，显示在原来的位置", hint: "提示", who: "审校人姓名", whoWhy: "git没有配置姓名；批准和批注都要署名。",
    stale: "页面已更新，请看过再审", token: "预览已重新启动，请刷新页面", saved: "已保存", note: "退回的理由", keys: "键盘", close: "关闭",
    block: "下一块 / 上一块", flip: "翻页", ends: "首页 / 末页", number: "输入页码", zoom: "放大 / 缩小 / 适合窗口", unapproved: "下一个待审页",
    enter: "打开选中的缩样", escape: "关闭、取消选择", write: "写批注（Ctrl+Enter保存）", click: "点击页面上任何一块，可见它来自YAML的哪一行。",
    worst: "对比度 {r}", fit: "适合", said: "{by}：{what}",
  },
  en: {
    single: "Page", spread: "Spread", sheet: "Sheet", help: "Help", language: "中", panel: "Panel",
    setting: "laying out…", ready: "up to date", broken: "the copy has errors; these are the last good pages", unset: "the copy has errors; nothing could be laid out yet", lost: "the layout process has ended",
    away: "no connection to the preview; trying again…", empty: "no pages to show yet",
    margins: "Margins and columns", grid: "Baseline grid", trim: "Trim, bleed and safe area", heat: "Stretch of lines", order: "Text boxes and reading order", contrast: "Contrast failures",
    margins1: "M", grid1: "G", trim1: "T", heat1: "H", order1: "O", contrast1: "X",
    approve: "Approve", reject: "Reject", withdraw: "Withdraw", comment: "Comment", approved: "approved", rejected: "rejected", open: "to be reviewed", again: "changed since it was reviewed",
    tally: "{n}/{all} approved", edit: "Open in editor", copy: "Copy", copied: "copied {what}", save: "Save", cancel: "Cancel",
    resolve: "Done", reopen: "Reopen", remove: "Delete", answer: "Reply", page: "Page {n}", onPages: "On these pages", whole: "Elsewhere in the issue", comments: "Comments",
    none: "no problems", unknown: "looked for once the pages are laid out", noComments: "no comments", unsure: "its words are gone; this is where it stood", hint: "hint", who: "Name of the reviewer", whoWhy: "git has no name configured; approvals and comments are signed.",
    stale: "the page has just changed; look again", token: "the preview was started anew; load this page again", saved: "saved", note: "Why it is rejected", keys: "Keyboard", close: "Close",
    block: "next / previous block", flip: "turn pages", ends: "first / last page", number: "type a page number", zoom: "larger / smaller / fit the window", unapproved: "next page to be reviewed",
    enter: "open the page of the contact sheet", escape: "close, select nothing", write: "write a comment (Ctrl+Enter saves)", click: "Click any block on a page to see the YAML line it came from.",
    worst: "contrast {r}", fit: "Fit", said: "{by}: {what}",
  },
};

let spoken = document.documentElement.lang === "zh" ? "zh" : "en";

export const language = () => spoken;

export function speak(wanted) {
  spoken = wanted;
  document.documentElement.lang = wanted;
}

export function say(name, values = {}) {
  const text = WORDS[spoken][name] ?? name;
  return text.replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "");
}
