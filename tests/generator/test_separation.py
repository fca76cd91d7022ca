"""Separation: all dialects are told apart, and dialects that are the same are found out."""

import copy
import json

import pytest

from goldenrule.conformance.files.discovery import PACKAGED_VECTORS
from goldenrule.conformance.generator.separation import INSEPARABLE, gaps, shared
from goldenrule.reference import catalogue


def documents(rule: str) -> dict[str, dict]:
    paths = (PACKAGED_VECTORS / rule).glob("*.json")
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


@pytest.mark.parametrize("rule", catalogue.names())
def test_every_pair_of_dialects_is_told_apart_in_every_profile(rule: str) -> None:
    made = documents(rule)
    assert set(made) == set(catalogue.forms(rule))
    assert list(gaps(rule, made)) == []


@pytest.mark.parametrize(
    "rule", ["optimizers/adam", "optimizers/rmsprop", "convolutions/cross_correlation"]
)
def test_a_dialect_that_is_another_under_a_new_name_is_found_out(rule: str) -> None:
    dialects = documents(rule)
    first = sorted(dialects)[0]
    twins = {first: dialects[first], "twin": copy.deepcopy(dialects[first])}
    found = list(gaps(rule, twins))
    assert {gap.profile for gap in found} == set(dialects[first]["profiles"])


def test_pairs_listed_as_inseparable_really_are() -> None:
    for (rule, first, second), reason in INSEPARABLE.items():
        assert reason
        pair = documents(rule)
        found = list(gaps("another/rule", {name: pair[name] for name in (first, second)}))
        assert found, f"{rule}: {first} and {second} are told apart after all"


def test_shared_cases_ask_the_same_question() -> None:
    adam = documents("optimizers/adam")
    pairs = list(shared(adam["inside"], adam["corrected_max"]))
    assert pairs, "dialects that take different state have no case in common"
    for one, other in pairs:
        assert one["given"].items() <= other["given"].items()


def test_a_layer_and_its_gradient_are_told_apart_each_by_itself() -> None:
    conv = documents("convolutions/conv")
    mixed = copy.deepcopy(conv["reflect"])
    mixed["cases"] = [
        *(case for case in mixed["cases"] if case["kind"] == "layer"),
        *(case for case in conv["circular"]["cases"] if case["kind"] == "gradient"),
    ]
    found = list(gaps("convolutions/conv", {"circular": conv["circular"], "mixed": mixed}))
    assert {gap.computes for gap in found} == {"gradient"}


def test_attributes_that_one_dialect_does_not_take_are_no_part_of_the_question() -> None:
    conv = documents("convolutions/conv")
    pairs = list(shared(conv["zeros"], conv["valid"]))
    assert {one["kind"] for one, _ in pairs} == {"layer", "gradient"}
    for one, other in pairs:
        first, second = one["steps"][0]["attributes"], other["steps"][0]["attributes"]
        assert first.keys() - second.keys() == {"padding"}
        assert second.items() <= first.items()


def test_state_of_one_dialect_may_be_given_with_the_batch_to_another() -> None:
    norm = documents("normalizations/batch_norm")
    pairs = list(shared(norm["unbiased"], norm["inference"]))
    assert any("running_mean" in one["given"] for one, _ in pairs)
    assert all("running_mean" not in other["given"] for _, other in pairs)
