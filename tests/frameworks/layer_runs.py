"""Running one entry for a layer, or for its gradient, beside the formula of the layer."""

from dataclasses import dataclass
from functools import cache, cached_property
from types import SimpleNamespace

import numpy as np
import pytest

from goldenrule.conformance import Unsupported

from .layer_formulas import FORMULAS
from .runs import TOLERANCE

SAME_1D = {"padding": ((1, 1),)}
LAYERS = {
    "batch_norm": [{"x": (3, 2, 5)}, {"x": (2, 3, 3, 4)}],
    "layer_norm": [{"x": (4, 6), "axis": 1}, {"x": (2, 3, 5), "axis": 1}],
    "group_norm": [{"x": (2, 6, 3), "groups": 3}, {"x": (2, 4, 2, 3), "groups": 2}],
    "instance_norm": [{"x": (2, 3, 5)}, {"x": (2, 3, 3, 4)}],
    "rms_norm": [{"x": (4, 6), "axis": 1}, {"x": (2, 3, 5), "axis": 1}],
    "conv": [
        {"x": (2, 3, 7), "w": (4, 3, 3), **SAME_1D, "dilation": (1,), "groups": 1, "stride": (2,)},
        {"x": (1, 4, 6, 5), "w": (6, 2, 3, 2), "padding": ((1, 1), (0, 1)), "groups": 2,
         "stride": (1, 2), "dilation": (1, 1)},
        {"x": (1, 2, 6, 7), "w": (3, 2, 3, 2), "padding": ((1, 2), (2, 0)), "groups": 1,
         "stride": (3, 2), "dilation": (1, 2)},
    ],
    "conv_transpose": [
        {"x": (2, 3, 4), "w": (3, 4, 3), "padding": ((1, 0),), "output_padding": (1,),
         "stride": (2,), "dilation": (1,), "groups": 1},
        {"x": (1, 2, 3, 4), "w": (2, 3, 4, 3), "padding": ((0, 1), (2, 1)), "groups": 1,
         "output_padding": (1, 0), "stride": (3, 1), "dilation": (1, 2)},
        {"x": (1, 4, 3, 4), "w": (4, 3, 2, 3), "padding": ((0, 1), (2, 1)), "groups": 2,
         "output_padding": (0, 1), "stride": (1, 2), "dilation": (1, 1)},
    ],
    "convolution": [{"x": (7,), "w": (4,)}, {"x": (5,), "w": (5,)}, {"x": (4, 5), "w": (3, 2)}],
}  # fmt: skip
LAYERS["cross_correlation"] = LAYERS["convolution"]

DIFFERENCE = 2.0**-12


def layer_runs(backends):
    """Return every entry for a layer or a gradient, with each profile, under a readable id."""
    return [
        pytest.param(backend, entry, profile, id=_id(backend, entry, profile))
        for backend in backends
        for entry in backend.entries
        if entry.kind in ("layer", "gradient")
        for profile in entry.profiles
    ]


def _id(backend, entry, profile):
    rule = entry.rule.split("/")[1]
    return "-".join([backend.label, rule, entry.dialect, entry.kind, profile])


def check_layer(entry, profile, *, without=()):
    """Compare the entry with its formula on every example; one at least must not be refused.

    All outputs must come but those that it is ``without``; in half types, one at least.
    Half types get the first example: they repeat the same formula, and compilers take their time.
    """
    rule = entry.rule.split("/")[1]
    half = profile.startswith(("bfloat16", "float16"))
    done = 0
    for number in range(1 if half else len(LAYERS[rule])):
        for question in questions(rule, entry.dialect, entry.kind, number):
            if _fits(entry, question.given):
                done += _check(entry, profile, question, without)
    assert done


@dataclass(frozen=True, eq=False)
class Question:
    """What a case gives, and the answers of the formula, which all profiles share."""

    rule: str
    dialect: str
    kind: str
    given: dict

    @cached_property
    def layer(self):
        return FORMULAS[self.rule, self.dialect](SimpleNamespace(**self.given))

    @cached_property
    def dy(self):
        return _multiples(np.random.default_rng(2), self.layer["y"].shape)

    @cached_property
    def gradient(self):
        formula = FORMULAS[self.rule, self.dialect]
        return derivatives(formula, self.rule, self.given, self.dy)


@cache
def questions(rule, dialect, kind, number):
    """Ask with all parameters and, where an option adds some, without them."""
    example = LAYERS[rule][number]
    ways = [make_inputs(rule, dialect, example, bare=bare, kind=kind) for bare in (False, True)]
    distinct = {tuple(given): given for given in ways}
    return [Question(rule, dialect, kind, given) for given in distinct.values()]


