"""The errata: every refuted claim is shown once, with what refutes it, the truth and its proof."""

import re
from pathlib import Path

import pytest

from goldenrule.docs.book.parts.errata import errata
from goldenrule.spec.catalogue import FAMILIES, find, rules
from goldenrule.spec.claim import Refuted, claims_for

PAGE = Path(__file__).parents[2] / "docs/theory/errata.md"
REFUTED = {
    (rule, claim.name): claim
    for rule in rules()
    for claim in claims_for(rule)
    if isinstance(claim, Refuted)
}
LINK = re.compile(r"\[The proof\]\(/([a-z_/]+)\.md#claim-([a-z0-9-]+)\)")


def test_every_refuted_claim_is_shown_once_with_a_link_to_its_proof():
    assert LINK.findall(errata("")) == list(REFUTED)
    assert len(REFUTED) > 8


def test_the_page_shows_every_family():
    shown = re.findall(r"^\{\{ errata (\w+) \}\}$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert tuple(shown) == FAMILIES
    assert [link for family in shown for link in LINK.findall(errata(family))] == list(REFUTED)


@pytest.mark.parametrize("key", REFUTED, ids="/".join)
def test_it_is_told_in_full(key):
    rule, claim = key[0], REFUTED[key]
    shown = next(part for part in errata("").split("### ") if f"#claim-{claim.name})" in part)
    assert shown.startswith(f"{find(rule).title}: {claim.name.replace('-', ' ')}\n")
    (relation,) = claim.counterexample.relations()
    in_order = [claim.statement, claim.counterexample.why, f"{relation.latex()}$.", claim.truth]
    assert shown.count("$") % 2 == 0
    places = [shown.index(text) for text in in_order]
    assert places == sorted(places)


def test_no_heading_holds_a_formula():
    headings = [line for line in errata("").splitlines() if line.startswith("#")]
    assert len(headings) == len(REFUTED) == len(set(headings))
    assert not any("$" in line for line in headings)


def test_what_fails_is_not_called_refuted(monkeypatch):
    claim = next(iter(REFUTED.values()))
    monkeypatch.setitem(claim.__dict__, "failure", "the counterexample does not hold")
    with pytest.raises(Exception, match="does not hold"):
        errata("")


def test_an_unknown_family_is_named():
    with pytest.raises(ValueError, match="no family 'optimisers'; known: optimizers"):
        errata("optimisers")
