"""Real frameworks stay within the derived bounds, and come close to them.

GOLDENRULE_FUZZ_SECONDS gives each framework more time.
"""

import os

import pytest

from goldenrule.conformance.fuzz import fuzz, show
from goldenrule.conformance.reports.terminal import console

from .runs import require

SECONDS = float(os.environ.get("GOLDENRULE_FUZZ_SECONDS", "10"))


def fuzzed(name):
    """Fuzz a framework; skip without it, unless it must be there."""
    report = fuzz([name], seconds=SECONDS)
    missing = [p.message for p in report.problems if p.message.startswith("not checked")]
    if missing and not os.environ.get("GOLDENRULE_REQUIRE_FRAMEWORKS"):
        pytest.skip(missing[0])
    show(report, console())  # pytest prints it if the test fails
    return report


@pytest.mark.parametrize("name", ["numpy", "torch", "jax", "onnxruntime"])
def test_there_is_no_false_alarm(name):
    report = fuzzed(name)
    assert report.exit_code == 0 and not report.findings
    assert report.total.numbers > 0
    updates = [r.worst for r in report.rows if r.key.computes == "update"]
    assert name == "onnxruntime" or max(updates) > 0.9, "the bounds are slack"


def test_optax_still_loses_tiny_gradients():
    """Once this fails, fuzz/known.py need not spare these elements any more."""
    backend = require("jax")
    backend.x32.setup()
    rule = backend.optimizers.optax.adagrad(0.5, initial_accumulator_value=0.0, eps=2.0**-100)
    g = backend.optimizers.jnp.array([2.0**-70, 2.0**-60])
    updates, _ = rule.update(g, rule.init(g))
    assert (updates == 0).tolist() == [True, False]
