"""Normalizations: partitions, forms that agree, exact values, gradients that are derivatives."""

from itertools import product

import numpy as np
import pytest

from goldenrule.reference.catalogue import forms, parameters
from goldenrule.reference.contexts.ieee import IeeeContext
from goldenrule.reference.contexts.mp import MpContext
from goldenrule.reference.partitions import partition
from goldenrule.reference.run import elements

CTX = MpContext(400)
IEEE = IeeeContext()
SHAPE = (2, 4, 3)
RULES = [
    f"normalizations/{name}"
    for name in ("batch_norm", "group_norm", "instance_norm", "layer_norm", "rms_norm")
]
FORMS = [
    (rule, dialect, form)
    for rule in RULES
    for dialect, of_dialect in forms(rule).items()
    for form in of_dialect
]
DIALECTS = [(rule, dialect) for rule in RULES for dialect in forms(rule)]


def numbers(seed, shape):
    return np.random.default_rng(seed).integers(-40, 40, shape) / 8


def mp(values):
    return elements(CTX)(np.asarray(values, dtype=np.float64))


def parameter_shape(rule, dialect):
    if rule.endswith(("layer_norm", "rms_norm")):
        return SHAPE[-1:] if dialect == "feature" else SHAPE[1:]
    return (2,) if dialect == "group_affine" else SHAPE[1:2]


def tensors(rule, dialect):
    shape = parameter_shape(rule, dialect)
    return {
        "x": numbers(1, SHAPE),
        "dy": numbers(2, SHAPE),
        "gamma": numbers(3, shape),
        "beta": numbers(4, shape),
        "running_mean": numbers(5, SHAPE[1:2]),
        "running_var": np.abs(numbers(6, SHAPE[1:2])) + 0.25,
    }


def evaluate(ctx, form, given, **more):
    """Call a form with what it takes; without its affine parameters where they are not given."""
    named = {
        "eps": ctx.scalar(0.125),
        "momentum": ctx.scalar(0.375),
        "axis": 1,
        "groups": 2,
        "t": 3,
    }
    arguments = given | named | more
    return form(ctx, **{name: arguments[name] for name in parameters(form) if name in arguments})


def largest(x):
    return max((abs(value) for value in np.asarray(x, dtype=object).flat), default=0)


# PARTITIONS


@pytest.mark.parametrize(
    "cut",
    [
        partition.channels(SHAPE),
        partition.instances(SHAPE),
        partition.repeated(SHAPE),
        partition.contiguous(SHAPE, 2),
        partition.interleaved(SHAPE, 2),
        partition.shared(SHAPE, 2),
        partition.trailing(SHAPE, 1),
        partition.trailing(SHAPE, 2),
        partition.last(SHAPE, 1),
    ],
)
def test_every_element_has_one_group_and_one_parameter(cut):
    for blocks in (cut.groups, cut.sharing):
        places = [place for block in blocks.positions for place in block]
        assert sorted(places) == list(range(np.prod(SHAPE)))
        assert len({len(block) for block in blocks.positions}) == 1
        assert len(blocks.positions) == np.prod(blocks.shape)


# FORMS


@pytest.mark.parametrize("affine", [False, True], ids=["plain", "affine"])
@pytest.mark.parametrize("kind", ["layer", "gradient"])
@pytest.mark.parametrize(("rule", "dialect"), DIALECTS)
def test_all_forms_agree(rule, dialect, kind, affine):
    given = {name: mp(x) for name, x in tensors(rule, dialect).items()}
    if not affine:
        del given["gamma"], given["beta"]
    canonical, *others = forms(rule, kind)[dialect]
    expected = evaluate(CTX, canonical, given)
    for other in others:
        outputs = evaluate(CTX, other, given)
        assert outputs.keys() == expected.keys()
        for name, value in expected.items():
            if value is None:
                assert outputs[name] is None
            else:
                assert largest(outputs[name] - value) < CTX.mp.ldexp(1, -350), other.__name__


def test_only_onepass_needs_to_be_declared():
    marked = {form.__name__ for *_, form in FORMS if hasattr(form, "profile")}
    assert marked == {form.__name__ for *_, form in FORMS if "onepass" in form.__name__}
    assert {form.profile for *_, form in FORMS if hasattr(form, "profile")} == {"onepass"}


@pytest.mark.parametrize(("rule", "dialect"), DIALECTS)
def test_open_parts_are_not_offered(rule, dialect):
    for kind, form in product(("layer", "gradient"), range(2)):
        takes = parameters(forms(rule, kind)[dialect][form])
        assert {"text", "average"}.isdisjoint(takes)


# GRADIENTS


@pytest.mark.parametrize(("rule", "dialect"), DIALECTS)
def test_gradients_are_derivatives(rule, dialect):
    """Every element against a central difference of sum(dy * y), in 400 bits."""
    given = {name: mp(x) for name, x in tensors(rule, dialect).items()}
    forward, backward = forms(rule)[dialect][0], forms(rule, "gradient")[dialect][0]
    step = CTX.mp.ldexp(1, -100)

    def loss(name, place, by):
        moved = given[name].copy()
        moved.flat[place] += by
        return CTX.fdot(given["dy"], evaluate(CTX, forward, given | {name: moved})["y"])

    gradients = {n: x for n, x in evaluate(CTX, backward, given).items() if x is not None}
    assert gradients.keys() == {"dx", "dgamma"} | (
        {"dbeta"} if "beta" in parameters(forward) else set()
    )
    for name, gradient in gradients.items():
        of = name.removeprefix("d")
        assert gradient.shape == given[of].shape
        for place in range(0, gradient.size, 5 if of == "x" else 1):
            slope = (loss(of, place, step) - loss(of, place, -step)) / (2 * step)
            assert abs(slope - gradient.flat[place]) < CTX.mp.ldexp(1, -180), (name, place)


