"""KaTeX: its files, which the built site carries, and a check of every formula by KaTeX itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import quickjs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

TARGET = "assets/katex"
FILES = ("katex.min.js", "katex.min.css", "LICENSE", "fonts/*.woff2")
INSTALL = "pip install --no-deps -r docs/book/katex.txt"
DELIMITERS = {(r"\(", r"\)"): False, (r"\[", r"\]"): True}

RENDER = """
function failure(latex, displayMode) {
  try {
    katex.renderToString(latex, { displayMode, throwOnError: true, strict: "error" });
    return "";
  } catch (error) {
    return String(error.message);
  }
}
"""


@cache
def folder() -> Path:
    """Where KaTeX is installed; raise PluginError, which ends the build, where it is not."""
    spec = find_spec("djangocms_katex")
    for location in (spec and spec.submodule_search_locations) or ():
        found = Path(location, "static/djangocms_katex/vendor/katex")
        if found.is_dir():
            return found
    raise PluginError(f"KaTeX is not installed: {INSTALL}")


def add(files: Files, config: MkDocsConfig) -> None:
    """Add KaTeX to the files of the site; of its fonts those that browsers take."""
    for pattern in FILES:
        for path in sorted(folder().glob(pattern)):
            name = f"{TARGET}/{path.relative_to(folder()).as_posix()}"
            files.append(File.generated(config, name, abs_src_path=str(path)))


def problems(html: str) -> Iterator[str]:
    r"""Say of each formula of a page that KaTeX refuses what it is and why, in one line.

    >>> list(problems(r'<span class="arithmatex">\(\beta_1\)</span>'))
    []
    >>> list(problems(r'<span class="arithmatex">\(\bet_1\)</span>'))
    ['\\bet_1: KaTeX parse error: Undefined control sequence: \\bet at position 1: \\bet_1']
    """
    for formula in formulas(html):
        for ends, display in DELIMITERS.items():
            if formula.startswith(ends[0]) and formula.endswith(ends[1]):
                if message := _failure(formula[2:-2], display):
                    yield f"{_line(formula[2:-2])}: {_line(message)}"
                break
        else:
            yield f"{_line(formula)}: not between delimiters of formulas"


def formulas(html: str) -> list[str]:
    r"""Give the formulas of a page with their delimiters.

    >>> formulas(r'a <span class="arithmatex">\(0 &lt; x\)</span>')
    ['\\(0 < x\\)']
    """
    parser = _Formulas()
    parser.feed(html)
    parser.close()
    return [formula.strip() for formula in parser.found]


class _Formulas(HTMLParser):
    """Collects the text of elements of the class `arithmatex`, which hold no other elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a formula."""
        if "arithmatex" in (dict(attrs).get("class") or "").split():
            self.open = tag
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag == self.open:
            self.open = ""

    def handle_data(self, data: str) -> None:
        """Read it."""
        if self.open:
            self.found[-1] += data


@cache
def _failure(latex: str, display: bool) -> str:
    """Return KaTeX's message about a formula, or nothing."""
    return str(_engine().eval(f"failure({json.dumps(latex)}, {json.dumps(display)})"))


@cache
def _engine() -> Any:
    """Return a JavaScript engine that has read KaTeX."""
    engine = quickjs.Context()
    engine.eval((folder() / "katex.min.js").read_text(encoding="utf-8"))
    engine.eval(RENDER)
    return engine


def _line(text: str) -> str:
    """Write on one line, and without the marks that KaTeX puts under what is wrong."""
    return " ".join(text.replace("\u0332", "").split())
