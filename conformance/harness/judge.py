"""The judgement: two comparisons per number, and how far off the worst one is.

An element is accepted if it lies in its closed interval or belongs to its class. Errors are
measured against the certified 160-bit value, in units in the last place (ulp) of the profile's
format at that value, and as a fraction of the derived bound; they decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..files.exact import Exact
from ..files.formats import FORMATS, Array, Format, format_of
from ..files.hex_float import render_float
from ..files.tensors import Accept, Expected
from ..files.vector_file import Case

CLASSES = {
    "nan": np.isnan,
    "+inf": np.isposinf,
    "-inf": np.isneginf,
    "finite": np.isfinite,
    "+0": lambda x: (x == 0) & ~np.signbit(x),
    "-0": lambda x: (x == 0) & np.signbit(x),
    "unjudged": lambda x: np.ones(np.shape(x), bool),
}

Outputs = Mapping[str, NDArray]


@dataclass(frozen=True)
class Failure:
    """The first thing that is wrong with the outputs of a case.

    ``element`` and all that follows it are absent when a whole tensor is wrong (type, shape).
    """

    step: int
    output: str
    message: str
    element: tuple[int, ...] | None = None
    got: str = ""
    exact: str = ""
    accepted: str = ""
    ulp: float | None = None
    fraction: float | None = None


@dataclass(frozen=True)
class Verdict:
    """The outcome of a case: the first failure, if any, and the worst errors that were seen."""

    failure: Failure | None
    worst_ulp: float = 0.0
    worst_fraction: float = 0.0


def judge(case: Case, profile: str, outputs: Sequence[Outputs]) -> Verdict:
    """Judge the outputs of the first steps of a case; an output that is missing is not judged.

    Raises KeyError if the case does not have the profile, ValueError if what is expected is not
    written as numbers.
    """
    form = format_of(profile) or FORMATS["float64"]
    verdicts = [
        _judge_tensor(step.expected[name], profile, form, got[name], number, name)
        for number, (step, got) in enumerate(zip(case.steps, outputs, strict=False), 1)
        for name in step.expected
        if name in got
    ]
    return Verdict(
        next((v.failure for v in verdicts if v.failure), None),
        max((v.worst_ulp for v in verdicts), default=0.0),
        max((v.worst_fraction for v in verdicts), default=0.0),
    )


def _judge_tensor(
    expected: Expected, profile: str, form: Format, got: NDArray, step: int, name: str
) -> Verdict:
    if got.dtype != form.dtype:
        return Verdict(Failure(step, name, f"dtype {got.dtype}, not {form.dtype}"))
    if got.shape != expected.shape:
        return Verdict(Failure(step, name, f"shape {list(got.shape)}, not {list(expected.shape)}"))
    accept = expected.accept[profile]
    values = got.reshape(-1)
    inside = _inside(accept, form, values)
    represented = form.represents(values) if form.bits == 16 else np.ones(values.shape, bool)
    flushed = "+ftz" in profile
    ulps, fractions = _measure(expected, accept, form, values, flushed)
    worst = float(ulps.max(initial=0.0)), float(fractions.max(initial=0.0))
    wrong = np.flatnonzero(~inside | ~represented)
    if not wrong.size:
        return Verdict(None, *worst)
    if not np.isfinite(values[wrong]).all():
        worst = np.inf, np.inf
    first = int(wrong[0])
    value = float(values[first])
    if not represented[first]:
        message = f"not representable in {form.name}"
    elif np.isnan(value):
        message = "NaN"
    else:
        message = "outside the accepted interval"
    failure = Failure(
        step,
        name,
        message,
        element=tuple(int(i) for i in np.unravel_index(first, expected.shape)),
        got=show(value, form),
        exact=_show_exact(expected.exact.split()[first], form),
        accepted=_show_accepted(accept, form, first),
        ulp=float(ulps[first]) if np.isfinite(value) else None,
        fraction=float(fractions[first]) if np.isfinite(value) else None,
    )
    return Verdict(failure, *worst)


def _inside(accept: Accept, form: Format, values: Array) -> NDArray[np.bool_]:
    """Tell which values are accepted."""
    try:
        return (form.decode(accept.lo) <= values) & (values <= form.decode(accept.hi))
    except ValueError:  # some element is accepted by class
        pass
    inside = np.empty(values.shape, bool)
    for i, (lo, hi) in enumerate(zip(accept.lo.split(), accept.hi.split(), strict=True)):
        if lo in CLASSES:
            inside[i] = CLASSES[lo](values[i])
        else:
            inside[i] = form.decode(lo)[0] <= values[i] <= form.decode(hi)[0]
    return inside


def _measure(
    expected: Expected, accept: Accept, form: Format, values: Array, flushed: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the errors in ulp and as fractions of the bound; 0 where either is not finite."""
    exact = Exact.of(expected.exact)
    ulp = exact.ulp_exponent(form, flushed=flushed)
    bound = np.array(accept.bound.split(), np.float64)
    unit = np.where(bound == 0, ulp, np.frexp(bound)[1])  # beside an exact 0 an ulp is far less
    with np.errstate(all="ignore"):
        ulps = np.abs(exact.difference(values.astype(np.float64), ulp))
        units = np.abs(exact.difference(values.astype(np.float64), unit))
        fractions = np.where(units == 0, 0.0, units / np.ldexp(bound, -unit))
    judged = np.array([token != "unjudged" for token in accept.lo.split()], bool)
    finite = np.isfinite(values) & exact.finite & judged
    ulps = np.where(finite, ulps, 0.0)
    return ulps, np.where(finite, fractions, 0.0)


def show(value: float, form: Format) -> str:
    """Render a value for people: enough decimal digits for the format, and all of its bits.

    >>> show(0.1, FORMATS["float64"])
    '0.10000000000000001 (0x1.999999999999ap-4)'
    """
    digits = {"float64": 17, "float32": 9}.get(form.name, 5)
    if not np.isfinite(value):
        return f"{value:+}" if np.isinf(value) else "nan"
    return f"{value:.{digits}g} ({render_float(value)})"


def _show_exact(token: str, form: Format) -> str:
    return Exact.of(token).decimal(4 + {"float64": 17, "float32": 9}.get(form.name, 5))


def _show_accepted(accept: Accept, form: Format, index: int) -> str:
    lo, hi = accept.lo.split()[index], accept.hi.split()[index]
    if lo in CLASSES:
        return lo
    return f"[{show(float(form.decode(lo)[0]), form)}, {show(float(form.decode(hi)[0]), form)}]"
