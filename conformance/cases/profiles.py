"""The profiles of the golden vectors, by family. Half types come on cases made for them."""

from __future__ import annotations

from goldenrule.reference.profile import FULL, HALF


def _both_halves(*modifiers: str, alone: bool = True) -> tuple[str, ...]:
    """The two half types, alone and with each of these."""
    ways = ("", *modifiers) if alone else modifiers
    return tuple(f"{base}{way}" for base in ("bfloat16", "float16") for way in ways)


_PROFILES = {
    "optimizers": (*FULL, *HALF),
    "normalizations": (
        "float64",
        "float64+ftz",
        "float64+onepass",
        "float64+ftz+onepass",
        "float32",
        "float32+ftz",
        "float32+onepass",
        "float32+ftz+onepass",
        *_both_halves("+fused", "+native", "+ftz", "+ftz+fused"),
        *_both_halves(
            "+onepass", "+fused+onepass", "+ftz+onepass", "+ftz+fused+onepass", alone=False
        ),
    ),
    "convolutions": (
        "float64",
        "float64+ftz",
        "float32",
        "float32+ftz",
        "float32+winograd",
        "float32+ftz+winograd",
        "float32+tf32",
        *_both_halves("+fused", "+native", "+ftz", "+ftz+fused"),
        "bfloat16+ftz+native",
    ),
}

FAMILIES = tuple(_PROFILES)


def profiles_of(rule: str) -> tuple[str, ...]:
    """The profiles in which the vectors of a rule are made.

    >>> profiles_of("optimizers/adam")[:2]
    ('float64', 'float64+ftz')
    """
    return _PROFILES[rule.partition("/")[0]]
