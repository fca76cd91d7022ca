"""What the pictures of optimizers show is so."""

import numpy as np
import pytest

from goldenrule.docs.book.figures import averages, dialects, races, rates, stability, velocity
from goldenrule.docs.book.figures.landscapes import QUADRATIC, ROSENBROCK, SADDLE, quickest
from goldenrule.docs.book.figures.runs import path


@pytest.mark.parametrize("rule", ["momentum", "nesterov"])
@pytest.mark.parametrize("beta", [0.0, 0.3, 0.9])
def test_the_boundary_is_where_runs_stop_to_converge(rule, beta):
    edge = float(stability.boundary(rule)(np.array(beta)))
    for share, converges in ((0.99, True), (1.01, False)):
        run = path(
            rule,
            stability.DIALECTS[rule],
            lambda theta, _: theta,
            [1.0],
            4000,
            {"alpha": share * edge, "beta": beta},
        )
        assert (abs(run[-1, 0]) < 1e-6) == converges
        radius = stability.radius(rule, np.array([share * edge]), np.array([beta]))[0]
        assert (radius < 1) == converges


@pytest.mark.parametrize("rule", ["momentum", "nesterov"])
def test_the_roots_meet_where_the_picture_says(rule):
    polynomial = stability.POLYNOMIALS[rule]
    for curve in stability.meeting(rule):
        given = {stability.alpha: 1, stability.beta: 0.25, stability.lam: curve(0.25)}
        coefficients = polynomial.subs(given).as_poly(stability.z).all_coeffs()
        one, other = np.roots([float(x) for x in coefficients])
        assert abs(one - other) < 1e-6


def test_the_quickest_parameters_are_so():
    """No neighbour on a grid has a smaller radius over both ends of the curvatures."""
    ends = np.array([1.0, QUADRATIC.condition])
    for rule in ("momentum", "nesterov"):
        best = quickest()[rule]

        def worst(rule, alpha, beta):
            return stability.radius(rule, alpha * ends, np.full(2, beta)).max()

        here = worst(rule, best["alpha"], best["beta"])
        for a in (0.97, 1.0, 1.03):
            for b in (0.97, 1.0, 1.03):
                assert worst(rule, a * best["alpha"], b * best["beta"]) > here - 1e-6
    rate = quickest()["sgd"]["alpha"]
    assert abs(1 - rate * ends[0]) == pytest.approx(abs(1 - rate * ends[1]))


@pytest.mark.parametrize("landscape", [QUADRATIC, ROSENBROCK, SADDLE])
def test_landscapes_have_their_gradients_and_minima(landscape):
    assert np.allclose(landscape.gradient(np.array(landscape.minimum, float), 1), 0)
    h = 1e-6
    for point in ([0.3, -0.4], landscape.start):
        x, y = point
        across = (landscape.value(x + h, y) - landscape.value(x - h, y)) / (2 * h)
        up = (landscape.value(x, y + h) - landscape.value(x, y - h)) / (2 * h)
        assert np.allclose(landscape.gradient(np.array(point), 1), [across, up], rtol=1e-5)


@pytest.mark.parametrize("rule", races.RACERS)
def test_no_other_rate_that_stays_below_the_start_comes_lower(rule):
    dialect, hyper = races.RULES[rule]
    run = races.on_rosenbrock(rule).path
    lowest = ROSENBROCK.value(*run[-1])
    assert np.all(ROSENBROCK.value(*run.T) <= ROSENBROCK.value(*run[0]))
    for alpha in (5e-4, 2e-3, 2e-2, 0.2):
        with np.errstate(over="ignore", invalid="ignore"):
            other = ROSENBROCK.path(
                rule, dialect, races.ROSENBROCK_STEPS, {**hyper, "alpha": alpha}
            )
            heights = ROSENBROCK.value(*other.T)
        assert not (np.all(heights <= heights[0]) and heights[-1] < lowest)


def test_rules_that_divide_by_the_gradient_leave_the_saddle_first():
    leaves = {rule: races.departure(races.on_saddle(rule).path) for rule in races.RACERS}
    slowest_scaled = max(leaves[rule] for rule in ("adagrad", "rmsprop", "adam"))
    assert 0 < slowest_scaled < leaves["nesterov"] < leaves["sgd"]


def test_weights_add_up_and_the_latest_counts_most():
    for count in averages.COUNTS:
        raw, fair = (averages.weights(d, count) for d in ("uncorrected", "corrected"))
        assert np.isclose(fair.sum(), 1)
        assert np.isclose(raw.sum(), 1 - averages.BETA**count)
        assert np.all(np.diff(raw) > 0)
        assert np.allclose(raw, (1 - averages.BETA) * averages.BETA ** np.arange(count)[::-1])


def test_effective_rates_are_as_the_caption_says():
    found = {rule: rates.effective(rule, rates.constant)[1] for rule in rates.RULES}
    assert np.all(np.diff(found["adagrad"]) < 0)
    assert np.all(np.diff(found["adadelta"]) > 0)
    assert np.allclose(found["adam"], found["adam"][0], rtol=1e-5)
    assert np.isclose(found["rmsprop"][-1], found["adam"][-1], rtol=0.05)
    sparse = {rule: rates.effective(rule, rates.sparse)[1] for rule in rates.RULES}
    assert sparse["rmsprop"][-1] > 2 * found["rmsprop"][-1]
    assert len(sparse["adam"]) == rates.STEPS // rates.EVERY


def test_dialects_part_where_the_caption_says():
    eps = dialects.HYPER["eps"]
    assert eps < dialects.SIZES[np.argmax(dialects.distance("keras"))] < 100 * eps
    inside = dialects.SIZES[dialects.distance("inside") > 0.3]
    assert eps / 10 < inside.min() < inside.max() < 10 * eps**0.5
    assert dialects.distance("uncorrected")[dialects.SIZES > 100 * eps].min() > 1
    for dialect in dialects.HUES:
        assert dialects.distance(dialect)[0] < 1e-3


def test_a_drop_of_the_rate_reaches_outside_at_once_and_inside_late():
    drop = velocity.DROP - 1
    lengths = {dialect: velocity.lengths(dialect) for dialect in velocity.DIALECTS}
    assert np.allclose(lengths["outside"][:drop], lengths["inside"][:drop])
    assert lengths["outside"][drop] < 0.11 * lengths["outside"][drop - 1]
    assert lengths["inside"][drop] > 0.85 * lengths["inside"][drop - 1]
    assert lengths["inside"][drop + 20] < 2 * lengths["outside"][drop + 20]
    share = lengths["averaged"] / lengths["outside"]
    assert np.allclose(share, 1 - velocity.BETA)