# EXACT VALUES

EXACT = {
    # eps = 16 and deviations of 3 make a root of 5
    ("batch_norm", "fused"): ([[7, -1], [1, 5]], [[0.6, -0.6], [-0.6, 0.6]], {}),
    ("layer_norm", "elementwise"): ([[7, 1], [-1, 5]], [[0.6, -0.6], [-0.6, 0.6]], {"axis": 1}),
    ("group_norm", "contiguous"): (
        [[7, 1, -1, 5]], [[0.6, -0.6, -0.6, 0.6]], {"groups": 2},
    ),
    ("group_norm", "interleaved"): (
        [[7, -1, 1, 5]], [[0.6, -0.6, -0.6, 0.6]], {"groups": 2},
    ),
    ("instance_norm", "instance"): (
        [[[7, 1], [-1, 5]]], [[[0.6, -0.6], [-0.6, 0.6]]], {},
    ),
    ("rms_norm", "paper"): ([[3, -3], [-3, 3]], [[0.6, -0.6], [-0.6, 0.6]], {"axis": 1}),
}  # fmt: skip


@pytest.mark.parametrize("place", EXACT, ids="-".join)
def test_exact_values(place):
    rule, dialect = place
    x, y, attributes = EXACT[place]
    state = {"running_mean": mp([0, 0]), "running_var": mp([1, 1])}
    for form in forms(f"normalizations/{rule}")[dialect]:
        outputs = evaluate(CTX, form, {"x": mp(x), **state}, eps=CTX.scalar(16.0), **attributes)
        assert np.array_equal(np.round(outputs["y"].astype(float), 12), y), form.__name__


def test_running_averages_after_one_batch():
    """The worked example: x with columns 1 2 4 and 10 20 40, from 0 and 1."""
    given = {
        "x": mp([[1, 10], [2, 20], [4, 40]]),
        "running_mean": mp([0, 0]),
        "running_var": mp([1, 1]),
    }
    expected = {
        ("unbiased", 0.1): [1.1333333333, 24.2333333333],
        ("fused", 0.1): [1.1333333333, 24.2333333333],
        ("biased", 0.99): [1.0055555556, 2.5455555556],
        ("biased", 0.9): [1.0555555556, 16.4555555556],
    }
    for (dialect, momentum), variances in expected.items():
        for form in forms("normalizations/batch_norm")[dialect]:
            outputs = evaluate(CTX, form, given, momentum=CTX.scalar(momentum))
            found = outputs["running_var"].astype(float)
            np.testing.assert_allclose(found, variances, rtol=1e-9, err_msg=form.__name__)


def test_the_cumulative_average_is_the_mean_over_batches():
    state = {"running_mean": mp([9, 9]), "running_var": mp([9, 9])}
    batches = [mp(numbers(seed, (5, 2))) for seed in range(4)]
    (form, *_) = forms("normalizations/batch_norm")["cumulative"]
    for t, x in enumerate(batches, start=1):
        outputs = evaluate(CTX, form, {"x": x, **state}, t=t)
        state = {name: outputs[name] for name in state}
    mean = sum(x.sum(axis=0) / 5 for x in batches) / 4
    assert largest(state["running_mean"] - mean) < CTX.mp.ldexp(1, -380)


# EDGES


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_single_element_has_no_unbiased_variance():
    make = elements(IEEE)
    given = {"x": make([[3.0]]), "running_mean": make([1.0]), "running_var": make([2.0])}
    of_rule = forms("normalizations/batch_norm")
    for form in of_rule["unbiased"]:
        assert np.isnan(evaluate(IEEE, form, given)["running_var"][0]), form.__name__
    for form in of_rule["fused"]:
        outputs = evaluate(IEEE, form, given)
        assert (outputs["y"][0, 0], outputs["running_var"][0]) == (0.0, 1.25), form.__name__


@pytest.mark.parametrize(
    ("rule", "dialect"), [place for place in DIALECTS if "batch_norm" not in place[0]]
)
def test_an_empty_batch_gives_empty_tensors_and_gradients_of_0(rule, dialect):
    if dialect == "running":
        return
    given = tensors(rule, dialect)
    given |= {name: np.empty((0, *SHAPE[1:]), dtype=object) for name in ("x", "dy")}
    for form in forms(rule)[dialect]:
        assert evaluate(IEEE, form, given)["y"].shape == (0, *SHAPE[1:])
    for form in forms(rule, "gradient")[dialect]:
        outputs = evaluate(IEEE, form, given)
        assert outputs["dx"].shape == (0, *SHAPE[1:])
        assert outputs["dgamma"].shape == given["gamma"].shape
        assert not outputs["dgamma"].astype(float).any()


@pytest.mark.parametrize(
    ("rule", "dialect"),
    [(rule, dialect) for rule, dialect in DIALECTS if dialect != "running" and "batch" not in rule],
)
def test_an_axis_of_size_0_gives_empty_tensors(rule, dialect):
    shape = (*SHAPE[:-1], 0)
    given = tensors(rule, dialect)
    given |= {name: np.empty(shape, dtype=object) for name in ("x", "dy")}
    given = {name: x for name, x in given.items() if name not in ("gamma", "beta")}
    for kind, output in (("layer", "y"), ("gradient", "dx")):
        for form in forms(rule, kind)[dialect]:
            assert evaluate(IEEE, form, given)[output].shape == shape
