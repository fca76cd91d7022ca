"""Layers as data: what is accepted and refused, what is read off, and how they are computed."""

import re
from dataclasses import replace

import numpy as np
import pytest
from sympy import Float, Rational, Sum, Symbol

from goldenrule.spec.catalogue import rules
from goldenrule.spec.normalizations.batch_norm import CHANNELS, inference, unbiased
from goldenrule.spec.normalizations.layer_norm import SAMPLES, elementwise
from goldenrule.spec.rule import GOLDENRULE, Option, Step
from goldenrule.spec.symbols import LATEX, MEANING
from goldenrule.spec.tensors.algebra import Algebra, generators
from goldenrule.spec.tensors.evaluate import closed_form, forward, gradients
from goldenrule.spec.tensors.layer import Layer
from goldenrule.spec.tensors.symbols import (
    ATTRIBUTES,
    dx,
    dy,
    eps,
    g,
    gamma,
    i,
    momentum,
    mu,
    n,
    running_mean,
    running_var,
    x,
    y,
)

LAYERS = [
    pytest.param(rule, dialect, id=f"{rule.name}/{dialect.name}")
    for rule in rules().values()
    for dialect in rule.dialects
    if isinstance(dialect, Layer)
]
OUTPUT = Step("output", y[i], x[i])
INPUT = Step("input-gradient", dx[i], dy[i])


def layer(*steps, backward=(INPUT,), options=(), layout=SAMPLES):
    return Layer(
        "tested", "For a test.", GOLDENRULE, steps, options, layout=layout, backward=backward
    )


def refused(message):
    return pytest.raises(ValueError, match=re.escape(message))


# CONSTRUCTION


def test_what_a_layer_takes_is_read_off_its_steps():
    assert unbiased.inputs(("affine",))[0] == x
    assert unbiased.state() == (running_mean, running_var)
    assert unbiased.hyper() == (momentum, eps)
    assert not unbiased.counts()
    assert unbiased.results() == ("y", "running_mean", "running_var", "dx")
    assert unbiased.results(("affine",))[3:] == ("dx", "dgamma", "dbeta")
    assert [s.name for s in unbiased.taken_backward(("affine",))] == ["dy", "x", "gamma", "eps"]
    assert inference.state() == ()
    assert [s.name for s in inference.taken_backward()] == [
        "dy", "x", "running_mean", "running_var", "eps",
    ]  # fmt: skip
    assert elementwise.attributes == ("axis",)


MEAN = Step("mean", mu, Sum(x[i], (i, 1, n)) / n)


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((OUTPUT, OUTPUT), "tested: two steps are named 'output'"),
        ((Step("Output", y[i], x[i]),), "tested: step Output: a name is lower-case words"),
        ((Step("output", y[i], Float("0.1") * x[i]),), "holds the rounded number 0.1"),
        ((Step("output", y[i], Symbol("lr") * x[i]),), "tested: step output: lr has no domain"),
        ((Step("output", y[i], x[i] - mu), MEAN), "tested: mu is read before it is set"),
        ((Step("output", y[i], g[i]),), "tested: g is read before it is set"),
        ((MEAN, OUTPUT), "tested: step mean sets mu, which nothing uses"),
        ((MEAN,), "tested: no step sets the output y"),
    ],
)
def test_bad_steps_are_refused(steps, message):
    with refused(message):
        layer(*steps)


@pytest.mark.parametrize(
    ("backward", "message"),
    [
        ((), "tested: no step sets a gradient"),
        ((INPUT, Step("gradient", g[i], dy[i])), "step gradient sets g, which nothing uses"),
        ((Step("input-gradient", dx[i], g[i]),), "tested: g is read before it is set"),
        ((Step("output", dx[i], dy[i]),), "tested: two steps are named 'output'"),
    ],
)
def test_bad_backward_steps_are_refused(backward, message):
    with refused(message):
        layer(OUTPUT, backward=backward)


def test_an_option_takes_what_its_steps_read():
    scaled = Step("output", y[i], gamma[i] * x[i])
    layer(OUTPUT, options=(Option("scale", (gamma,), (scaled,)),))
    with refused("tested: option scale takes gamma"):
        layer(OUTPUT, options=(Option("scale", (), (scaled,)),))


