"""No missed bugs: every wrong layer is reported, in float64 and in float32."""

import pytest

from . import convolutions, normalizations
from .halves import native
from .verdict import deviations

WRONG = normalizations.WRONG | convolutions.WRONG
TARGETS = dict.fromkeys((target, kind) for target, kind, _ in WRONG.values())
BELOW_FLOAT32 = normalizations.BELOW_FLOAT32 | convolutions.BELOW_FLOAT32
CORRECT = normalizations.CORRECT | convolutions.CORRECT
PLAIN = ("/in_order", "/scatter", "/centred", "/multiplied", "/projected", "/fixed")


def passing(target, kind, profile):
    """The wrong layers that nothing reveals."""
    for name, (*asked, layer) in WRONG.items():
        if asked == [target, kind] and not any(deviations(target, layer, profile, kind)):
            yield name


@pytest.mark.parametrize(("target", "kind"), TARGETS)
def test_wrong_layers_deviate(target, kind):
    assert not list(passing(target, kind, "float64"))
    unseen = {name.rpartition("/")[2] for name in passing(target, kind, "float32")}
    assert unseen <= BELOW_FLOAT32


@pytest.mark.parametrize("name", [name for name in CORRECT if name.endswith(PLAIN)])
def test_sums_in_float16_are_no_sums_in_float32(name):
    target, kind, layer = CORRECT[name]
    assert any(deviations(target, native(layer), "float16+fused", kind))
