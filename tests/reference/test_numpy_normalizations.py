"""Normalizations as people write them in NumPy keep their bounds, however large the mean is."""

import numpy as np
import pytest

from goldenrule.reference import catalogue
from goldenrule.reference.bounds import trajectory_bounds
from goldenrule.reference.certify import certify
from goldenrule.reference.contexts.numbers import MpNumbers
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem, Step

RULE, DIALECT = "normalizations/layer_norm", "elementwise"
EPS = 1e-5
NUMBERS = MpNumbers(160)
ROWS, SIZE = 4, 32
MEANS = [0.0, 1e2, 1e3, 1e4]


def given(mean: float) -> dict[str, np.ndarray]:
    """Rows of variance 1 about a mean, and other tensors of the kind, in float32."""
    random = np.random.default_rng(int(mean))
    x, dy = random.standard_normal((2, ROWS, SIZE))
    gamma, beta = random.standard_normal((2, SIZE))
    named = {"x": x + mean, "gamma": gamma, "beta": beta, "dy": dy}
    return {name: values.astype(np.float32) for name, values in named.items()}


# FORWARD


def mean(x):
    return np.mean(x, axis=1, keepdims=True)


def scale(v):
    return 1 / np.sqrt(v + np.float32(EPS))


def centred(x, gamma, beta):
    d = x - mean(x)
    return d * scale(mean(d * d)) * gamma + beta


def with_var(x, gamma, beta):
    return (x - mean(x)) / np.sqrt(
        np.var(x, axis=1, keepdims=True) + np.float32(EPS)
    ) * gamma + beta


def folded(x, gamma, beta):
    mu = mean(x)
    s = scale(np.var(x, axis=1, keepdims=True)) * gamma
    return x * s + (beta - mu * s)


def welford(x, gamma, beta):
    mu, m2 = x[:, :1], np.zeros((ROWS, 1), np.float32)
    for k in range(1, SIZE):
        d = x[:, k : k + 1] - mu
        mu = mu + d / np.float32(k + 1)
        m2 = m2 + d * (x[:, k : k + 1] - mu)
    s = scale(m2 / np.float32(SIZE)) * gamma
    return x * s + (beta - mu * s)


def onepass(x, gamma, beta):
    mu = mean(x)
    v = np.maximum(mean(x * x) - mu * mu, np.float32(0))
    return (x - mu) * (scale(v) * gamma) + beta


# BACKWARD


def centred_gradient(dy, x, gamma):
    d = x - mean(x)
    r = scale(mean(d * d))
    xhat, g = d * r, dy * gamma
    dx = r * (g - mean(g) - xhat * mean(g * xhat))
    return {"dx": dx, "dgamma": np.sum(dy * xhat, axis=0), "dbeta": np.sum(dy, axis=0)}


def uncentred_gradient(dy, x, gamma):
    mu, n = mean(x), np.float32(SIZE)
    r, g = scale(np.var(x, axis=1, keepdims=True)), dy * gamma
    ds, db = (np.sum(a, axis=1, keepdims=True) for a in (g * x, g))
    b = (db * mu - ds) * r * r * r / n
    dx = r * g + b * x + (-b * mu - db * r / n)
    return {"dx": dx, "dgamma": np.sum(dy * (x - mu) * r, axis=0), "dbeta": np.sum(dy, axis=0)}


# AGAINST THE BOUNDS


def judged(kind: str, profile: str, tensors, outputs) -> float:
    """The largest error by its bound."""
    forms = catalogue.forms(RULE, kind)[DIALECT]
    exact_inputs = {name: x.astype(np.float64) for name, x in tensors.items()}
    problem = Problem({}, [Step(exact_inputs, {"eps": EPS}, {"axis": 1})], kind=kind)
    (dyadics,) = certify(forms[0], problem)
    exact = {name: each(NUMBERS.dyadic, x) for name, x in dyadics.items()}
    ((bounds,),) = trajectory_bounds(forms, problem, [exact], [Profile.parse(profile)], NUMBERS)
    ratios = []
    for name, got in outputs.items():
        assert got.dtype == np.float32
        error = abs(exact[name] - got.astype(np.float64).astype(object))
        ratios += [float(e / b) for e, b in zip(error.flat, bounds[name].flat, strict=True)]
    return max(ratios)


def each(function, dyadics):
    found = np.empty(dyadics.shape, dtype=object)
    for index in np.ndindex(dyadics.shape):
        found[index] = function(*dyadics[index])
    return found


def forward(function, profile: str, mean: float) -> float:
    """Judge a forward function."""
    tensors = given(mean)
    del tensors["dy"]
    return judged("layer", profile, tensors, {"y": function(**tensors)})


@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize("function", [centred, with_var, folded, welford])
def test_no_forward_pass_exceeds_its_bound(function, mean):
    assert 0 < forward(function, "float32", mean) <= 1


@pytest.mark.parametrize("mean", MEANS)
def test_the_mean_square_less_the_squared_mean_must_be_declared(mean):
    assert forward(onepass, "float32+onepass", mean) <= 1
    assert (forward(onepass, "float32", mean) > 1) == (mean > 0)


@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize("function", [centred_gradient, uncentred_gradient])
def test_no_gradient_exceeds_its_bound(function, mean):
    tensors = given(mean)
    del tensors["beta"]
    assert 0 < judged("gradient", "float32", tensors, function(**tensors)) <= 1


@pytest.mark.parametrize("wrong", [SIZE - 1, SIZE + 1])
def test_another_divisor_is_found_at_every_mean(wrong):
    def other(x, gamma, beta):
        d = x - mean(x)
        v = np.sum(d * d, axis=1, keepdims=True) / np.float32(wrong)
        return d * scale(v) * gamma + beta

    for about in MEANS[:3]:
        assert forward(other, "float32", about) > 1
