"""No machine that keeps a profile exceeds its bound, in any form, on any input; others do."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from goldenrule.reference.bounds import machine, trajectory_bounds
from goldenrule.reference.catalogue import Function, forms
from goldenrule.reference.contexts.mp import MpContext
from goldenrule.reference.contexts.numbers import ArrayNumbers, MpNumbers
from goldenrule.reference.profile import FULL, HALF, Profile
from goldenrule.reference.run import Problem, Quadratic, Step, call, run
from goldenrule.spec.catalogue import rules

from .emulator import Emulator, numbers
from .families import FAMILIES, HYPER, tensors

SIZE = 48
COUNTS = {"plain": 3, "zeros": 1, "wide": 1000, "subnormal": 2}
PROFILES = [Profile.parse(name) for name in FULL + HALF]
EXACT = MpContext(160)
ELEMENTWISE = [
    (name, dialect)
    for name, rule in rules().items()
    for dialect in rule.dialects
    if name.startswith("optimizers/") and not dialect.functions()
]


def problem_of(dialect, options, family: str, storage: str, steps: int = 1) -> Problem:
    """A run on random inputs, the rate changing at every step."""
    given, state = ([s.name for s in f(options)] for f in (dialect.inputs, dialect.state))
    hyper = {s.name: HYPER[s.name] for s in dialect.hyper(options)}
    start = tensors([*given, *state], family, storage, SIZE, seed=0)
    fresh = {name: start.pop(name) for name in given if name != "theta"}
    run_of = [
        Step(
            {n: np.roll(x, i) for n, x in fresh.items()},
            {n: x / (i + 1) if n == "alpha" else x for n, x in hyper.items()},
        )
        for i in range(steps)
    ]
    return Problem(start, run_of, COUNTS[family] if steps == 1 else 1)


def computed(form: Function, problem: Problem, profile: Profile) -> dict[str, np.ndarray]:
    """What the machine of a profile gives for one step."""
    ctx = Emulator(profile)
    with np.errstate(all="ignore"):
        state = {name: ctx.tensor(x) for name, x in problem.given.items()}
        outputs = call(form, ctx, problem, 0, state, ctx.tensor)
        return numbers({name: ctx.returned(x) for name, x in outputs.items()})


def bounds_of(form, problem, exact, profiles) -> list[list[dict[str, np.ndarray]]]:
    """Bounds over arrays; over mpmath's numbers where those would underflow."""
    tiny = min(abs(x[x != 0]).min(initial=1) for x in problem.given.values()) < 1e-150
    with np.errstate(all="ignore"):
        kind = MpNumbers(100) if tiny else ArrayNumbers()
        return trajectory_bounds([form], problem, exact, profiles, kind)


def ratios(got: np.ndarray, exact: Sequence, bound: np.ndarray, profile: Profile) -> list[float]:
    """Errors by their bounds, of the elements that are judged; infinite where the bound is 0."""
    man, exp = profile.storage.largest_finite
    found = []
    for x, z, b in zip(got, exact, bound, strict=True):
        if b == np.inf or (not np.isfinite(x) and abs(z) + b > man * 2.0**exp):
            continue
        error = abs(z - EXACT.tensor(float(x))) if np.isfinite(x) else np.inf
        found.append(float(error / EXACT.tensor(b)) if b else float("inf") if error else 0.0)
    return found


def judged(form, problem, profiles, machines=None) -> list[float]:
    """Errors by bounds, over every output of a step."""
    (exact,) = run(form, EXACT, problem)
    (found,) = bounds_of(form, problem, [exact], profiles)
    return [
        ratio
        for profile, made, bound in zip(profiles, machines or profiles, found, strict=True)
        for name, x in computed(form, problem, made).items()
        for ratio in ratios(x, exact[name], bound[name], profile)
    ]


@pytest.mark.parametrize(
    ("rule", "dialect"), ELEMENTWISE, ids=[f"{rule}/{d.name}" for rule, d in ELEMENTWISE]
)
def test_a_step_never_exceeds_its_bound(rule, dialect):
    worst, count = {}, 0
    for options in dialect.option_sets():
        for storage in ("float64", "float32", "bfloat16", "float16"):
            profiles = [p for p in PROFILES if p.storage.name == storage]
            for family in FAMILIES:
                problem = problem_of(dialect, options, family, storage)
                for form in forms(rule)[dialect.name]:
                    found = judged(form, problem, profiles)
                    assert max(found) <= 1, (form.__name__, options, storage, family)
                    worst[family] = max(worst.get(family, 0), *found)
                    count += len(found)
    assert worst["plain"] > 0.4  # tight: some rounding error comes near
    assert count > 3000


