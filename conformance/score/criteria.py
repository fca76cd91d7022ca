"""The ways to accept an answer: the derived intervals, and the fixed tolerances of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenrule.reference import rounding

from ..files.formats import FORMATS, Format, format_of
from ..files.hex_float import parse
from ..files.tensors import Expected
from ..files.vector_file import Case
from ..harness.judge import judge

Outputs = Mapping[str, NDArray[Any]]
Accepts = Callable[[Case, str, Sequence[Outputs]], bool]

_NON_FINITE = {"nan": np.nan, "+inf": np.inf, "-inf": -np.inf}


def in_intervals(case: Case, profile: str, outputs: Sequence[Outputs]) -> bool:
    """Whether every element lies in its derived interval, as `verify` would say."""
    return judge(case, profile, outputs).failure is None


@dataclass(frozen=True)
class Tolerance:
    """|got - exact| <= absolute + relative |exact|, the exact value correctly rounded.

    Only what the intervals judge is compared, and NaN equals NaN: both favour the tolerance.
    """

    relative: float
    absolute: float

    def accepts(self, case: Case, profile: str, outputs: Sequence[Outputs]) -> bool:
        """Whether every element is as close as the tolerance demands."""
        return all(
            self._close(step.expected[name], profile, got[name])
            for step, got in zip(case.steps, outputs, strict=True)
            for name in step.expected
            if name in got
        )

    def _close(self, expected: Expected, profile: str, got: NDArray[Any]) -> bool:
        if got.shape != expected.shape:
            return False
        wanted, judged = _wanted(expected.exact, expected.accept[profile].lo, profile)
        values = got.reshape(-1).astype(np.float64)
        with np.errstate(all="ignore"):
            close = np.isclose(values, wanted, self.relative, self.absolute, equal_nan=True)
        return bool((close | ~judged).all())


ONNX = Tolerance(1e-3, 1e-7)
"""That of ONNX's backend tests, whatever the type."""

TORCH = {
    "float64": Tolerance(1e-7, 1e-7),
    "float32": Tolerance(1.3e-6, 1e-5),
    "bfloat16": Tolerance(1.6e-2, 1e-5),
}
"""Those of torch.testing.assert_close, by type."""


def _in_torch(case: Case, profile: str, outputs: Sequence[Outputs]) -> bool:
    return TORCH[profile].accepts(case, profile, outputs)


CRITERIA: Mapping[str, Accepts] = {
    "intervals": in_intervals,
    "onnx": ONNX.accepts,
    "torch": _in_torch,
}


@lru_cache(maxsize=16384)
def _wanted(exact: str, lows: str, profile: str) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The exact values correctly rounded, and which elements are judged at all."""
    form = format_of(profile) or FORMATS["float64"]
    values = np.array([_rounded(token, form) for token in exact.split()], np.float64)
    return values, np.array([token != "unjudged" for token in lows.split()], bool)


def _rounded(token: str, form: Format) -> float:
    if token in _NON_FINITE:
        return _NON_FINITE[token]
    bits = rounding.FORMATS[form.name].round(*parse(token))
    return float(form.decode(f"{bits:0{form.bits // 4}x}")[0])
