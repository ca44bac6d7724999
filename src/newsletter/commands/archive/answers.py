"""What the archive's commands answer, in both languages."""

from __future__ import annotations

KEPT = {"en": "archive/{name} is kept", "zh": "已归档：archive/{name}"}
STANDS = {
    "en": "archive/{name} holds just this already; nothing was written",
    "zh": "archive/{name}已是同样的内容，没有写入任何文件",
}
