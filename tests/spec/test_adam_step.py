"""How long Adam's steps are: the bound that is proved holds in runs, and runs come near it."""

from random import Random

import pytest
from sympy import lambdify

from goldenrule.spec.optimizers.adam import paper
from goldenrule.spec.symbols import alpha, beta1, beta2, eps, g, m, t, theta, v

B1, B2 = 0.9, 0.999
BOUND = (1 - B1) / ((1 - B2) * (1 - B1**2 / B2)) ** 0.5
PAPER = (1 - B1) / (1 - B2) ** 0.5


@pytest.fixture(scope="module")
def lengths():
    """A function that lists the lengths of steps, in units of alpha, for gradients."""
    outputs = paper.outputs()
    given = (theta, m, v, t, g, alpha, beta1, beta2, eps)
    step = lambdify(given, [outputs[name] for name in ("theta", "m", "v")])

    def run(gradients):
        first = second = 0.0
        found = []
        for count, gradient in enumerate(gradients, start=1):
            moved, first, second = step(0.0, first, second, count, gradient, 1.0, B1, B2, 0.0)
            found.append(abs(moved))
        return found

    return run


def bounds(steps):
    return [BOUND * (1 - B2**n) ** 0.5 / (1 - B1**n) for n in range(1, steps + 1)]


def growing(steps):
    return [(B2 / B1) ** n for n in range(steps)]


@pytest.mark.parametrize("seed", range(5))
def test_no_step_is_longer_than_the_bound(lengths, seed):
    random = Random(seed)
    wild = [random.choice((-1, 1)) * 10 ** random.uniform(-3, 3) for _ in range(500)]
    for gradients in (wild, growing(500)):
        pairs = zip(lengths(gradients), bounds(500), strict=True)
        assert all(length <= bound * (1 + 1e-9) for length, bound in pairs)


def test_growing_gradients_come_near_it_and_pass_the_bound_of_the_paper(lengths):
    found = lengths(growing(3000))
    assert found[-1] > 0.97 * BOUND > 2 * PAPER
    assert next(n for n, length in enumerate(found, start=1) if length > PAPER) == 210
