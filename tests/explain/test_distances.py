"""How far apart dialects end up: every rule tells it, and numbers agree with algebra."""

import math

import numpy as np
import pytest

from goldenrule.conformance.explain.blocks import Table
from goldenrule.conformance.explain.parts import distances
from goldenrule.conformance.explain.parts.distances.calls import compared, drawn, results
from goldenrule.conformance.explain.parts.distances.chosen_calls import CALLS
from goldenrule.conformance.explain.parts.distances.chosen_runs import HYPER, RUNS
from goldenrule.conformance.explain.parts.distances.runs import GRADIENTS, START, Setting, steps
from goldenrule.reference import catalogue
from goldenrule.spec.catalogue import find, rules


def rows_of(rule, name):
    (table,) = (block for block in distances.part(find(rule), "") if isinstance(block, Table))
    return [row[1:] for row in table.rows if row[0] == f"`{name}`"]


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_every_rule_with_dialects_tells_how_far_they_are_apart(rule):
    blocks = list(distances.part(rule, ""))
    if len(rule.dialects) == 1:
        assert not blocks
        return
    words, table = blocks
    assert "float64" in words.text
    told = {row[0].strip("`") for row in table.rows}
    assert {dialect.name for dialect in rule.dialects[1:]} <= told
    assert blocks == list(distances.part(rule, ""))


def test_every_rule_is_either_run_or_called():
    several = {name for name, rule in rules().items() if len(rule.dialects) > 1}
    assert several == {*RUNS, *CALLS} and not {*RUNS} & {*CALLS}
    assert {*RUNS} == {*HYPER}


def test_where_eps_stands_matters_where_gradients_are_small():
    (alike, *_), (middle, *_), small = (map(float, row[1:]) for row in rows_of("adam", "keras"))
    assert alike < 1e-5 < 1e-2 < middle < 0.1
    assert 0.5 < next(iter(small)) < 1


def test_the_distance_of_adam_s_first_step_is_the_one_that_algebra_gives():
    first, eps = GRADIENTS[0], HYPER["optimizers/adam"]["eps"]
    root = math.sqrt(1 - HYPER["optimizers/adam"]["beta2"])
    paper = 1e-3 * first / (abs(first) + eps)
    keras = 1e-3 * first / (abs(first) + eps / root)
    expected = max(abs(paper - keras)) / max(abs(paper))
    (row, *_) = rows_of("adam", "keras")
    assert float(row[1]) == pytest.approx(expected, rel=0.05)


def test_momentum_inside_differs_once_the_rate_has_changed():
    same, changed = rows_of("momentum", "inside")
    assert same == ("alpha stays", "0", "0", "0", "0")
    assert changed[1] == "0" and float(changed[2]) > 0.5


def test_an_average_is_corrected_by_its_weights():
    (row,) = rows_of("ewma", "corrected")
    assert float(row[1]) == pytest.approx(0.9 / 0.1) and row[-1] == "0"


def test_the_lookahead_ends_where_the_shifted_iterate_does():
    numbers = [float(number) for number in rows_of("nesterov", "lookahead")[0][1:]]
    assert numbers == sorted(numbers, reverse=True) and numbers[-1] < 1e-5


def test_a_run_takes_the_steps_of_the_reference():
    l2 = catalogue.forms("optimizers/sgd")["l2"][0]
    ends = list(steps(l2, Setting("", {"alpha": 0.5})))
    assert len(ends) == 4
    assert np.allclose(ends[0], START - 0.5 * GRADIENTS[0], rtol=1e-15)
    assert np.allclose(ends[1], START - 0.5 * GRADIENTS[:10].sum(axis=0), rtol=1e-12)


def test_a_dialect_that_lacks_what_is_given_is_left_out():
    asked = Setting("", {"alpha": 0.1, "beta": 0.9, "dampening": 0.5})
    forms = catalogue.forms("optimizers/momentum")
    assert [name for name, (form, *_) in forms.items() if asked.asks(form)] == [
        "outside",
        "dampened",
    ]


def test_the_running_variance_is_biased_or_not():
    rule = "normalizations/batch_norm"
    found = {(name, how): apart for name, how, apart, _ in compared(rule, CALLS[rule])}
    alike = found["biased", "the new batch weighs 0.1 in both"]
    assert max(alike["y"], alike["running_mean"]) < 1e-15
    unbiased = results(rule, "unbiased", CALLS[rule].given)["running_var"]
    apart = 0.1 * (1 / 5) * drawn("x", (2, 4, 3)).var(axis=(0, 2))
    assert alike["running_var"] == pytest.approx(max(apart) / max(unbiased))
    assert found["biased", "momentum = 0.1 in both"]["running_mean"] > 1


def test_a_part_of_the_longest_output_is_found():
    rule = "convolutions/cross_correlation"
    found = {name: (how, length) for name, how, _, length in compared(rule, CALLS[rule])}
    assert found == {
        "full": ("", "8"),
        "same": ("elements 2 to 7 of `full`", "6"),
        "valid": ("elements 3 to 6 of `full`", "4"),
    }


def test_an_argument_is_refused():
    with pytest.raises(ValueError, match="distances takes no argument, not 'paper'"):
        list(distances.part(find("adam"), "paper"))
