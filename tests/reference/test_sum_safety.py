"""Sums and dot products keep their bounds in any order; smaller bounds are exceeded."""

import numpy as np
import pytest

from goldenrule.reference.bounds import machine, reduction
from goldenrule.reference.contexts.mp import MpContext
from goldenrule.reference.profile import Profile

from .emulator import Emulator, stored
from .one_bound import bound
from .orders import ORDERS
from .test_bound_safety import ratios

EXACT = MpContext(300)
PROFILES = [
    "float64", "float32", "float32+ftz", "bfloat16", "bfloat16+native", "float16+native",
    "float16+fused",
]  # fmt: skip


def constant(_, n):
    return np.full(n, 1.0)


def normal(random, n):
    return random.standard_normal(n)


def one_big(random, n):
    """A number that all others are lost against, one after the other."""
    x = random.uniform(0.5, 1, n)
    x[n // 3] = 2.0**7
    return x


def cancelling(random, n):
    half = random.uniform(0.5, 1, n - n // 2)
    return np.concatenate([half, -half[: n // 2] * (1 + 2.0**-8)])


def half_units(random, n):
    """Every addition to the 1 is a tie or nearly so: the worst there is."""
    u = {True: 2.0**-8, False: 2.0**-24}[n > 20]
    return np.concatenate([[1.0], np.full(n - 1, u * 1.01)])


FAMILIES = [constant, normal, one_big, cancelling, half_units]


def representable(x, profile):
    name = profile.storage.name
    if name in ("float64", "float32"):
        return x.astype(name).astype(np.float64)
    return np.asarray(stored(name, x.astype(np.float32)), dtype=np.float64)


def worst(text, name: str, families=FAMILIES, sizes=(3, 17, 32)) -> float:
    """The largest error by its bound, over orders and inputs."""
    profile = Profile.parse(name)
    found = []
    for family in families:
        for n in sizes:
            random = np.random.default_rng(n)
            x = representable(family(random, n), profile)
            limit = EXACT.tensor(bound(text, *x, profile=name))
            exact = text(EXACT, *map(EXACT.tensor, x))
            machines = [Emulator(profile, order) for order in ORDERS.values()]
            for emulator in (*machines, Emulator(profile, fused=True)):
                got = emulator.returned(text(emulator, *map(emulator.tensor, x))).value
                error = abs(EXACT.tensor(float(got)) - exact)
                found.append(float(error / limit) if limit else float("inf") if error else 0.0)
    return max(found)


def total(ctx, *xs):
    return ctx.fsum(xs)


def square(ctx, *xs):
    return ctx.fdot(xs, xs)


def mean_square(ctx, *xs):
    mu = ctx.fsum(xs) / len(xs)
    d = [x - mu for x in xs]
    return ctx.fdot(d, d) / len(xs)


TEXTS = [total, square, mean_square]


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("text", TEXTS)
def test_no_order_exceeds_the_bound(text, name):
    assert 0.02 < worst(text, name) <= 1


@pytest.mark.parametrize("name", ["bfloat16+native", "float16+native"])
def test_the_bound_of_a_sum_is_nearly_reached(name):
    """1 and many numbers each below half a unit, one after the other: all of them are lost."""
    profile = Profile.parse(name)
    u = 2.0**-profile.storage.precision
    small = representable(np.full(31, u * 0.999), profile)

    def lost(family_random, n):
        return np.concatenate([[1.0], small[: n - 1]])

    assert 0.9 < worst(total, name, [lost], [3, 17, 32]) <= 1


def lost_one(_, n):
    """1 and numbers that are lost against it."""
    return np.concatenate([[1.0], np.full(n - 1, 2.0**-8 * 0.999)])


def halfway(_, n):
    """A number whose square is almost halfway between its neighbours."""
    return np.full(n, 1 + 2.0**-7 * 11)


@pytest.mark.parametrize(("text", "family", "n"), [(total, lost_one, 3), (square, halfway, 1)])
def test_a_machine_that_counts_one_rounding_less_is_found_out(text, family, n, monkeypatch):
    assert worst(text, "bfloat16+native", [family], [n]) <= 1

    def short(node, *given):
        rounding = reduction.direct(node, *given)
        count = len(node.arguments) // 2 if node.operation == "dot" else len(node.arguments) - 1
        return rounding._replace(local=rounding.local * (count - 1) / count)

    monkeypatch.setattr(machine, "direct", short)
    assert worst(text, "bfloat16+native", [family], [n]) > 1


LARGE = [("float32", 2.0**128), ("float16+native", 2.0**16), ("bfloat16+native", 2.0**128)]


@pytest.mark.parametrize(("name", "limit"), LARGE)
@pytest.mark.parametrize("signs", [(1, 1, -1), (1, -1, 1), (-1, -1, -1)])
@pytest.mark.parametrize("text", [total, lambda ctx, *xs: ctx.store(total(ctx, *xs)) / 4])
def test_where_a_partial_sum_overflows_nothing_is_claimed(text, signs, name, limit):
    """In some order; where none can, there is a bound, and it holds."""
    profile, judged = Profile.parse(name), []
    for part in (0.25, 0.5, 0.75):
        x = [sign * part * limit for sign in signs]
        limits, exact = [bound(text, *x, profile=name)], [text(EXACT, *map(EXACT.tensor, x))]
        judged.append(limits[0] < np.inf)
        for order in ORDERS.values():
            machine = Emulator(profile, order)
            got = machine.returned(text(machine, *map(machine.tensor, x))).value
            assert max(ratios([got], exact, limits, profile), default=0.0) <= 1
    assert judged[0]
    assert not judged[2] or signs == (-1, -1, -1)
