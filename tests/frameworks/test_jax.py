import pytest

from .layer_runs import check_layer, layer_runs
from .runs import check, require, runs

backend = require("jax")
BACKENDS = (backend.x32, backend.x64, backend.nnx, backend.lax, backend.numpy)


@pytest.mark.parametrize("first", [1, 3])
@pytest.mark.parametrize(
    ("served", "entry", "profile", "options"), runs((backend.x32, backend.x64))
)
def test_entry_computes_its_formula(served, entry, profile, options, first):
    served.setup()
    check(entry, profile, options, first=first)


@pytest.mark.parametrize(("served", "entry", "profile"), layer_runs(BACKENDS))
def test_layer_computes_its_formula(served, entry, profile):
    served.setup()
    check_layer(entry, profile, without={"db"} if served is backend.lax else ())
