"""Running one backend entry beside its formula."""

import importlib
import os
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest

from .formulas import FORMULAS

NUMBERS = {"alpha": 0.1, "beta": 0.8, "beta1": 0.9, "beta2": 0.99, "rho": 0.9, "eps": 1e-3}
NUMBERS |= {"weight_decay": 0.05, "dampening": 0.3, "lr_decay": 0.2}
STATE = {"a", "m", "v", "u", "b", "v_max"}
GROUPS = {"b": "momentum", "beta": "momentum"}  # optional symbols that come together
TOLERANCE = {"float64": 1e-12, "float32": 1e-5, "bfloat16": 0.05, "float16": 0.01}


def require(name):
    """Import a framework's backend; skip the module without it, unless it must be there."""
    try:
        return importlib.import_module(f"goldenrule.conformance.backends.{name}")
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed"
        if error.name.startswith("goldenrule") or os.environ.get("GOLDENRULE_REQUIRE_FRAMEWORKS"):
            pytest.fail(message)  # not an ImportError, which the collection of doctests swallows
        return pytest.skip(message, allow_module_level=True)


def runs(backends):
    """Return every optimizer with each profile and set of options, under a readable id."""
    return [
        pytest.param(backend, entry, profile, options, id=_id(backend, entry, profile, options))
        for backend in backends
        for entry in backend.entries
        if entry.computes == "update"
        for profile in entry.profiles
        for options in _option_sets(entry.signature)
    ]


def _id(backend, entry, profile, options):
    rule = entry.rule.split("/")[1]
    return "-".join([backend.label, rule, entry.dialect, profile, *sorted(options)])


def _option_sets(signature):
    optional = [name for name in signature.accepts if name not in signature.required]
    groups = sorted({GROUPS.get(name, name) for name in optional})
    for size in range(len(groups) + 1):
        for chosen in combinations(groups, size):
            yield {name for name in optional if GROUPS.get(name, name) in chosen}


def check(entry, profile, options, *, first):
    """Compare a run over some steps, from step number ``first``, with the formula."""
    dtype = np.float64 if profile.startswith("float64") else np.float32
    base = profile.split("+")[0]
    rng = np.random.default_rng(0)
    shape = (3, 4)
    symbols = {*entry.signature.required, *options}
    state = {name: _positive(rng, shape, dtype) for name in sorted(symbols & STATE)}
    if "m" in state and "rho" in symbols:
        state["v"] = state["v"] + dtype(9)  # the variance v - m^2 stays away from 0
    if first == 1:
        state = {name: np.zeros(shape, dtype) for name in state}
    if "theta" in symbols:
        state["theta"] = _positive(rng, shape, dtype)
    steps = [_step(rng, symbols, shape, dtype, first + k) for k in range(3)]

    arguments = {**vars(steps[0]), **state, "steps": steps, "profile": profile}
    arguments = {name: arguments[name] for name in symbols}
    results = list(entry.function(**{name: _copy(value) for name, value in arguments.items()}))

    assert len(results) == len(steps)
    formula = FORMULAS[entry.rule.split("/")[1], entry.dialect]
    tensors = {name: tensor.astype(np.float64) for name, tensor in state.items()}
    for step, result in zip(steps, results, strict=True):
        tensors = {**tensors, **formula(SimpleNamespace(**{**tensors, **vars(step)}))}
        assert {*result} == {*tensors}
        for name, tensor in result.items():
            assert tensor.dtype == dtype and tensor.shape == shape
            np.testing.assert_allclose(tensor, tensors[name], TOLERANCE[base], err_msg=name)


def _step(rng, symbols, shape, dtype, t):
    hyper = {name: value for name, value in NUMBERS.items() if name in symbols}
    if "alpha" in hyper:
        hyper["alpha"] /= t  # the rate changes from step to step
    x = _positive(rng, shape, dtype)
    return SimpleNamespace(**hyper, t=t, **({"g": x} if "theta" in symbols else {"x": x}))


def _positive(rng, shape, dtype):
    """Return multiples of 1/16 in [1, 3), which every format holds."""
    return (rng.integers(16, 48, shape) / 16).astype(dtype)


def _copy(value):
    return value.copy() if isinstance(value, np.ndarray) else value
