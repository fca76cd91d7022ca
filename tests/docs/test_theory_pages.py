"""What the pages on digits, profiles and vector files say is computed again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from math import isfinite
from pathlib import Path

import pytest
from mpmath import mp

from goldenrule.conformance.cases.optimizers.adam import SPECIAL
from goldenrule.conformance.files.discovery import PACKAGED_VECTORS, Location
from goldenrule.conformance.files.formats import FORMATS, MODIFIERS, PROFILES, format_of
from goldenrule.conformance.files.vector_file import Accept, load
from goldenrule.docs.book.parts.profiles import profiles
from goldenrule.docs.book.scoreboard.run import stored
from goldenrule.reference.contexts.mp import MpContext

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DIGITS = (DOCS / "theory" / "digits.md").read_text(encoding="utf-8")
PROFILES_PAGE = (DOCS / "theory" / "profiles.md").read_text(encoding="utf-8")
VECTORS = (DOCS / "guides" / "vectors.md").read_text(encoding="utf-8")
SCHEMA = ROOT / "conformance" / "schema" / "vectors.schema.json"


# DIGITS


@pytest.fixture(scope="module")
def rump(tmp_path_factory):
    """The function of the page that no precision below 122 bits gets right."""
    names: dict = {}
    exec(re.search(r"# rump\.py\n(.*?)\n\n\ndef number", DIGITS, re.DOTALL)[1], names)
    return names["f"]


class Rationals:
    """Exact arithmetic."""

    tensor = Fraction


def test_rumps_value_is_what_the_page_says(rump):
    value = rump(Rationals())
    assert value == Fraction(-54767, 66192)
    assert f"{float(value):.15f}".startswith("-0.827396059946")


def test_all_precisions_agree_on_a_wrong_number(rump):
    def digits(bits: int, count: int) -> str:
        return mp.nstr(rump(MpContext(bits)), count)

    assert digits(24, 8) == "1.172604"
    assert {digits(bits, 11) for bits in (53, *range(100, 122))} == {"1.1726039401"}
    assert {digits(bits, 11) for bits in range(122, 300)} == {"-0.82739605995"}


def test_the_number_worked_through_is_the_one_in_the_file():
    found, certain = re.search(r"256 bits: (\d+) of .* (\S+)\nin the file: \2\n", DIGITS).groups()
    assert int(found) > 160
    assert certain.startswith("-0x1.")


def test_the_table_of_special_outcomes_is_the_cases_own():
    rows = {"m": "$m$ after it", "v": "$v$ after it", "theta": r"$\theta$ after it"}
    for name, title in rows.items():
        words = SPECIAL.outcomes[name].replace("nan", "NaN").replace(".", "certified").split()
        assert f"| {title} | {' | '.join(words)} |" in DIGITS
    given = SPECIAL.problem.given["theta"], SPECIAL.problem.steps[0].given["g"]
    for title, tensor in zip((r"$\theta$ before the step", "$g$"), given, strict=True):
        words = [f"{x:g}" if isfinite(x) else f"{x:+g}".replace("+nan", "NaN") for x in tensor]
        assert f"| {title} | {' | '.join(words)} |" in DIGITS


# PROFILES


WIDER = [
    ("float64", "float64+ftz"),
    ("float32", "float32+ftz"),
    ("float32+ftz", "float32+ftz+step32"),
    ("float32", "float32+onepass"),
    ("float32", "float32+winograd"),
    ("float32", "float32+tf32"),
    ("bfloat16+fused", "bfloat16"),
    ("bfloat16", "bfloat16+native"),
    ("float16+fused", "float16"),
    ("float16", "float16+native"),
]
FILES = [
    ("optimizers/adam", "paper"),
    ("normalizations/layer_norm", "elementwise"),
    ("convolutions/conv", "zeros"),
]
CLASSES = ("nan", "+inf", "-inf", "finite", "+0", "-0", "unjudged")


def pairs(narrow: str, wide: str) -> Iterator[tuple[Accept, Accept]]:
    """What two profiles accept, tensor by tensor."""
    for rule, dialect in FILES:
        for case in load(Location(PACKAGED_VECTORS, rule, dialect)).cases:
            for step in case.steps:
                for expected in step.expected.values():
                    if {narrow, wide} <= {*expected.accept}:
                        yield expected.accept[narrow], expected.accept[wide]


def within(name: str, inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    """Whether all that one interval or class accepts is accepted by another."""
    if inner == outer or outer[0] == "unjudged":
        return True
    if {*inner, *outer} & {*CLASSES}:
        return outer[0] == "finite" and inner[0] not in CLASSES
    low, high, least, largest = (FORMATS[name].decode(x)[0] for x in (*inner, *outer))
    return bool(least <= low and high <= largest)


@pytest.mark.parametrize(("narrow", "wide"), WIDER)
def test_a_wider_profile_accepts_all_that_a_narrower_one_does_and_more(narrow, wide):
    form = format_of(wide)
    compared = wider = 0
    for small, large in pairs(narrow, wide):
        inner = list(zip(small.lo.split(), small.hi.split(), strict=True))
        outer = list(zip(large.lo.split(), large.hi.split(), strict=True))
        compared += len(inner)
        wider += sum(a != b for a, b in zip(inner, outer, strict=True))
        assert all(within(form.name, a, b) for a, b in zip(inner, outer, strict=True))
    assert compared > 500
    assert wider > 0


def test_the_page_names_every_chain():
    for name in {name for pair in WIDER for name in pair}:
        assert f"`{name}`" in PROFILES_PAGE


def test_the_tables_of_profiles_are_complete():
    every = profiles("")
    assert re.findall(r"^\| `([^`]+)` \|", every, re.MULTILINE) == list(PROFILES)
    assert re.findall(r"^\| `([^`]+)` \|", profiles("formats"), re.MULTILINE) == list(FORMATS)
    assert re.findall(r"^\| `\+(\w+)` \|", profiles("modifiers"), re.MULTILINE) == list(MODIFIERS)
    shown = set(re.findall(r"^\| `([^`]+)` \|", profiles("frameworks"), re.MULTILINE))
    assert shown == {entry.backend for entry in stored().entries}
    declared = set(re.findall(r"`((?:b?float)[^`]+)`", profiles("frameworks")))
    assert declared == {entry.profile for entry in stored().entries}


def test_every_departure_is_explained():
    assert re.findall(r"^- \*\*`\+(\w+)`\*\*", PROFILES_PAGE, re.MULTILINE) == [*MODIFIERS]


def test_there_is_no_other_table_of_profiles():
    with pytest.raises(ValueError, match="no table 'nonsense'"):
        profiles("nonsense")


# VECTOR FILES


def test_the_guide_to_vector_files_names_every_key_kind_and_class():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    case, step = schema["$defs"]["case"], schema["$defs"]["step"]
    keys = {*schema["properties"], *case["properties"], *step["properties"]}
    keys |= {*case["properties"]["kind"]["enum"], *CLASSES, "same_as", "lo", "hi", "bound", "exact"}
    assert {key for key in keys if f"`{key}`" not in VECTORS} == set()
