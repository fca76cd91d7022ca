"""Every normalization computes a formula written out again by hand, in NumPy."""

from random import Random

import numpy as np
import pytest
from sympy import N, Rational

from goldenrule.spec.catalogue import rules
from goldenrule.spec.tensors.evaluate import forward

EPS, MOMENTUM, T = 0.25, 0.125, 4


def normalized(x, axes, center=True):
    mean = x.mean(axis=axes, keepdims=True) if center else 0
    return (x - mean) / np.sqrt(((x - mean) ** 2).mean(axis=axes, keepdims=True) + EPS)


def per_channel(x, parameter):
    return parameter.reshape(-1, *[1] * (x.ndim - 2))


def moved(old, new, weight):
    return (1 - weight) * old + weight * new


def trained(p, correction, weight):
    axes = (0, *range(2, p["x"].ndim))
    n = p["x"].size // p["x"].shape[1]
    return {
        "y": normalized(p["x"], axes),
        "running_mean": moved(p["running_mean"], p["x"].mean(axis=axes), weight),
        "running_var": moved(p["running_var"], correction(n) * p["x"].var(axis=axes), weight),
    }


def bessel(n):
    return n / (n - 1)


def no_correction(n):
    return 1


def channel_inference(p):
    mean, var = (per_channel(p["x"], p[name]) for name in ("running_mean", "running_var"))
    return {"y": (p["x"] - mean) / np.sqrt(var + EPS)}


def running_instance(p):
    x, axes = p["x"], tuple(range(2, p["x"].ndim))
    var = bessel(x[0, 0].size) * x.var(axis=axes)
    return {
        "y": normalized(x, axes),
        "running_mean": moved(p["running_mean"], x.mean(axis=axes).mean(axis=0), MOMENTUM),
        "running_var": moved(p["running_var"], var.mean(axis=0), MOMENTUM),
    }


def grouped(p, order):
    x = p["x"]
    shape = (len(x), 2, x.shape[1] // 2, *x.shape[2:])
    split = x.reshape(shape)
    if order == "interleaved":
        split = x.reshape(len(x), x.shape[1] // 2, 2, *x.shape[2:]).swapaxes(1, 2)
    y = normalized(split, tuple(range(2, split.ndim)))
    y = y.swapaxes(1, 2) if order == "interleaved" else y
    return {"y": y.reshape(x.shape)}


def trailing(p, center=True):
    return {"y": normalized(p["x"], tuple(range(1, p["x"].ndim)), center)}


FORMULAS = {
    "normalizations/batch_norm/unbiased": lambda p: trained(p, bessel, MOMENTUM),
    "normalizations/batch_norm/biased": lambda p: trained(p, no_correction, 1 - MOMENTUM),
    "normalizations/batch_norm/cumulative": lambda p: trained(p, bessel, 1 / T),
    "normalizations/batch_norm/fused": lambda p: trained(p, bessel, MOMENTUM),
    "normalizations/batch_norm/inference": channel_inference,
    "normalizations/layer_norm/elementwise": trailing,
    "normalizations/layer_norm/feature": trailing,
    "normalizations/group_norm/contiguous": lambda p: grouped(p, "contiguous"),
    "normalizations/group_norm/interleaved": lambda p: grouped(p, "interleaved"),
    "normalizations/group_norm/group_affine": lambda p: grouped(p, "contiguous"),
    "normalizations/instance_norm/instance": lambda p: {
        "y": normalized(p["x"], tuple(range(2, p["x"].ndim)))
    },
    "normalizations/instance_norm/running": running_instance,
    "normalizations/instance_norm/inference": channel_inference,
    "normalizations/rms_norm/paper": lambda p: trailing(p, center=False),
    "normalizations/rms_norm/offset": lambda p: trailing(p, center=False),
}
ATTRIBUTES = {"axis": 1, "groups": 2}
DIALECTS = {
    f"{rule.name}/{dialect.name}": dialect
    for rule in rules().values()
    for dialect in rule.dialects
    if rule.name.startswith("normalizations/")
}


def affine(name, p, y):
    """Scale and shift as each dialect shares them."""
    gamma, beta = p["gamma"], p.get("beta", 0)
    if name.endswith("group_affine"):
        gamma, beta = (np.repeat(v, p["x"].shape[1] // 2) for v in (gamma, beta))
    if name.startswith(("normalizations/layer", "normalizations/rms")):
        return y * (1 + gamma if name.endswith("offset") else gamma) + beta
    return y * per_channel(y, gamma) + per_channel(y, beta)


def given(dialect, options, shape, attributes):
    random = Random(0)
    shapes = {"x": shape, **dialect.layout.parameters(shape, attributes)}
    numbers = {"eps": EPS, "momentum": MOMENTUM, "t": T}
    tensors = {
        s.name: np.array(
            [
                random.randint(0 if s.is_nonnegative else -32, 32) / 8
                for _ in range(size(shapes[s.name]))
            ]
        ).reshape(shapes[s.name])
        for s in dialect.symbols(options)
        if s.name in shapes
    }
    return tensors, numbers


def size(shape):
    return int(np.prod(shape))


def test_every_normalization_has_a_formula():
    assert FORMULAS.keys() == DIALECTS.keys()


@pytest.mark.parametrize("shape", [(2, 4, 3), (3, 2, 2, 2), (2, 4, 1, 2)], ids=str)
@pytest.mark.parametrize("name", DIALECTS)
def test_computes_its_formula(name, shape):
    dialect = DIALECTS[name]
    attributes = {a: ATTRIBUTES[a] for a in dialect.attributes}
    for options in dialect.option_sets():
        tensors, numbers = given(dialect, options, shape, attributes)
        exact = {n: np.vectorize(Rational, otypes=[object])(v) for n, v in tensors.items()}
        found = forward(
            dialect, options, {**exact, **{n: Rational(v) for n, v in numbers.items()}}, attributes
        )
        expected = FORMULAS[name](tensors)
        if options:
            expected["y"] = affine(name, tensors, expected["y"])
        assert found.keys() == expected.keys()
        for output, value in found.items():
            shown = np.vectorize(lambda x: float(N(x, 20)), otypes=[float])(value)
            np.testing.assert_allclose(shown, expected[output], rtol=1e-12, atol=1e-12)
