"""The book shows everything, and says which page is wrong and why."""

from pathlib import Path

import pytest

from goldenrule.conformance.explain.page import PageError
from goldenrule.docs.book import listing, splice
from goldenrule.docs.book.parts import PARTS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def texts() -> dict[str, str]:
    return {
        path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8")
        for path in DOCS.rglob("*.md")
    }


def test_the_pages_show_every_rule_dialect_and_claim(texts):
    pages = splice.pages(texts)
    assert len(pages) > 35
    assert {part.name for page in pages.values() for part in page.parts if not part.here} == set(
        PARTS
    )


@pytest.mark.parametrize(
    ("page", "removed", "missing"),
    [
        ("optimizers/adam.md", "{{ equations keras }}", "dialect optimizers/adam/keras"),
        ("optimizers/adam.md", "{{ claims }}", "claim optimizers/adam/"),
        ("normalizations/rms_norm.md", None, "rule normalizations/rms_norm"),
    ],
)
def test_what_no_page_shows_is_named(texts, page, removed, missing):
    if removed is None:
        del texts[page]
    else:
        assert removed in texts[page]
        texts[page] = texts[page].replace(removed, "")
    with pytest.raises(PageError, match=f"^shown on no page: .*{missing}"):
        splice.pages(texts)


def test_an_unknown_part_is_named_with_its_page(texts):
    texts["index.md"] += "\n{{ picture adam }}\n"
    with pytest.raises(PageError, match=r"^index\.md: no part 'picture'$"):
        splice.pages(texts)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ figure nothing }}", r"^x\.md: part 'figure': .*nothing"),
        ("{{ file nowhere.py }}", r"^x\.md: part 'file': no file 'nowhere.py' that can be shown$"),
        ("{{ rules optimisers }}", r"^x\.md: part 'rules': no family 'optimisers'"),
        ("{{ equations optimizers/adam/papers }}", r"^x\.md: part 'equations': .*papers"),
    ],
)
def test_a_part_that_cannot_be_made_is_named_with_its_page(text, message):
    with pytest.raises(PageError, match=message):
        splice.spliced({"x.md": text})


def test_what_a_part_makes_takes_its_place_and_links_fit_the_page():
    page = "before\n\n{{ rules optimizers }}\n\nafter\n"
    made = splice.spliced({"theory/x.md": page})["theory/x.md"]
    assert made.startswith("before\n\n| rule | what it does |")
    assert made.endswith("\nafter\n")
    assert "[Adam](../optimizers/adam.md)" in made
    assert "{{" not in made


def test_a_file_is_shown_as_it_is():
    shown = listing.listing("spec/optimizers/ewma.py")
    text = (DOCS.parent / "spec/optimizers/ewma.py").read_text(encoding="utf-8")
    assert shown.startswith('```python title="spec/optimizers/ewma.py"\n"""')
    assert text.rstrip() in shown


def test_fences_in_a_file_do_not_end_its_block(tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    (tmp_path / "page.py").write_text("'''\n```python\n```\n'''\n")
    monkeypatch.setattr(listing, "ROOT", tmp_path)
    assert listing.listing("page.py").startswith("````python")
    assert listing.listing("page.py").endswith("\n````\n")