# TRAJECTORIES

RUNS = {
    "optimizers/adam": ("paper", ("amsgrad",)),
    "optimizers/momentum": ("outside", ("dampening", "weight_decay")),
    "optimizers/rmsprop": ("clamped", ("centered", "momentum")),
    "optimizers/adadelta": ("paper", ()),
}


def assert_safe_run(form: Function, problem: Problem, profile: Profile) -> None:
    with np.errstate(all="ignore"):
        exact = list(run(form, EXACT, problem))
        steps = list(map(numbers, run(form, Emulator(profile), problem)))
    found = bounds_of(form, problem, exact, [profile])
    worst = [
        max(ratios(x, exact[i][name], found[i][0][name], profile), default=0)
        for i, step in enumerate(steps)
        for name, x in step.items()
    ]
    assert 0.01 < max(worst) <= 1


@pytest.mark.parametrize("profile", ["float64", "float32", "float32+ftz+step32"])
@pytest.mark.parametrize("rule", RUNS)
def test_a_trajectory_never_exceeds_its_bounds(rule, profile):
    dialect, options = RUNS[rule]
    parsed = Profile.parse(profile)
    problem = problem_of(rules()[rule].dialect(dialect), options, "plain", parsed.storage.name, 6)
    for form in forms(rule)[dialect]:
        assert_safe_run(form, problem, parsed)


@pytest.mark.parametrize("profile", FULL)
def test_a_lookahead_never_exceeds_its_bounds(profile):
    random = np.random.default_rng(0)
    half = random.integers(-(2**20), 2**20, (6, 6)) / 2.0**20
    quadratic = Quadratic(half + half.T, random.integers(-9, 9, 6) / 8)
    start = {"theta": random.integers(-9, 9, 6) / 4, "a": random.integers(-9, 9, 6) / 16}
    steps = [Step({}, {"alpha": 0.01 / (i + 1), "beta": 0.9}) for i in range(8)]
    for form in forms("optimizers/nesterov")["lookahead"]:
        assert_safe_run(form, Problem(start, steps, objective=quadratic), Profile.parse(profile))


# MACHINES THAT DO NOT KEEP THEIR PROFILE, AND BOUNDS THAT ARE TOO SMALL

ADAM = rules()["optimizers/adam"].dialect("paper")
BROKEN = {  # family, the profile declared, and the one the machine keeps
    "narrow": ("plain", "float64", "float32"),
    "subnormals lost": ("subnormal", "float32", "float32+ftz"),
    "subnormals of float64 lost": ("subnormal", "float64", "float64+ftz"),
    "step count in float32": ("wide", "float32+ftz", "float32+ftz+step32"),
    "stores": ("plain", "bfloat16+fused", "bfloat16"),
    "another half type": ("plain", "float16", "bfloat16"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_promise_exceeds_the_bound(name):
    family, declared, kept = BROKEN[name]
    storage = "bfloat16" if declared == "float16" else Profile.parse(declared).storage.name
    storage = "float32" if name == "narrow" else storage
    problem = problem_of(ADAM, (), family, storage)
    form = forms("optimizers/adam")["paper"][1]
    broken = judged(form, problem, [Profile.parse(declared)], [Profile.parse(kept)])
    assert max(broken) > 1
    assert max(judged(form, problem, [Profile.parse(declared)])) <= 1


@pytest.mark.parametrize("profile", ["float64", "float32", "bfloat16"])
def test_half_the_unit_roundoff_is_too_small_a_bound(profile, monkeypatch):
    parsed = Profile.parse(profile)
    problem = problem_of(ADAM, (), "plain", parsed.storage.name)
    form = forms("optimizers/adam")["paper"][0]
    assert max(judged(form, problem, [parsed])) <= 1
    whole = machine._constants
    monkeypatch.setattr(
        machine,
        "_constants",
        lambda *x: replace(whole(*x), unit_roundoff=whole(*x).unit_roundoff / 2),
    )
    assert max(judged(form, problem, [parsed])) > 1
