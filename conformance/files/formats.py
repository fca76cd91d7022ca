"""Floating-point formats and the profiles built on them.

A profile is the floating-point contract a backend declares: a format, then the declared deviations
joined with ``+`` (``float32+ftz``). Half formats travel as float32 arrays of representable values.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

MODIFIERS = {
    "ftz": "subnormal inputs and results are flushed to zero",
    "step32": "scalars derived from the step count live in float32",
    "fused": "half types are rounded only where an output is returned",
    "native": "half types are computed in the half type itself, sums included",
    "onepass": "variances are the mean of squares less the squared mean, not below 0",
    "winograd": "convolutions go by a fast algorithm, which mixes in other elements of the image",
    "tf32": "factors of a convolution are rounded to 11 bits first",
}

_BASES = {
    "float64": "binary64 throughout",
    "float32": "binary32 tensors, binary64 scalars",
    "bfloat16": "every tensor written to memory is rounded to bfloat16",
    "float16": "every tensor written to memory is rounded to binary16",
    "bfloat16+fused": "bfloat16 outputs of one kernel that computes in float32",
    "float16+fused": "binary16 outputs of one kernel that computes in float32",
    "bfloat16+native": "computed in bfloat16 itself, sums included",
    "float16+native": "computed in binary16 itself, sums included",
}
_DERIVED = (
    "float64+ftz",
    "float64+onepass",
    "float64+ftz+onepass",
    "float32+ftz",
    "float32+ftz+step32",
    "float32+onepass",
    "float32+ftz+onepass",
    "float32+winograd",
    "float32+ftz+winograd",
    "float32+tf32",
    "bfloat16+ftz",
    "bfloat16+ftz+fused",
    "bfloat16+ftz+native",
    "bfloat16+onepass",
    "bfloat16+fused+onepass",
    "bfloat16+ftz+onepass",
    "bfloat16+ftz+fused+onepass",
    "float16+ftz",
    "float16+ftz+fused",
    "float16+onepass",
    "float16+fused+onepass",
    "float16+ftz+onepass",
    "float16+ftz+fused+onepass",
)


def _promise(name: str) -> str:
    """Say what a profile promises, by what it adds to another."""
    base, _, modifier = name.rpartition("+")
    return f"{base}; {MODIFIERS[modifier]}"


PROFILES = _BASES | {name: _promise(name) for name in _DERIVED}
"""The profiles that vectors are made in, with what each promises."""


@dataclass(frozen=True)
class Format:
    """A binary floating-point format: precision in bits, least normal exponent, storage bits."""

    name: str
    precision: int
    min_exponent: int
    bits: int

    @property
    def dtype(self) -> np.dtype:
        """The NumPy type that carries values of this format."""
        return np.dtype(np.float64 if self.name == "float64" else np.float32)

    def decode(self, patterns: str) -> Array:
        """Read space-separated bit patterns in hexadecimal.

        Raises ValueError for anything else.
        """
        raw = bytes.fromhex(patterns)
        if self.name == "bfloat16":
            return (np.frombuffer(raw, ">u2").astype(np.uint32) << 16).view(np.float32)
        return np.frombuffer(raw, f">f{self.bits // 8}").astype(self.dtype)

    def represents(self, values: Array) -> NDArray[np.bool_]:
        """Tell which values of the carrying type belong to the format."""
        if self.name == "bfloat16":
            return (values.view(np.uint32) & 0xFFFF == 0) | np.isnan(values)
        with np.errstate(over="ignore"):
            rounded = values.astype(f"f{self.bits // 8}")
        return (rounded == values) | np.isnan(values)


FORMATS = {
    f.name: f
    for f in (
        Format("float64", 53, -1022, 64),
        Format("float32", 24, -126, 32),
        Format("float16", 11, -14, 16),
        Format("bfloat16", 8, -126, 16),
    )
}


def format_of(profile: str) -> Format | None:
    """Return the format of a well-formed profile name, else None.

    >>> format_of("float32+ftz").precision
    24
    >>> format_of("float33")
    """
    base, *modifiers = profile.split("+")
    in_order = [m for m in MODIFIERS if m in modifiers]
    return FORMATS.get(base) if modifiers == in_order else None


def close_matches(name: str, known: Iterable[str]) -> str:
    """Name the close matches, as the end of a message; all of a few if none is close.

    >>> close_matches("papr", ["paper", "keras"])
    '; did you mean paper?'
    """
    known = sorted(known)
    last = {option.rpartition("/")[2]: option for option in known}
    close = difflib.get_close_matches(name.rpartition("/")[2], last, n=3, cutoff=0.6)
    if close:
        return f"; did you mean {' or '.join(last[part] for part in close)}?"
    return f"; known: {', '.join(known)}" if 0 < len(known) <= 12 else ""
