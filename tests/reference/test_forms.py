"""Which forms a profile admits, and which modifiers it may have."""

import pytest

from goldenrule.reference.forms import admits, admitted_by
from goldenrule.reference.profile import Profile


@admitted_by("onepass")
def onepass(_):
    return {}


def plain(_):
    return {}


@pytest.mark.parametrize("name", ["float32", "float32+ftz", "bfloat16+fused", "float32+winograd"])
def test_a_marked_form_needs_its_modifier(name):
    assert admits(Profile.parse(name), plain)
    assert not admits(Profile.parse(name), onepass)
    declared = Profile.parse("float32+ftz+onepass")
    assert admits(declared, plain)
    assert admits(declared, onepass)


def test_native_half_types_store_what_they_compute():
    native, stored = Profile.parse("bfloat16+ftz+native"), Profile.parse("bfloat16")
    assert native.is_half
    assert native.working is native.storage
    assert not native.stores
    assert not native.narrows
    assert stored.stores
    assert stored.narrows
    assert not Profile.parse("float16+fused").stores
    assert not Profile.parse("float32").is_half


@pytest.mark.parametrize(
    "name",
    [
        "float32+native",
        "float64+fused",
        "bfloat16+fused+native",
        "float64+tf32",
        "float32+tf32+ftz",
    ],
)
def test_modifiers_that_make_no_sense(name):
    with pytest.raises(ValueError, match="unknown profile"):
        Profile.parse(name)
