"""Profiles: the names that verifying knows are those for which bounds are derived."""

import pytest

from goldenrule.conformance.cases.profiles import FAMILIES, profiles_of
from goldenrule.conformance.files import formats
from goldenrule.reference import rounding
from goldenrule.reference.profile import Profile

MADE = {name: None for family in FAMILIES for name in profiles_of(f"{family}/any")}


def test_both_sides_list_the_same_profiles() -> None:
    assert set(formats.PROFILES) == set(MADE)


@pytest.mark.parametrize("name", MADE)
def test_both_sides_mean_the_same_format(name: str) -> None:
    stored = Profile.parse(name).storage
    judged = formats.format_of(name)
    assert judged is not None
    assert (judged.name, judged.bits, judged.precision, judged.min_exponent) == (
        stored.name,
        stored.width,
        stored.precision,
        stored.emin,
    )
    assert stored is rounding.FORMATS[judged.name]


@pytest.mark.parametrize(
    "name", ["", "float8", "float32+", "float32+ftz+ftz", "float32+step32+ftz", "float32+fast"]
)
def test_neither_side_knows_a_malformed_name(name: str) -> None:
    assert formats.format_of(name) is None
    with pytest.raises(ValueError, match="unknown profile"):
        Profile.parse(name)


def test_only_half_types_are_fused() -> None:
    with pytest.raises(ValueError, match="half types only"):
        Profile.parse("float32+fused")
