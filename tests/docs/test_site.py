"""The built site stands alone: no other host, no broken link, every formula accepted by KaTeX."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pytest

from goldenrule.conformance.cli import COMMANDS, parser
from goldenrule.spec.catalogue import FAMILIES, rules

katex = pytest.importorskip("goldenrule.docs.book.katex", reason="the docs extra is not installed")
hooks = pytest.importorskip("goldenrule.docs.book.hooks")
PluginError = pytest.importorskip("mkdocs.exceptions").PluginError

LOADING = {"script", "img", "iframe", "source", "link", "video", "audio", "object", "embed"}
IN_STYLES = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""")
ELSEWHERE = re.compile(r"(?:[a-z]+:)?//", re.IGNORECASE)


class Read(HTMLParser):
    """The anchors of a page, where its links lead, what it loads, and its inline styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.styles = IN_STYLES.findall(html)
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        for name in ("href", "src", "data"):
            if name in values:
                (self.loads if tag in LOADING else self.links).append(values[name])


@pytest.fixture(scope="session")
def pages(site) -> dict[Path, Read]:
    """Every page as it was read, by its path."""
    return {path: Read(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_every_rule_and_family_has_a_page(site):
    for name in rules():
        assert (site / f"{name}.html").is_file()
    for family in FAMILIES:
        assert (site / family / "index.html").is_file()


def test_it_loads_nothing_from_another_host(site, pages):
    loaded = [target for page in pages.values() for target in (*page.loads, *page.styles)]
    for path in site.rglob("*.css"):
        loaded += IN_STYLES.findall(path.read_text(encoding="utf-8"))
    assert len(loaded) > 100
    assert [target for target in loaded if ELSEWHERE.match(target)] == []


def test_every_link_leads_somewhere(site, pages):
    broken = []
    for path, page in pages.items():
        for link in (*page.links, *page.loads):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or path.name == "404.html":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                broken.append(f"{path.relative_to(site)}: {link}")
            elif parts.fragment and target.suffix == ".html":
                if unquote(parts.fragment) not in pages[target].anchors:
                    broken.append(f"{path.relative_to(site)}: {link}")
    assert broken == []


def test_it_holds_what_its_formulas_need(site):
    style = (site / "assets/katex/katex.min.css").read_text(encoding="utf-8")
    fonts = set(re.findall(r"url\((fonts/[^)]*\.woff2)\)", style))
    assert len(fonts) == 20
    assert all((site / "assets/katex" / font).is_file() for font in fonts)
    assert (site / "assets/katex/katex.min.js").is_file()
    assert (site / "assets/katex/LICENSE").is_file()


def test_it_holds_no_sources(site):
    assert not list(site.rglob("*.py*"))
    assert not (site / "book").exists()


def test_formulas_are_found_in_it_and_accepted(site):
    html = (site / "optimizers/adam.html").read_text(encoding="utf-8")
    assert len(katex.formulas(html)) > 50
    assert list(katex.problems(html)) == []


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (r'<span class="arithmatex">\(\bet_1\)</span>', r"\bet_1: KaTeX parse error: Undefined"),
        (r'<div class="arithmatex">\[\frac{1}{2\]</div>', r"\frac{1}{2: KaTeX parse error"),
        (r'<span class="arithmatex">\(é\)</span>', "é: KaTeX parse error: LaTeX-incompatible"),
        ('<span class="arithmatex">x</span>', "x: not between delimiters of formulas"),
    ],
)
def test_a_wrong_formula_is_refused(html, said):
    (problem,) = katex.problems(f"<p>right: <span class='arithmatex'>\\(x_1\\)</span> {html}</p>")
    assert problem.startswith(said)
    assert "\n" not in problem


def test_a_wrong_formula_fails_the_build(monkeypatch):
    monkeypatch.setattr(hooks, "WRONG", [])
    page = SimpleNamespace(file=SimpleNamespace(src_uri="optimizers/adam.md"))
    hooks.on_post_page(r'<span class="arithmatex">\(\bet_1\)</span>', page=page)
    with pytest.raises(PluginError, match=r"^optimizers/adam\.md: .bet_1: KaTeX parse error"):
        hooks.on_post_build(config=SimpleNamespace(site_dir=""))


def test_a_missing_katex_is_one_line_that_says_what_to_do(monkeypatch):
    monkeypatch.setattr(katex, "find_spec", lambda _: None)
    with pytest.raises(PluginError, match=r"^KaTeX is not installed: pip install --no-deps -r "):
        katex.folder.__wrapped__()


def test_the_reference_of_the_command_line_is_complete(site, pages):
    path = site / "reference/cli.html"
    html = path.read_text(encoding="utf-8")
    assert set(COMMANDS) <= pages[path].anchors
    (commands,) = (a.choices for a in parser()._actions if a.dest == "command")
    for command in commands.values():
        for action in command._actions:
            assert all(option in html for option in action.option_strings if option != "-h")


def test_the_api_reference_has_what_users_import(site, pages):
    anchors = {path.stem: page.anchors for path, page in pages.items() if path.parent.name == "api"}
    assert "goldenrule.conformance.Backend.step" in anchors["conformance"]
    assert "goldenrule.conformance.pytest_plugin.conformance" in anchors["conformance"]
    assert "goldenrule.spec.catalogue.rules" in anchors["spec"]
    assert "goldenrule.reference.certify.certify" in anchors["reference"]


def test_the_search_index_knows_every_rule(site):
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    places = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert {f"{name}.html" for name in rules()} <= places
    inlined = (site / "search/search_index.js").read_text(encoding="utf-8")
    assert inlined.startswith("var __index = {")
