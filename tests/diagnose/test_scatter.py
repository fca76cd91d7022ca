"""Errors of an arithmetic are scattered; those of a formula that is nearly right are not."""

from __future__ import annotations

import numpy as np
import pytest

from goldenrule.conformance.diagnose.scatter import ENOUGH, Errors, are_scattered

RANDOM = np.random.default_rng(0)
VALUES = RANDOM.normal(size=200)
NOISE = RANDOM.uniform(-1, 1, 200)
BOUNDS = np.full(200, 1e-3)


def scattered(values: np.ndarray, got: np.ndarray) -> bool:
    return are_scattered([Errors.large(values, got, BOUNDS[: values.size])])


@pytest.mark.parametrize("kept", [ENOUGH, 200])
def test_rounding_scatters(kept: int) -> None:
    values = VALUES[:kept]
    assert scattered(values, values + 1e-4 * NOISE[:kept])
    assert scattered(values, values * (1 + 1e-4 * NOISE[:kept]))


@pytest.mark.parametrize(
    "wrong",
    [
        VALUES * 1.0001,
        VALUES * 0.9999,
        VALUES + 1e-4,
        VALUES * (1 + 1e-4 * abs(NOISE)),
        VALUES * 1.0001 + 1e-7 * NOISE,
    ],
)
def test_what_is_scaled_or_shifted_does_not(wrong: np.ndarray) -> None:
    assert not scattered(VALUES, wrong)


def test_few_errors_prove_nothing() -> None:
    few = VALUES[: ENOUGH - 1]
    assert scattered(few, few * 1.0001)


def test_errors_that_are_small_for_the_bound_do_not_count() -> None:
    assert scattered(VALUES, VALUES * (1 + 1e-9))
