"""The documentation: what is generated is current, what is shown is true."""

import json
import re
import subprocess
import sys
from pathlib import Path

from goldenrule.conformance.files.discovery import PACKAGED_VECTORS
from goldenrule.conformance.files.formats import FORMATS
from goldenrule.spec.catalogue import FAMILIES, rules

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def test_what_commands_print_is_current():
    command = [sys.executable, "-m", "goldenrule.docs.book.refresh", "--check"]
    found = subprocess.run(command, capture_output=True, text=True)
    assert found.returncode == 0, f"run {' '.join(command[1:-1])}\n{found.stdout}{found.stderr}"


def test_the_output_of_the_main_job_is_current():
    """Lines may be left out, where three dots stand."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^\$ make verify\n(.*?)^\$ make test$", page, re.DOTALL | re.MULTILINE)[1]
    command = [sys.executable, "-m", "goldenrule.conformance", "verify", "numpy"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    shown = [re.escape(line) for line in block.rstrip().split("\n")]
    pattern = "\n".join(".*?" if line == re.escape("  ...") else line for line in shown)
    assert re.fullmatch(pattern, printed.rstrip(), re.DOTALL)


def test_every_rule_has_a_page_and_no_other_page_is_there():
    paths = [path for family in FAMILIES for path in (DOCS / family).glob("*.md")]
    found = {f"{path.parent.name}/{path.stem}" for path in paths if path.stem != "index"}
    assert found == set(rules())


def test_the_worked_example_shows_the_first_case_as_it_is():
    page = (DOCS / "guides/vectors.md").read_text(encoding="utf-8")
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


def test_no_symbol_of_a_formula_has_two_subscripts():
    pages = {path: path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")}
    twice = re.compile(r"_\{[^{}]*\}_\{")
    assert len(pages) > 20
    assert [path.name for path, page in pages.items() if twice.search(page)] == []