def _fits(entry, given):
    """Whether the entry takes all that is given and changes something, and needs no more."""
    lacking = {*entry.signature.required} - {*given, "dy", "t", "profile"}
    changing = [name for name, value in given.items() if not _is_neutral(value)]
    return not lacking and all(entry.signature.takes(name) for name in changing)


def _is_neutral(value):
    return not isinstance(value, np.ndarray) and bool((np.asarray(value) == 1).all())


def make_inputs(rule, dialect, example, *, bare, kind):
    """Return what a case gives; ``bare`` leaves out the parameters that an option adds."""
    rng = np.random.default_rng(1)
    given = {name: value for name, value in example.items() if name not in ("x", "w")}
    given["x"] = _multiples(rng, example["x"])
    if "w" in example:
        given["w"] = _multiples(rng, example["w"])
        if rule.startswith("conv") and rule != "convolution" and not bare and kind == "layer":
            given["b"] = _multiples(rng, _channels_of(rule, example))
        if rule in ("conv", "conv_transpose") and dialect not in PADDED:
            given = {n: v for n, v in given.items() if n not in ("padding", "output_padding")}
        return given
    given["eps"] = 2.0**-7
    shape = _parameter_shape(rule, dialect, example)
    if not bare:
        given["gamma"] = _multiples(rng, shape)
        if kind == "layer" and rule != "rms_norm":
            given["beta"] = _multiples(rng, shape)
    if dialect == "inference" or (kind == "layer" and (rule, dialect) in STATEFUL):
        given |= {"running_mean": _multiples(rng, shape)}
        given |= {"running_var": np.abs(_multiples(rng, shape)) + 0.5}
    if kind == "layer" and (rule, dialect) in STATEFUL and dialect != "cumulative":
        given["momentum"] = 0.75
    return given


PADDED = {"zeros", "reflect", "replicate", "circular", "adjoint", "unflipped"}
STATEFUL = {("batch_norm", d) for d in ("unbiased", "biased", "cumulative", "fused")}
STATEFUL |= {("instance_norm", "running")}


def _channels_of(rule, example):
    w = example["w"]
    return (w[0],) if rule == "conv" else (w[1] * example["groups"],)


def _parameter_shape(rule, dialect, example):
    x = example["x"]
    if dialect == "feature":
        return x[-1:]
    if dialect == "group_affine":
        return (example["groups"],)
    return x[example["axis"] :] if "axis" in example else (x[1],)


def _check(entry, profile, question, without):
    """Run one example; return whether the entry did not refuse it."""
    base = profile.split("+")[0]
    dtype = np.float64 if base == "float64" else np.float32
    arguments = {**question.given, "profile": profile, "t": 1}
    if entry.kind == "gradient":
        arguments["dy"] = question.dy
    arguments = {
        name: value.astype(dtype) if isinstance(value, np.ndarray) else value
        for name, value in arguments.items()
        if entry.signature.takes(name)
    }
    try:
        results = entry.function(**arguments)
    except Unsupported:
        return False
    expected = getattr(question, entry.kind)
    results = results if isinstance(results, dict) else {"y": results}
    assert {*results} <= {*expected} - {*without} and results
    assert base in ("bfloat16", "float16") or {*expected} - {*without} <= {*results}
    for name in results:
        exact = expected[name]
        assert results[name].dtype == dtype and results[name].shape == exact.shape, name
        scale = np.abs(exact).max() if exact.size else 1.0
        tolerance = max(TOLERANCE[base], 1e-6 if entry.kind == "gradient" else 0.0)
        np.testing.assert_allclose(results[name], exact, tolerance, tolerance * scale, err_msg=name)
    return True


def derivatives(formula, rule, given, dy):
    """Differentiate sum(dy * y) by central differences, with respect to every parameter."""
    wanted = [name for name in ("x", "gamma", "w") if name in given]
    extra = {}
    if "gamma" in given and rule != "rms_norm":
        extra = {"beta": np.zeros_like(given["gamma"])}
    if rule in ("conv", "conv_transpose"):
        extra = {"b": np.zeros(dy.shape[1])}
    return {
        f"d{name}": _derivative(formula, {**given, **extra}, name, dy) for name in (*wanted, *extra)
    }


def _derivative(formula, given, name, dy):
    result = np.zeros(given[name].shape)
    for index in np.ndindex(result.shape):
        sums = []
        for sign in (1, -1):
            moved = given[name].copy()
            moved[index] += sign * DIFFERENCE
            sums.append((dy * formula(SimpleNamespace(**{**given, name: moved}))["y"]).sum())
        result[index] = (sums[0] - sums[1]) / (2 * DIFFERENCE)
    return result


def _multiples(rng, shape):
    """Return multiples of 1/16 in [-1, 2), which every format holds."""
    return rng.integers(-16, 32, shape) / 16