@pytest.mark.parametrize(("rule", "dialect"), LAYERS)
def test_catalogue_of_layers(rule, dialect):
    assert rule.summary.endswith(".") and dialect.summary.endswith(".")
    assert dialect.used_by or dialect.source.title == "goldenrule"
    assert all(sentence.endswith(".") for sentence in dialect.layout.words())
    assert set(dialect.attributes) <= set(ATTRIBUTES)
    for options in dialect.option_sets():
        assert dialect.results(options)[0] == "y"
        assert dialect.gradients(options)[0] == "dx"
        assert set(dialect.symbols(options)) <= set(rule.symbols())
        assert all(s in LATEX and s in MEANING for s in dialect.symbols(options))
    assert all(MEANING[s] for s in dialect.mentioned())
    for values in rule.defaults.values():
        numbers = [number for value in values.values() for number in value.strip("()").split(",")]
        assert all(Rational(number) >= 0 for number in numbers)
    assert all(other in rules() for other in rule.see_also)


def test_dialects_of_a_rule_differ():
    for rule in rules().values():
        layers = [d for d in rule.dialects if isinstance(d, Layer)]
        kinds = [(d.steps, d.options, d.layout) for d in layers]
        assert all(a != b for place, a in enumerate(kinds) for b in kinds[:place]), rule.name


# EVALUATION


def array(values):
    return np.vectorize(Rational, otypes=[object])(values)


def test_numbers_go_through():
    given = {
        "x": array([[1, 10], [2, 20], [4, 40]]),
        "running_mean": array([0, 0]),
        "running_var": array([1, 1]),
        "momentum": Rational(1, 10),
        "eps": Rational(0),
    }
    found = forward(unbiased, (), given, {})
    assert [float(v) for v in found["running_var"]] == pytest.approx([1.13333333, 24.2333333])
    assert found["running_mean"][0] == Rational(7, 30)
    assert sum(found["y"][:, 0]).simplify() == 0


def test_a_gradient_needs_what_it_is_taken_by():
    given = generators({"x": (1, 2), "dy": (1, 2), "gamma": (2,), "eps": ()}, roots=1)
    with pytest.raises(KeyError, match="beta"):
        gradients(elementwise, ("affine",), given, {"axis": 1})


def test_labels_say_which_elements_belong_together():
    assert CHANNELS.blocks(CHANNELS.group, (2, 2), {}) == {
        (0,): [(0, 0), (1, 0)],
        (1,): [(0, 1), (1, 1)],
    }
    assert SAMPLES.parameters((2, 3, 4), {"axis": 1})["gamma"] == (3, 4)


@pytest.mark.parametrize("name", [step.name for step in elementwise.backward_with(("affine",))])
def test_a_wrong_backward_step_is_not_the_derivative(name):
    steps = [
        replace(step, value=2 * step.value) if step.name == name else step
        for step in elementwise.backward_with(("affine",))
    ]
    forward_steps = elementwise.steps_with(("affine",))
    wrong = replace(elementwise, steps=forward_steps, backward=tuple(steps), options=())
    given = generators({"x": (1, 3), "dy": (1, 3), "gamma": (3,), "beta": (3,), "eps": ()}, roots=1)
    algebra = given["eps"].algebra
    right = gradients(elementwise, ("affine",), given, {"axis": 1})
    found = closed_form(wrong, (), given, {"axis": 1})
    same = [
        algebra.is_zero(a - b)
        for name in right
        for a, b in zip(found[name].flat, right[name].flat, strict=True)
    ]
    assert not all(same)


# NUMBERS


def test_numbers_know_their_roots():
    algebra = Algebra(["x", "y"], roots=2)
    v, w = algebra["x"] + 1, algebra["y"] * 2
    r = 1 / v.root()
    assert algebra.is_zero(r * r * v - 1)
    assert algebra.is_zero(v * r - v.root())
    assert not algebra.is_zero(r - 1 / w.root())
    assert not algebra.is_zero(r * v - 1)
    assert algebra.is_zero(r.diff(algebra["x"]) * 2 + r**3)
    assert algebra.is_zero(algebra.t * (1 / algebra.t) - 1)
    assert algebra.is_zero(v ** Rational(-1, 2) - r)


@pytest.mark.parametrize(
    "compute",
    [
        lambda x: 1 / (x + 1),
        lambda x: x == x,
        lambda x: x if x else 0,
        lambda x: x**0.5,
        lambda x: x + 0.5,
        lambda x: x < 1,
    ],
)
def test_numbers_are_not_compared_rounded_or_divided_by(compute):
    with pytest.raises(TypeError):
        compute(Algebra(["x"])["x"])


def test_there_is_room_for_so_many_roots():
    algebra = Algebra(["x"], roots=0)
    with pytest.raises(ValueError, match="no room for the root of x"):
        algebra["x"].root()
