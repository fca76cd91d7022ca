"""`goldenrule explain` prints the page of a rule so that it fits a terminal."""

import re
from functools import cache

import pytest

from goldenrule.conformance.explain import explain as explaining
from goldenrule.conformance.explain.paragraphs import WIDTH
from goldenrule.spec.catalogue import rules
from goldenrule.spec.claim import Claim, claims_for

explain = cache(explaining.explain)


@pytest.mark.parametrize("proofs", [False, True])
@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_every_rule_is_explained(rule, proofs):
    page = explain(rule.name, proofs)
    assert page.startswith(f"{rule.name}: {rule.title}\n")
    for dialect in rule.dialects:
        assert f"Dialect {dialect.name}\n" in page
        for option in dialect.options:
            assert option.name in page
    for framework in rule.defaults:
        assert framework in page
    words = " ".join(page.split())
    for claim in claims_for(rule.name):
        name, status = (said[0].upper() + said[1:] for said in (claim.name, claim.status))
        assert f" {name.replace('-', ' ')} " in words
        assert not proofs or f" {status}. " in words


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_what_is_printed_is_plain_text_of_a_terminals_width(rule):
    page = explain(rule.name, proofs=True)
    prose = re.sub(r"^ *def .*?(?=^$)", "", page, flags=re.DOTALL | re.MULTILINE)
    assert [line for line in page.split("\n") if len(line) > WIDTH] == []
    assert not set("$\\") & set(prose)


def test_dialects_are_told_as_differences():
    page = explain("adam")
    assert "\n    (11)  ~ first-unbiased   αₜ  ← α·√(1 - β₂ᵗ) / (1 - β₁ᵗ)\n" in page
    assert "\n          - second-unbiased\n" in page
    assert "    Options as in paper: weight_decay.\n\n    Without option amsgrad.\n" in page


def test_claims_are_checked_only_when_asked(monkeypatch):
    monkeypatch.setattr(Claim, "failure", property(lambda _: pytest.fail("checked")))
    assert "Adam may overwrite m and v" in explaining.explain("adam")


def test_proofs_are_broken_at_their_signs():
    page = explain("adam", proofs=True)
    assert (
        """
         β₁·(p·x₁ + q·x₂) + (1 - β₁)·(g₁·p + g₂·q)
           = p·(β₁·x₁ + g₁·(1 - β₁)) + q·(β₁·x₂ + g₂·(1 - β₁))
"""
        in page
    )


def test_an_unknown_rule_is_one_clear_line():
    with pytest.raises(ValueError, match=r"^no rule 'adm'; did you mean optimizers/adam"):
        explain("adm")
