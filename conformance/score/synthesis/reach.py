"""How far a wrong rule is from the right one, as a fraction of the derived bound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenrule.reference.catalogue import Function
from goldenrule.reference.forms import admits
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem, applies

from ...diagnose.evaluate import bounds_of, values_of
from ..subjects import Subject

Floats = NDArray[np.float64]


def reach(
    subject: Subject, forms: Sequence[Function], problem: Problem, profile: Profile
) -> Floats | None:
    """|difference| / bound of each element, the largest over outputs and steps.

    Values are exact but for 200 bits, bounds are those of the right forms. Where the elements are
    not independent there is one number for all; None if either rule gives no finite values.
    """
    right = [form for form in forms if applies(form, problem) and admits(profile, form)]
    try:
        values = values_of(forms[0], problem)
        wrong = values_of(subject.function, subject.restate(problem))
        bounds = bounds_of(right, problem, values, [profile.name])[profile.name]
    except (ArithmeticError, ValueError, TypeError, IndexError):
        return None
    found = [
        _quotients(step[name], other[name], bound[name])
        for step, other, bound in zip(values, wrong, bounds, strict=True)
        for name in step
        if name in other
    ]
    if not problem.elementwise:
        found = [np.max(x, initial=0.0, keepdims=True).reshape(1) for x in found]
    return np.max(found, axis=0) if found else None


def _quotients(right: NDArray[Any], wrong: NDArray[Any], bound: NDArray[Any]) -> Floats:
    """|difference| / bound; infinite for another shape or where nothing may be wrong."""
    if right.shape != wrong.shape:
        return np.array(np.inf)
    differences = abs(right - wrong).astype(np.float64)
    with np.errstate(all="ignore"):
        quotients = np.where(differences == 0, 0.0, differences / bound)
    return np.where(np.isfinite(bound) & ~np.isnan(quotients), quotients, 0.0)
