"""Every operator has room in the families that it is meant for, and makes what runs and differs."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache

import numpy as np
import pytest

from goldenrule.conformance.diagnose.evaluate import Floats, Misfit, floats_of
from goldenrule.conformance.mutants.catalogue import mutants_of
from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function, parameters
from goldenrule.reference.run import Problem

from .every import DIALECTS, problems

OPTIMIZERS, NORMALIZATIONS, CONVOLUTIONS = {"optimizers"}, {"normalizations"}, {"convolutions"}
EVERYWHERE = OPTIMIZERS | NORMALIZATIONS | CONVOLUTIONS
ARITHMETIC = OPTIMIZERS | NORMALIZATIONS
MEANT_FOR = {
    "arguments-exchanged": NORMALIZATIONS,
    "attribute-ignored": CONVOLUTIONS,
    "attributes-exchanged": CONVOLUTIONS,
    "axes-reversed": CONVOLUTIONS,
    "axes-transposed": CONVOLUTIONS,
    "border-exchanged": CONVOLUTIONS,
    "coefficient-replaced": ARITHMETIC,
    "complement": ARITHMETIC,
    "condition-changed": OPTIMIZERS,
    "count-biased": NORMALIZATIONS,
    "count-shifted": ARITHMETIC,
    "divisor-dropped": EVERYWHERE,
    "ends-alike": CONVOLUTIONS,
    "ends-exchanged": CONVOLUTIONS,
    "eps-moved": ARITHMETIC,
    "eps-replaced": ARITHMETIC,
    "factor-dropped": EVERYWHERE,
    "grouped-otherwise": NORMALIZATIONS,
    "kernel-flipped": CONVOLUTIONS,
    "maximum-changed": OPTIMIZERS,
    "maximum-dropped": OPTIMIZERS,
    "mean-for-sum": NORMALIZATIONS | CONVOLUTIONS,
    "option-ignored": EVERYWHERE,
    "order-exchanged": OPTIMIZERS,
    "others-summed": NORMALIZATIONS,
    "parameter-misplaced": NORMALIZATIONS,
    "place-shifted": CONVOLUTIONS,
    "plane-exchanged": CONVOLUTIONS,
    "power-changed": OPTIMIZERS,
    "reciprocal": ARITHMETIC,
    "root-added": ARITHMETIC,
    "root-dropped": ARITHMETIC,
    "rounded-otherwise": CONVOLUTIONS,
    "sign-flipped": EVERYWHERE,
    "size-shifted": CONVOLUTIONS,
    "square-added": ARITHMETIC,
    "state-stale": OPTIMIZERS,
    "state-unsaved": ARITHMETIC,
    "sum-for-mean": NORMALIZATIONS,
    "symbol-swapped": EVERYWHERE,
    "symbols-exchanged": OPTIMIZERS,
    "term-dropped": EVERYWHERE,
}  # fmt: skip


@cache
def rights(rule: str, dialect: str, kind: str) -> list[list[Floats]]:
    form = catalogue.forms(rule, kind)[dialect][0]
    return [floats_of(form, problem) for problem in problems(rule, dialect, kind)]


def differs(got: list[Floats], right: list[Floats]) -> bool:
    return any(
        x.keys() != y.keys()
        or any(x[k].shape != y[k].shape or not np.array_equal(x[k], y[k], True) for k in x)
        for x, y in zip(got, right, strict=True)
    )


def outputs(function: Function, problem: Problem) -> list[Floats] | None:
    """What a mutant returns; None if it cannot take tensors of these shapes."""
    try:
        return floats_of(function, problem)
    except Misfit:
        return None


def test_every_operator_has_room_where_it_is_meant_for() -> None:
    found: dict[str, set[str]] = {}
    for place in DIALECTS:
        for mutant in mutants_of(*place):
            found.setdefault(mutant.operator, set()).add(place[0].partition("/")[0])
    assert found == MEANT_FOR


@pytest.mark.parametrize("place", DIALECTS, ids="-".join)
def test_mutants_run_and_are_not_all_alike(place: tuple[str, str, str]) -> None:
    rule, dialect, kind = place
    form = catalogue.forms(rule, kind)[dialect][0]
    asked = problems(*place)
    assert asked
    for mutant in mutants_of(*place):
        function = mutant.transform(form)
        assert function is not None and function is not form
        assert parameters(function) == parameters(form)
        ran = (outputs(function, problem) is not None for problem in asked)
        assert any(ran), f"{mutant.name} cannot run at all"


@pytest.mark.parametrize("place", DIALECTS, ids="-".join)
def test_texts_are_distinct(place: tuple[str, str, str]) -> None:
    texts = Counter(
        tuple(ast.unparse(ast.fix_missing_locations(x)) for x in mutant.definitions.values())
        for mutant in mutants_of(*place)
    )
    assert texts.total() == len(texts)


def test_no_operator_is_so_tame_that_all_its_mutants_are_equivalent() -> None:
    left = set(MEANT_FOR)
    for place in DIALECTS:
        for mutant in mutants_of(*place):
            if mutant.operator in left:
                function = mutant.transform(mutant.form)
                assert function is not None
                for problem, right in zip(problems(*place), rights(*place), strict=True):
                    got = outputs(function, problem)
                    if got is not None and differs(got, right):
                        left.discard(mutant.operator)
                        break
    assert not left
