"""Since which release a function computes a dialect."""

import re

import pytest

from goldenrule.spec.catalogue import find, rules
from goldenrule.spec.rule import GOLDENRULE, Dialect, Step
from goldenrule.spec.symbols import alpha, g, theta, theta_t


def test_a_release_belongs_to_a_function_that_computes_the_dialect():
    step = Step("update", theta_t, theta - alpha * g)
    with pytest.raises(ValueError, match=r"tested: since names optax\.sgd, no user"):
        Dialect(
            "tested", "For a test.", GOLDENRULE, (step,), used_by=("a.b",), since={"optax.sgd": "1"}
        )


def test_a_derived_dialect_has_its_own_users_and_releases():
    unbiased = find("batch_norm").dialect("unbiased")
    other = unbiased.amend("other", GOLDENRULE, summary="For a test.", used_by=("a.b",))
    assert unbiased.since and not other.since
    with pytest.raises(ValueError, match=r"other: since names c\.d, no user"):
        unbiased.amend("other", GOLDENRULE, summary="For a test.", since={"c.d": "1.0"})


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_releases_are_written_alike(rule):
    for dialect in rule.dialects:
        for release in dialect.since.values():
            assert re.fullmatch(
                r"\d+\.\d+\.\d+( or earlier)?|opset \d+(, until opset \d+)?", release
            )
