import pytest

from goldenrule.conformance.backends.numpy import backend

from .layer_runs import check_layer, layer_runs


@pytest.mark.parametrize(("_", "entry", "profile"), layer_runs([backend]))
def test_layer_computes_its_formula(_, entry, profile):
    check_layer(entry, profile)
