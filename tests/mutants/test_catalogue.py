"""The mutants of a rule: famous ones by name, the same in every process, none of them twice."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections import Counter

import pytest

from goldenrule.conformance.mistakes.mistake import as_asked
from goldenrule.conformance.mutants.catalogue import mutants_of
from goldenrule.conformance.mutants.mutant import Mutant
from goldenrule.reference import catalogue

from .every import DIALECTS

# What is known to have been written, and the sentence for it.
FAMOUS = {
    "m: (1 - beta1) * g -> g": "in m, the factor 1 - beta1 is missing",
    "m: 1 - beta1 -> beta1": "in m, beta1 stands in place of 1 - beta1",
    "v: g * g -> g": "in v, the factor g is missing",
    "v: g * g -> max(g, -g)": "in v, the absolute value of g stands for its square",
    "m_hat: m / (1 - beta1 ** t) -> m": "in m_hat, m is not divided by 1 - beta1 ** t",
    "v_hat: second / (1 - beta2 ** t) -> second": (
        "in v_hat, second is not divided by 1 - beta2 ** t"
    ),
    "m_hat: beta1 ** t -> beta2 ** t": "in m_hat, beta2 stands in place of beta1",
    "t -> t - 1 throughout": "the step count t starts at 0, not at 1",
    "beta1 <-> beta2 throughout": "beta1 and beta2 are exchanged",
    "theta: sqrt(v_hat) + eps -> sqrt(v_hat + eps)": "in theta, eps is inside the root",
    "theta: sqrt(v_hat) + eps -> sqrt(v_hat)": "in theta, the term eps is missing",
    "theta: sqrt(v_hat) -> v_hat": "in theta, the root of v_hat is missing",
    "v_max: max(v_max, v) -> v_max": (
        "v_max stands in place of the larger of it and v"
    ),
    "m_hat: m -> old m": "m from before the step is used in m_hat",
    "return: m -> old m": "m is returned as it was given",
    "if weight_decay is not None -> never": "weight_decay is ignored",
    "g: g + weight_decay * theta -> g - weight_decay * theta": (
        "in g, weight_decay * theta is subtracted, not added"
    ),
    "theta: theta - alpha * m_hat / (sqrt(v_hat) + eps)"
    " -> theta + alpha * m_hat / (sqrt(v_hat) + eps)": "theta is moved the wrong way",
}  # fmt: skip

# Of each family one mutant of a layer that people have written.
LAYERS = {
    ("normalizations/batch_norm", "unbiased", "layer"): "running_var: v * n / (n - 1) -> v",
    ("normalizations/layer_norm", "elementwise", "layer"): "d: x - mu -> x",
    ("normalizations/group_norm", "contiguous", "layer"): (
        "contiguous: group: i[1] // size -> i[1] % groups"
    ),
    ("normalizations/rms_norm", "offset", "layer"): "gamma: 1 + gamma -> gamma",
    ("convolutions/conv", "same_upper", "layer"): (
        "same_upper: padding: (total // 2, total - total // 2) -> (total - total // 2, total // 2)"
    ),
    ("convolutions/conv", "zeros", "gradient"): ("backward: gradients: at in dx -> at.flipped()"),
    ("convolutions/convolution", "full", "layer"): (
        "at: overlaps.full(x, w).flipped() -> overlaps.full(x, w)"
    ),
}

PRINTED = """
from goldenrule.conformance.mutants.catalogue import mutants_of
for place in {places}:
    for mutant in mutants_of(*place):
        print(mutant.name, mutant.sentence, mutant.operator, mutant.symbols)
"""


def by_name(rule: str, dialect: str, kind: str) -> dict[str, Mutant]:
    return {mutant.name: mutant for mutant in mutants_of(rule, dialect, kind)}


@pytest.mark.parametrize("name", FAMOUS)
def test_famous_mutants_of_adam_are_there(name: str) -> None:
    mutant = by_name("optimizers/adam", "paper", "step")[name]
    assert mutant.sentence == FAMOUS[name]
    assert mutant.restate is as_asked


@pytest.mark.parametrize("place", LAYERS)
def test_famous_mutants_of_layers_are_there(place: tuple[str, str, str]) -> None:
    assert LAYERS[place] in by_name(*place)


def test_symbols_are_those_of_the_form() -> None:
    mutants = by_name("optimizers/adam", "paper", "step")
    assert mutants["m: (1 - beta1) * g -> g"].symbols == ("g", "m", "beta1")
    assert mutants["beta1 <-> beta2 throughout"].symbols == ("beta1", "beta2")


@pytest.mark.parametrize("family", ["optimizers", "normalizations", "convolutions"])
def test_there_are_hundreds_in_each_family(family: str) -> None:
    counts = Counter({p: len(mutants_of(*p)) for p in DIALECTS if p[0].startswith(family)})
    assert counts.total() >= 300
    assert min(counts.values()) >= 12


@pytest.mark.parametrize("place", DIALECTS, ids="-".join)
def test_names_are_unique_and_other_forms_are_left_alone(place: tuple[str, str, str]) -> None:
    rule, dialect, kind = place
    mutants = mutants_of(*place)
    assert len({mutant.name for mutant in mutants}) == len(mutants)
    assert all(mutant.sentence and mutant.operator for mutant in mutants)
    others = [form for forms in catalogue.forms(rule, kind).values() for form in forms]
    others.remove(catalogue.forms(rule, kind)[dialect][0])
    for other in others:
        if other is not catalogue.forms(rule, kind)[dialect][0]:
            assert not any(mutant.transform(other) for mutant in mutants[::7])


def test_the_text_of_a_mutant_can_be_read() -> None:
    mutant = by_name("optimizers/adam", "paper", "step")["m: (1 - beta1) * g -> g"]
    form = catalogue.forms("optimizers/adam")["paper"][0]
    function = mutant.transform(form)
    assert function is not None and function is mutant.transform(form)
    assert "m = ctx.store(beta1 * m + g)" in inspect.getsource(function)
    assert "(1 - beta1) * g" in inspect.getsource(form)


def test_an_unknown_rule_is_an_error_and_an_unknown_dialect_has_none() -> None:
    with pytest.raises(ValueError, match="unknown rule"):
        mutants_of("optimizers/nothing", "paper", "step")
    assert mutants_of("optimizers/adam", "nothing", "step") == ()


def test_the_list_is_the_same_in_every_process() -> None:
    places = [
        ("optimizers/rmsprop", "outside", "step"),
        ("normalizations/batch_norm", "unbiased", "gradient"),
        ("convolutions/conv", "reflect", "layer"),
    ]
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINTED.format(places=places)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert len(printed.pop().splitlines()) > 200
