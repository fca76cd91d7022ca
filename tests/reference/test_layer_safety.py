"""No machine that keeps a profile exceeds the bounds of layers, in any form and any order."""

from dataclasses import replace
from itertools import cycle

import numpy as np
import pytest

from goldenrule.conformance.cases.catalogue import cases_of
from goldenrule.reference import catalogue
from goldenrule.reference.bounds import trajectory_bounds
from goldenrule.reference.contexts.mp import MpContext
from goldenrule.reference.contexts.numbers import MpNumbers
from goldenrule.reference.forms import admits
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem, Step, applies, call, elements, run

from .emulator import Emulator
from .orders import ORDERS
from .test_bound_safety import ratios

EXACT = MpContext(200)
NUMBERS = MpNumbers(120)
PROFILES = [
    Profile.parse(name)
    for name in ("float32+ftz+onepass", "bfloat16", "bfloat16+native", "float16+fused")
]
NEUTRAL = {"stride": (1,), "dilation": (1,), "padding": ((0, 0),), "groups": 1}
ONE_IN = 7  # every case of every dialect would take minutes
DIALECTS = [
    (rule, dialect)
    for rule in catalogue.names()
    if not rule.startswith("optimizers/")
    for dialect in catalogue.forms(rule)
]


def problems(rule, dialect):
    """The first step of some of a dialect's cases, in finite numbers, with their kinds."""
    finite = [case for case in cases_of(rule, dialect) if not case.outcomes]
    for case in finite[::ONE_IN]:
        problem = case.problem.finite()
        yield case.kind, replace(problem, steps=problem.steps[:1])


def holds(profile, problem) -> bool:
    """Whether a profile's format has every number of a problem."""
    for values in problem.tensors:
        for x in values.flat:
            man, exp = float(x).as_integer_ratio()
            if not profile.storage.is_exact(man, 1 - exp.bit_length()):
                return False
    return True


def computed(form, problem, machine):
    """What a machine gives, flat."""
    make = elements(machine)
    with np.errstate(all="ignore"):
        state = {name: make(x) for name, x in problem.given.items()}
        outputs = call(form, machine, problem, 0, state, make)
    return {
        name: [float(machine.returned(machine.cast(x)).value) for x in np.ravel(values)]
        for name, values in outputs.items()
    }


def judged(form, problem, profiles, orders):
    """Errors by bounds, over every output."""
    (exact,) = run(form, EXACT, problem)
    (bounds,) = trajectory_bounds([form], problem, [exact], profiles, NUMBERS)
    for profile, bound in zip(profiles, bounds, strict=True):
        machine = next(orders)(profile)
        for name, got in computed(form, problem, machine).items():
            yield from ratios(got, np.ravel(exact[name]), np.ravel(bound[name]), profile)


def machines():
    """Machines with every order in turn, and with fused operations."""

    def of_order(total):
        return lambda profile: Emulator(profile, total)

    every = [of_order(total) for total in ORDERS.values()]
    return cycle([*every, lambda profile: Emulator(profile, fused=True)])


@pytest.mark.parametrize(("rule", "dialect"), DIALECTS, ids=map("/".join, DIALECTS))
def test_a_layer_never_exceeds_its_bound(rule, dialect):
    found, orders = [], machines()
    for kind, problem in problems(rule, dialect):
        for form in catalogue.forms(rule, kind)[dialect]:
            if not applies(form, problem):
                continue
            profiles = [p for p in PROFILES if admits(p, form) and holds(p, problem)]
            worst = max(judged(form, problem, profiles, orders), default=0.0)
            assert worst <= 1, (kind, form.__name__)
            found.append(worst)
    assert max(found) > 0.1


@pytest.mark.parametrize(("terms", "bias", "judged"), [
    ([3e38, 3e38, -3e38], None, False),
    ([2e38, -1e38, 0.0], None, True),
    ([2e38, -1e38, 0.0], 2e38, False),  # the bias may come first
    ([2e38, -1e38, 0.0], 1e37, True),
    ([3e38, 3e38, 3e38], None, True),  # to infinity
])  # fmt: skip
def test_where_a_convolution_may_overflow_on_the_way_nothing_is_claimed(terms, bias, judged):
    given = {"x": np.array([[terms]]), "w": np.ones((1, 1, 3))}
    given |= {} if bias is None else {"b": np.array([bias])}
    given = {name: x.astype(np.float32).astype(np.float64) for name, x in given.items()}
    problem = Problem({}, [Step(given, {}, NEUTRAL)], kind="layer")
    forms, profile = catalogue.forms("convolutions/conv")["zeros"], Profile.parse("float32")
    (exact,) = run(forms[0], EXACT, problem)
    ((found,),) = trajectory_bounds(forms, problem, [exact], [profile], NUMBERS)
    assert (found["y"].item() < np.inf) == judged
    for order in ORDERS.values():
        for form in (form for form in forms if applies(form, problem)):
            got = computed(form, problem, Emulator(profile, order))["y"]
            assert max(ratios(got, exact["y"].flat, found["y"].flat, profile), default=0) <= 1
