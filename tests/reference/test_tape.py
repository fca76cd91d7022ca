"""The tape: what it records, where scalars are cast, and that its derivatives are right."""

from typing import Any

import numpy as np
import pytest

from goldenrule.reference.catalogue import forms, names, parameters
from goldenrule.reference.contexts.mp import MpContext
from goldenrule.reference.contexts.numbers import ArrayNumbers, MpNumbers
from goldenrule.reference.contexts.tape import Node, Place, TapeContext

SCALARS = {
    "alpha": 0.125, "beta": 0.75, "beta1": 0.875, "beta2": 0.96875, "rho": 0.8125,
    "eps": 0.0625, "dampening": 0.25, "weight_decay": 0.375, "lr_decay": 0.5,
}  # fmt: skip
TENSORS = {
    "theta": 0.7, "g": -1.3, "x": 0.9, "m": 0.4, "v": 1.9, "v_max": 1.5, "u": 0.3, "a": 0.6,
    "b": -0.2,
}  # fmt: skip


def recorded(tape: TapeContext) -> list[tuple[str, str, float]]:
    return [(node.operation, node.place.name, float(node.value)) for node in tape.nodes]


@pytest.fixture(params=[MpNumbers(100), ArrayNumbers()], ids=["mp", "array"])
def tape(request) -> TapeContext:
    return TapeContext(request.param)


# WHAT IS RECORDED


def test_a_tiny_function(tape):
    theta, g, alpha = tape.tensor(3.0), tape.tensor(2.0), tape.scalar(0.5)
    theta = tape.returned(theta - tape.store(alpha * g))
    assert recorded(tape) == [
        ("input", "TENSOR", 3.0),
        ("input", "TENSOR", 2.0),
        ("input", "SCALAR", 0.5),
        ("cast", "TENSOR", 0.5),
        ("mul", "TENSOR", 1.0),
        ("store", "TENSOR", 1.0),
        ("sub", "TENSOR", 2.0),
        ("return", "TENSOR", 2.0),
    ]
    assert theta is tape.nodes[-1]
    given, _, _, _, product, stored, difference, _ = tape.nodes
    assert difference.arguments == (given, stored)
    assert difference.partials == (1, -1)
    assert [float(p) for p in product.partials] == [2.0, 0.5]


def test_a_scalar_is_cast_once_and_integers_never(tape):
    x, s = tape.tensor(2.0), tape.scalar(0.1)
    y = s * x + s + 2 - x * s
    assert isinstance(y, Node)
    casts = [node for node in tape.nodes if node.operation == "cast"]
    assert len(casts) == 1
    assert casts[0].arguments == (s,)
    assert tape.cast(s) is tape.store(s).arguments[0] is casts[0]


def test_scalars_stay_scalars_until_they_meet_a_tensor(tape):
    s = tape.scalar(0.25)
    weight = 1 - s
    assert weight.place is Place.SCALAR
    assert (weight * tape.tensor(4.0)).place is Place.TENSOR
    assert [n.operation for n in tape.nodes] == ["input", "sub", "input", "cast", "mul"]


def test_the_step_count_comes_in_through_powers(tape):
    s = tape.scalar(0.5)
    correction = 1 - s**3
    assert correction.place is Place.STEP
    assert recorded(tape)[1:] == [
        ("cast", "STEP", 0.5),
        ("pow", "STEP", 0.125),
        ("sub", "STEP", 0.875),
    ]
    assert tape.nodes[2].exponent == 3
    assert (s * correction).place is Place.STEP  # the scalar joins it by the same cast
    assert len([n for n in tape.nodes if n.operation == "cast"]) == 1
    assert (tape.tensor(3.0) ** 2).place is Place.TENSOR


def test_signs_that_rounding_cannot_change(tape):
    positive, negative, s = tape.tensor(2.0), tape.tensor(-2.0), tape.scalar(0.5)
    assert positive.nonnegative
    assert not negative.nonnegative
    assert (negative * negative).nonnegative
    assert not (negative * positive).nonnegative
    assert (positive + s * positive).nonnegative
    assert not (positive + negative).nonnegative
    assert not (positive - s).nonnegative
    assert (1 - s).nonnegative
    assert not (s - 1).nonnegative
    assert tape.max(negative, 0).nonnegative
    assert (negative / negative).nonnegative
    assert not (negative / positive).nonnegative
    assert not (-positive).nonnegative
    assert (negative**2).nonnegative
    assert not (negative**3).nonnegative
    assert (positive**3).nonnegative


def test_arrays_are_one_node():
    tape = TapeContext(ArrayNumbers())
    x = tape.tensor(np.array([1.0, -4.0, 0.0]))
    y = tape.max(x, 0) / tape.sqrt(tape.tensor(np.array([4.0, 1.0, 0.0])))
    assert len(tape.nodes) == 5
    assert y.value.tolist() == [0.5, 0.0, 0.0]  # a quotient by 0 is left to the bound
    assert not x.nonnegative


