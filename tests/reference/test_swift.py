"""MPFR's numbers give the digits of mpmath's, and are in force only while they are used."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenrule.conformance.cases.catalogue import cases_of, forms_for
from goldenrule.conformance.cases.profiles import profiles_of
from goldenrule.conformance.generator import golden
from goldenrule.reference.bounds import trajectory_bounds
from goldenrule.reference.contexts import swift as module
from goldenrule.reference.contexts.mp import MpContext
from goldenrule.reference.contexts.numbers import ArrayNumbers, MpNumbers
from goldenrule.reference.contexts.swift import swift
from goldenrule.reference.run import run

gmpy2 = pytest.importorskip("gmpy2")

BITS = 160
SLOW = MpNumbers(BITS)
OPERATIONS = {
    "+": lambda _, x, y: x + y,
    "-": lambda _, x, y: x - y,
    "*": lambda _, x, y: x * y,
    "/": lambda numbers, x, y: numbers.divide(x, y),
    "root": lambda numbers, x, _: numbers.sqrt(x),
    "square": lambda _, x, __: x**2,
    "float": lambda _, x, __: x * (1 + 2.0**-30),
    "abs": lambda _, x, __: abs(x),
}
dyadics = st.tuples(st.integers(1 - 2**BITS, 2**BITS - 1), st.integers(-400, 400))


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
@given(dyadics, dyadics)
def test_every_operation_rounds_as_mpmath_does(operation, x, y):
    with swift(SLOW) as fast:
        found = fast.restore(operation(fast, fast.dyadic(*x), fast.dyadic(*y)))
    expected = operation(SLOW, SLOW.dyadic(*x), SLOW.dyadic(*y))
    assert found._mpf_ == expected._mpf_


@given(st.lists(st.tuples(dyadics, dyadics), max_size=4))
def test_grains(terms):
    with swift(SLOW) as fast:
        found = fast.grain([(fast.dyadic(*x), fast.dyadic(*y)) for x, y in terms])
    assert found == SLOW.grain([(SLOW.dyadic(*x), SLOW.dyadic(*y)) for x, y in terms])


@pytest.mark.parametrize("x", [0.0, -0.0, 0.1, -3.0, 5e-324, float("inf"), -float("inf")])
def test_restored(x):
    with swift(SLOW) as fast:
        assert fast.restore(fast.convert(x))._mpf_ == SLOW.convert(x)._mpf_
        assert fast.convert(SLOW.convert(0.1)) == 0.1


def test_a_number_of_more_bits_is_rounded_once():
    third = MpContext(2 * BITS).tensor(1.0) / 3
    with swift(SLOW) as fast:
        assert fast.restore(fast.convert(third))._mpf_ == SLOW.convert(third)._mpf_


def test_the_precision_is_in_force_only_meanwhile():
    before = gmpy2.get_context().precision
    with swift(SLOW):
        assert gmpy2.get_context().precision == BITS != before
    assert gmpy2.get_context().precision == before


def test_other_numbers_stay(monkeypatch):
    arrays = ArrayNumbers()
    with swift(arrays) as given_back:
        assert given_back is arrays
    monkeypatch.setattr(module, "BACKEND", "python")
    with swift(SLOW) as given_back:
        assert given_back is SLOW
        assert given_back.restore(0.5) == 0.5


@pytest.mark.parametrize(
    ("rule", "dialect"),
    [
        ("optimizers/adam", "paper"),
        ("optimizers/nesterov", "lookahead"),
        ("normalizations/rms_norm", "paper"),
        ("convolutions/conv", "same_upper"),
    ],
)
def test_bounds_are_those_of_mpmath_to_the_last_bit(rule, dialect, monkeypatch):
    for case in cases_of(rule, dialect)[:12:3]:
        forms, problem = forms_for(rule, dialect, case), case.problem.finite()
        exact = list(run(forms[0], MpContext(BITS), problem))
        profiles = golden.profiles_of(case, profiles_of(rule))
        fast = trajectory_bounds(forms, problem, exact, profiles, SLOW)
        with monkeypatch.context() as patch:
            patch.setattr(module, "BACKEND", "python")
            slow = trajectory_bounds(forms, problem, exact, profiles, SLOW)
        for one, other in zip(fast, slow, strict=True):
            for errors, expected in zip(one, other, strict=True):
                assert errors.keys() == expected.keys()
                for name, values in errors.items():
                    assert _bits(values) == _bits(expected[name])


def _bits(values):
    assert isinstance(values, np.ndarray)
    return [x._mpf_ for x in values.flat]
