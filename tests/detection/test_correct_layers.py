"""No false alarms: correct layers conform, whichever way they are arranged."""

import pytest

from . import convolutions, normalizations
from .halves import ROUND, rounded
from .verdict import deviations

CORRECT = normalizations.CORRECT | convolutions.CORRECT
TARGETS = dict.fromkeys((target, kind) for target, kind, _ in CORRECT.values())
SLOW = ("fused", "exactly")
"""Number by number; half types are the same to them."""


def variants(target, kind):
    return {name: layer for name, (*asked, layer) in CORRECT.items() if asked == [target, kind]}


@pytest.mark.parametrize("profile", ["float64", "float32"])
@pytest.mark.parametrize(("target", "kind"), TARGETS)
def test_correct_layers_conform(target, kind, profile):
    for name, layer in variants(target, kind).items():
        assert not list(deviations(target, layer, profile, kind)), name


@pytest.mark.parametrize("profile", ROUND)
@pytest.mark.parametrize(("target", "kind"), TARGETS)
def test_correct_layers_conform_in_half_types(target, kind, profile):
    for name, layer in variants(target, kind).items():
        if not name.endswith(SLOW):
            assert not list(deviations(target, rounded(layer, profile), profile, kind)), name
