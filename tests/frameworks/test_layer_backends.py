"""The layers of torch and of NumPy agree, on images of every rank and with random attributes."""

from functools import cache

import numpy as np
import pytest

from goldenrule.conformance import Unsupported
from goldenrule.conformance.backends.numpy import backend as numpy_backend

from .layer_inputs import draw
from .layer_runs import layer_runs
from .runs import TOLERANCE, require

torch_backend = require("torch")


VARIANTS = ("plain", "modules", "channels_last", "onednn", "nnpack")  # the last two not everywhere
BACKENDS = [getattr(torch_backend, name) for name in VARIANTS if hasattr(torch_backend, name)]
AVERAGES = {"running_mean", "running_var"}
NUMPY = {(e.rule, e.dialect, e.kind): e for e in numpy_backend.entries}


@pytest.mark.parametrize(("_", "entry", "profile"), layer_runs(BACKENDS))
def test_torch_agrees_with_numpy(_, entry, profile):
    compared = 0
    for symbols, expected in answered(entry.rule, entry.dialect, entry.kind):
        try:
            got = call(entry, symbols, profile)
        except Unsupported:
            continue
        assert {*got} == {*expected}
        for name, array in got.items():
            assert array.dtype == (np.float64 if profile.startswith("float64") else np.float32)
            tolerance = TOLERANCE[profile.split("+")[0]]
            scale = tolerance * np.abs(expected[name]).max()
            np.testing.assert_allclose(array, expected[name], tolerance, scale, err_msg=name)
        compared += 1
    assert compared


@cache
def answered(rule, dialect, kind):
    """Return what is given, with the outputs of NumPy, which all profiles are compared with."""
    rng = np.random.default_rng(2)
    pairs = []
    for rank in (2, 3, 4, 4, 5) if rule.endswith(("batch_norm", "group_norm")) else (3, 4, 4, 5):
        symbols = draw(rule, dialect, rng, rank=rank, options=rng.integers(2))
        if kind == "gradient":
            y = call(NUMPY[rule, dialect, "layer"], symbols)["y"]
            symbols = {**without_what_is_added(symbols, dialect), "dy": rng.normal(size=y.shape)}
        symbols = {name: multiples(value) for name, value in symbols.items()}
        pairs.append((symbols, call(NUMPY[rule, dialect, kind], symbols)))
    return pairs


def multiples(value):
    """Return multiples of 1/16 in [-4, 4], which every format holds."""
    return np.round(np.clip(value, -4, 4) * 16) / 16 if isinstance(value, np.ndarray) else value


def without_what_is_added(symbols, dialect):
    absent = {"beta", "b", "momentum", "t"}
    if dialect != "inference":
        absent |= AVERAGES
    return {name: value for name, value in symbols.items() if name not in absent}


def call(entry, symbols, profile="float64"):
    dtype = np.float64 if profile.startswith("float64") else np.float32
    given = {
        name: value.astype(dtype) if isinstance(value, np.ndarray) else value
        for name, value in {**symbols, "profile": profile}.items()
        if entry.signature.takes(name)
    }
    outputs = entry.function(**given)
    outputs = outputs if isinstance(outputs, dict) else {"y": outputs}
    return {name: value for name, value in outputs.items() if value is not None}
