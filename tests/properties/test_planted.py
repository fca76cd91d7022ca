"""Every check finds the optimizers that lack its property, and none finds fault with others."""

import pytest

from goldenrule.conformance.harness.status import Status
from goldenrule.conformance.properties import CHECKS

from .bench import results
from .planted import PLANTED
from .planted.correct import Adam, Momentum
from .planted.types import SingleState

CASES = [(name, planted) for name, classes in PLANTED.items() for planted in classes]


@pytest.mark.parametrize("profile", ["float64", "float32"])
@pytest.mark.parametrize("make", [Adam, Momentum])
def test_a_correct_optimizer_has_every_property(make, profile):
    found = results(make, profile=profile)
    assert {name: result.status for name, result in found.items()} == dict.fromkeys(
        (check.name for check in CHECKS), Status.HOLDS
    )
    assert not any(result.reason for result in found.values())


@pytest.mark.parametrize(("name", "planted"), CASES, ids=lambda x: getattr(x, "__name__", x))
def test_a_planted_violation_is_found(name, planted):
    result = results(planted, name)[name]
    assert result.status is Status.VIOLATED
    assert result.violation.what and result.violation.message
    assert set(result.failing) <= {"for-loop", "foreach"} and result.failing


def test_every_check_has_three_planted_violations():
    assert {name: len(classes) >= 3 for name, classes in PLANTED.items()} == dict.fromkeys(
        (check.name for check in CHECKS), True
    )


def test_the_type_of_a_half_state():
    assert results(Adam, "types-kept", "float16")["types-kept"].status is Status.HOLDS
    result = results(SingleState, "types-kept", "float16")["types-kept"]
    assert (result.violation.what, result.violation.wanted) == ("m of parameter 0", "float16")