def test_a_dot_product_is_one_node(tape):
    x, y, s = tape.tensor(2.0), tape.tensor(-3.0), tape.scalar(0.5)
    dot = tape.fdot([x, s], [y, y])
    assert float(dot.value) == -7.5
    assert [float(p) for p in dot.partials] == [-3.0, -3.0, 2.0, 0.5]
    assert [n.operation for n in tape.nodes] == ["input", "input", "input", "cast", "dot"]


def test_a_sum_is_one_node(tape):
    x, s = tape.tensor(2.0), tape.scalar(0.5)
    total = tape.fsum([x, s, 3, x])
    assert float(total.value) == 7.5
    assert total.partials == (1, 1, 1, 1)
    assert [n.operation for n in tape.nodes] == ["input", "input", "cast", "sum"]
    assert total.nonnegative
    assert not tape.fsum([x, tape.tensor(-1.0)]).nonnegative


def test_what_may_be_mixed_is_kept_and_shared(tape):
    xs = np.array([tape.tensor(x) for x in (2.0, -3.0, 1.0)], dtype=object)
    first, second = (tape.fdot(xs[:2], [xs[2], 1], among=xs) for _ in range(2))
    assert first.among is second.among
    assert first.among.nodes == tuple(xs)
    assert first.among.peak == 3
    assert tape.fdot(xs, xs).among is None
    assert tape.fdot(xs, xs).nonnegative
    assert not tape.fdot(xs, xs, among=xs).nonnegative  # a transformed algorithm keeps no sign


def test_spans_know_what_sums_add_up():
    tape = TapeContext(MpNumbers(200))
    x, y = tape.tensor(0.75), tape.tensor(-6.0)
    total = tape.fsum([x, y, y])
    assert (total.span.size, total.span.grain) == (12.75, -2)
    dot = tape.fdot([x, y], [y, y])
    assert (dot.span.size, dot.span.grain) == (40.5, -1)
    biased = tape.store(-dot) - tape.tensor(2.0**-9)
    assert (biased.span.size, biased.span.grain) == (40.5 + 2.0**-9, -9)
    assert (dot * x).span is None
    zero = tape.tensor(0.0)
    assert (tape.fsum([zero, zero]).span.size, tape.fdot([zero], [x]).span.grain) == (0, 0)
    not_looked_into = TapeContext(MpNumbers(200), layer=False)
    assert not_looked_into.fsum([not_looked_into.tensor(1.0)]).span.grain is None


def test_no_terms_add_up_to_a_constant(tape):
    assert tape.fsum([]).place is tape.fdot([], []).place is Place.CONSTANT
    assert tape.nodes == []
    assert float(tape.returned(tape.fsum([])).value) == 0


# DERIVATIVES

FORMS = [
    (rule, function)
    for rule in names()
    if rule.startswith("optimizers/")
    for functions in forms(rule).values()
    for function in functions
]


def arguments(function) -> dict[str, float]:
    return {n: x for n, x in (TENSORS | SCALARS).items() if n in parameters(function)}


def quadratic(ctx):
    """The gradient of a function of one variable."""
    return lambda w: ctx.fdot([ctx.tensor(1.5)], [w]) - ctx.tensor(0.25)


def outputs(function, ctx, values):
    given = dict(values) | ({"t": 3} if "t" in parameters(function) else {})
    if "gradient" in parameters(function):
        given["gradient"] = quadratic(ctx)
    return {n: x for n, x in function(ctx, **given).items() if x is not None}


def reverse(tape: TapeContext, output: Node) -> dict[Node, Any]:
    """The derivatives of an output by every node, by the chain rule."""
    adjoints = {output: tape.numbers.convert(1)}
    for node in reversed(tape.nodes):
        for x, partial in zip(node.arguments, node.partials, strict=True):
            adjoints[x] = adjoints.get(x, 0) + adjoints.get(node, 0) * partial
    return adjoints


@pytest.mark.parametrize(
    ("rule", "function"), FORMS, ids=[f"{rule}/{function.__name__}" for rule, function in FORMS]
)
def test_values_and_derivatives_of_every_form(rule, function):
    tape, ctx = TapeContext(MpNumbers(200)), MpContext(200)
    make = {n: tape.tensor if n in TENSORS else tape.scalar for n in arguments(function)}
    nodes = {n: make[n](x) for n, x in arguments(function).items()}
    results = outputs(function, tape, nodes)
    h = ctx.mp.mpf(2) ** -60

    def shifted(name, by):
        values = {n: ctx.tensor(x) for n, x in arguments(function).items()}
        values[name] += by
        return outputs(function, ctx, values)

    for name, node in nodes.items():
        above, below = shifted(name, h), shifted(name, -h)
        for output, result in results.items():
            derivative = (above[output] - below[output]) / (2 * h)
            got = reverse(tape, result).get(node, 0)
            assert abs(got - derivative) < 2.0**-90, (rule, output, name)
            assert abs(result.value - (above[output] + below[output]) / 2) < 2.0**-90
