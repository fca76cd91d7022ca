r"""What the search shows of formulas: plain text, where the pages have `\(\beta_1\)`."""

from __future__ import annotations

import json
import re
from html import escape, unescape
from pathlib import Path

from goldenrule.spec.unicode import unicode

FORMULA = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
SILENT = re.compile(r"\\(?:displaystyle|left|right|qquad|quad|[,;!])\s*")
UNREADABLE = re.compile(r"[\\{}&]")
LEFT_OUT = "…"


def rewrite(site: str) -> None:
    """Rewrite the search index of a built site."""
    path = Path(site, "search/search_index.json")
    index = json.loads(path.read_text(encoding="utf-8"))
    for entry in index["docs"]:
        entry["title"], entry["text"] = readable(entry["title"]), readable(entry["text"])
    path.write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")


def readable(html: str) -> str:
    r"""Write the formulas of a text in plain text; long ones, which have none, are left out.

    >>> readable(r"where \(0 \le \beta_1 &lt; 1\), \(\begin{aligned}x\end{aligned}\)")
    'where 0 ≤ β₁ &lt; 1, …'
    """
    return FORMULA.sub(_plain, html)


def _plain(found: re.Match[str]) -> str:
    """Write one formula."""
    try:
        text = unicode(SILENT.sub("", unescape(found[1] or found[2])).strip())
    except ValueError:
        return LEFT_OUT
    return LEFT_OUT if UNREADABLE.search(text) else escape(text, quote=False)
