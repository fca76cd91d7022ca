"""The documentation: what is generated is current, what is shown is true, the site stands alone."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from goldenrule.conformance.files.discovery import PACKAGED_VECTORS
from goldenrule.conformance.files.formats import FORMATS
from goldenrule.spec.catalogue import FAMILIES, rules

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LOADS = re.compile(r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?([^"'\s>]+)""")
LINKS = re.compile(r"""<link\b[^>]*\bhref=["']?([^"'\s>]+)""")
IN_STYLES = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""")
ELSEWHERE = re.compile(r"(?:[a-z]+:)?//", re.IGNORECASE)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The built site; a warning fails the build."""
    pytest.importorskip("mkdocs")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def test_what_commands_print_is_current():
    command = [sys.executable, str(DOCS / "make.py"), "--check", "guides"]
    found = subprocess.run(command, capture_output=True, text=True)
    assert found.returncode == 0, f"run python docs/make.py\n{found.stdout}{found.stderr}"


def test_every_rule_has_a_page_and_no_other_page_is_there():
    paths = [path for family in FAMILIES for path in (DOCS / family).glob("*.md")]
    assert {f"{path.parent.name}/{path.stem}" for path in paths} == set(rules())


def test_the_worked_example_shows_the_first_case_as_it_is():
    page = (DOCS / "vectors.md").read_text(encoding="utf-8")
    shown = json.loads(re.search(r"```json\n(.*?)```", page, re.DOTALL)[1])
    file = json.loads((PACKAGED_VECTORS / "optimizers/adam/paper.json").read_text(encoding="utf-8"))
    assert_excerpt(shown, file["cases"][0])
    accept = shown["steps"][0]["expected"]["theta"]["accept"]["float32"]
    for end in ("lo", "hi"):
        pattern = accept[end].split()[0]
        value = FORMATS["float32"].decode(pattern)[0]
        assert f"| `{end}` | `{pattern}` | {value:.9g} |" in page


def assert_excerpt(shown, whole):
    """Demand that everything shown is there; a string may be cut short, as `0x1p+0 ...`."""
    if isinstance(shown, dict):
        for key, item in shown.items():
            assert_excerpt(item, whole[key])
    elif isinstance(shown, str) and shown.endswith(" ..."):
        assert whole.startswith(shown.removesuffix("..."))
    elif isinstance(shown, list) and any(isinstance(item, dict) for item in shown):
        for item, other in zip(shown, whole, strict=True):
            assert_excerpt(item, other)
    else:
        assert shown == whole


def test_the_site_asks_no_other_host_for_anything(site):
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    styles = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    loaded = [link for page in pages for link in (*LOADS.findall(page), *LINKS.findall(page))]
    loaded += [link for style in (*styles, *pages) for link in IN_STYLES.findall(style)]
    assert len(loaded) > 100
    assert [link for link in loaded if ELSEWHERE.match(link)] == []


def test_the_site_holds_what_its_formulas_need(site):
    style = (site / "assets/katex/katex.min.css").read_text(encoding="utf-8")
    fonts = set(re.findall(r"url\((fonts/[^)]*\.woff2)\)", style))
    assert len(fonts) == 20
    assert all((site / "assets/katex" / font).is_file() for font in fonts)
    assert (site / "assets/katex/katex.min.js").is_file()
    assert not list(site.rglob("*.py*"))


def test_no_symbol_of_a_formula_has_two_subscripts():
    pages = {path: path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")}
    twice = re.compile(r"_\{[^{}]*\}_\{")
    assert len(pages) > 20
    assert [path.name for path, page in pages.items() if twice.search(page)] == []
