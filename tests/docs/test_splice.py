"""The book shows everything, and says which page is wrong and why."""

import re
from pathlib import Path

import pytest

from goldenrule.conformance.explain.page import PageError
from goldenrule.docs.book import splice
from goldenrule.docs.book.parts import listing, measured
from goldenrule.docs.book.parts.catalogue import PARTS
from goldenrule.spec.claim import Claim

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
        ("{{ score adam }}", r"^x\.md: part 'score': no section 'adam'; known: totals$"),
        ("{{ symbols }}", r"^x\.md: part 'symbols' says no rule$"),
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


@pytest.mark.parametrize("line", ["{{ figure x }", "  {{ figure x }}", "{{figure-x}}", "{{ a }} b"])
def test_what_only_looks_like_a_part_is_refused(line):
    with pytest.raises(PageError, match=r"^x\.md: no part: \{\{"):
        splice.pages({"x.md": f"words\n\n{line}\n"})


def test_an_unknown_dialect_is_named_before_what_is_missing(texts):
    page = "optimizers/adam.md"
    texts[page] = texts[page].replace("{{ equations keras }}", "{{ equations karas }}")
    with pytest.raises(PageError, match=r"^optimizers/adam\.md: there is no dialect .*adam/karas$"):
        splice.pages(texts)


def test_a_claim_that_fails_is_no_page(monkeypatch):
    monkeypatch.setattr(Claim, "failure", property(lambda _: "it is false"))  # not what is cached
    for text in ("{{ claim optimizers/sgd unbiased }}", "{{ errata optimizers }}"):
        with pytest.raises(PageError, match=r"^x\.md: part '(claim|errata)': it is false$"):
            splice.spliced({"x.md": text})


def test_a_missing_file_of_measurements_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(measured, "MEASURED", tmp_path)
    with pytest.raises(PageError, match=r"^x\.md: part 'slack': .*fuzz\.json"):
        splice.spliced({"x.md": "{{ slack }}"})


def test_the_equations_of_a_page_are_numbered_through():
    page = "{{ equations paper }}\n\n{{ equations keras }}\n"
    made = splice.spliced({"optimizers/adam.md": page})["optimizers/adam.md"]
    numbers = [int(number) for number in re.findall(r">\((\d+)\)</a>", made)]
    assert numbers == [*range(1, len(numbers) + 1)] and len(numbers) > 12
