import numpy as np
import pytest

from .layer_runs import check_layer, layer_runs
from .runs import require

backend = require("onnxruntime")


@pytest.mark.parametrize(("served", "entry", "profile"), layer_runs([backend.backend]))
def test_layer_computes_its_formula(served, entry, profile):
    check_layer(entry, profile)


def test_hyper_parameters_that_are_no_float32_numbers_are_refused():
    x, ones = np.ones((2, 3, 4)), np.ones(3)
    arguments = {"x": x, "gamma": ones, "beta": ones, "running_mean": ones, "running_var": ones}
    entry = backend.normalizations.batch_norm
    with pytest.raises(backend.model.Unsupported, match="epsilon"):
        entry(**arguments, momentum=0.5, eps=1e-5, profile="float64")
    with pytest.raises(backend.model.Unsupported, match="momentum"):
        entry(**arguments, momentum=0.9, eps=1e-5, profile="float32")


def test_transposed_same_is_still_too_short():
    """Once this fails, conv_transpose/same conforms, and its expected failures can go."""
    x, w = np.ones((1, 1, 3), np.float32), np.ones((1, 1, 2), np.float32)
    run = backend.convolutions.conv_transpose_same
    y = run(x, w, stride=(3,), dilation=(1,), groups=1, profile="float32")["y"]
    assert y.shape == (1, 1, 8)  # ONNX: output_shape[i] = input_shape[i] * strides[i]
