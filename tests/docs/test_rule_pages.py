"""The page of every rule and family is what its specification, claims and vectors say now."""

from importlib import import_module
from pathlib import Path

import pytest

from goldenrule.spec.catalogue import FAMILIES, rules

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def make(monkeypatch):
    """The module `docs/make.py`, which imports those beside it."""
    monkeypatch.syspath_prepend(DOCS)
    return import_module("make")


@pytest.mark.parametrize("name", [*FAMILIES, *rules()])
def test_it_is_current(make, name):
    path = DOCS / f"{name}.md"
    write = dict(make.generated())[path]
    assert path.read_text(encoding="utf-8") == write(), "run python docs/make.py"


def test_no_other_page_is_generated(make):
    assert {path for path, _ in make.generated()} == {
        DOCS / f"{name}.md" for name in (*FAMILIES, *rules())
    }
