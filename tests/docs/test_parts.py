"""Parts of a rule's page: the distances of its dialects, its known mistakes, its reference text."""

import json
import math
import re

import numpy as np
import pytest

from goldenrule.conformance.explain.blocks import Code, Folded, Items, Paragraph, Table
from goldenrule.conformance.explain.parts import code, distances, mistakes, vectors
from goldenrule.conformance.explain.parts.calls import compared, drawn, results
from goldenrule.conformance.explain.parts.measured_calls import CALLS
from goldenrule.conformance.explain.parts.measured_runs import HYPER, RUNS
from goldenrule.conformance.explain.parts.trajectories import GRADIENTS, START, Setting, steps
from goldenrule.conformance.mistakes import mistakes_of
from goldenrule.conformance.score.rejections import association, counted, document, render, trials
from goldenrule.reference import catalogue
from goldenrule.spec.catalogue import find, rules
from goldenrule.spec.rule import GOLDENRULE, Dialect, Step
from goldenrule.spec.symbols import alpha, g, theta, theta_t

EVERY = pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)


def flat(blocks):
    for block in blocks:
        yield block
        if isinstance(block, Folded):
            yield from flat(block.blocks)


def rows_of(rule, name):
    (table,) = (block for block in distances.part(find(rule), "") if isinstance(block, Table))
    return [row[1:] for row in table.rows if row[0] == f"`{name}`"]


# DISTANCES


@EVERY
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


# MISTAKES


@EVERY
def test_every_mistake_that_was_measured_is_told_with_what_rejects_it(rule):
    blocks = list(flat(mistakes.part(rule, "")))
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    names = [row[0].strip("`") for row in rows]
    assert len(names) == len(set(names))
    assert set(names) <= {mistake.name for mistake in mistakes_of(rule.name)}
    assert blocks[0].text.startswith(f"{len(names)} known mistakes")
    carried = {flag for row in rows for flag in re.findall("`(.*?)`", row[-1])}
    (known,) = vectors.flags(rule, "")
    assert carried <= {row[0].strip("`") for row in known.rows}


def test_own_mistakes_come_first_and_links_are_short():
    words, own, *_ = mistakes.part(find("adam"), "")
    assert isinstance(words, Paragraph) and isinstance(own, Table)
    told = {row[0]: row for row in own.rows}
    assert "`swapped-betas`" in told and "`update-sign`" not in told
    assert (
        "[holocron#1](https://github.com/frgfm/holocron/issues/1)"
        in told["`compounded-correction`"]
    )
    assert "`amsgrad`" in told["`amsgrad-ignored`"][-1]


def test_dialects_that_people_confuse_are_told():
    *_, items = mistakes.part(find("adam"), "")
    assert isinstance(items, Items)
    assert items.items[0].startswith("`keras`: [nanochat#304](")


def test_what_is_stored_is_what_is_measured():
    stored = mistakes._measured()["rules"]["optimizers/ewma"]
    found = document(["optimizers/ewma"])
    assert json.loads(render(found))["rules"]["optimizers/ewma"] == stored


def test_a_flag_is_told_only_where_it_foretells_rejection():
    assert association((3, 3), (3, 9)) == 1
    assert association((3, 3), (9, 9)) == 0
    assert association((1, 3), (3, 9)) == 0
    of_flag = [t for t in trials("optimizers/sgd", ["float32"]) if t.mistake == "decay-sign"]
    count = counted(of_flag)
    assert [*count["flags"]] == ["weight-decay"]
    assert count["profiles"]["float32"] == (sum(t.is_rejected for t in of_flag), len(of_flag))


# CODE


def sources(blocks):
    return "\n".join(block.text for block in flat(blocks) if isinstance(block, Code))


@EVERY
def test_the_text_of_every_dialect_is_shown_once(rule):
    text = sources(code.part(rule, ""))
    for dialect in rule.dialects:
        assert len(re.findall(rf"^def {dialect.name}\(\s*ctx", text, re.MULTILINE)) == 1
    assert f"# reference/{rule.name}.py" in text


def test_a_dialect_is_shown_with_its_forms_and_its_gradient():
    first, forms, listed, gradient, called = code.part(find("layer_norm"), "elementwise")
    assert first.language == "python" and "def centred(" in first.text
    assert "proved equal" in forms.text and listed.items[0].startswith("`elementwise_")
    assert isinstance(gradient, Folded) and "def centred_backward(" in sources([gradient])
    assert called.title == "What these call" and "def normalized(" in sources([called])


def test_a_gradient_that_dialects_share_is_shown_once():
    blocks = list(code.part(find("batch_norm"), "unbiased biased"))
    assert Paragraph("Its gradient is that of `unbiased`.") in blocks
    assert sources(blocks).count("def training_backward(") == 1


def test_form_that_a_profile_must_declare():
    items = [b for b in code.part(find("batch_norm"), "unbiased") if isinstance(b, Items)]
    assert items[0].items[-1].endswith("(only where a profile says `onepass`)")


@pytest.mark.parametrize(
    ("part", "argument", "message"),
    [
        (code.part, "paper wrong", "optimizers/adam: no dialect 'wrong'"),
        (distances.part, "paper", "distances takes no argument"),
        (mistakes.part, "paper", "mistakes takes no argument"),
    ],
)
def test_a_wrong_argument_is_refused(part, argument, message):
    with pytest.raises(ValueError, match=message):
        list(part(find("adam"), argument))


# SINCE


def test_a_release_belongs_to_a_function_that_computes_the_dialect():
    step = Step("update", theta_t, theta - alpha * g)
    with pytest.raises(ValueError, match=r"tested: since names optax\.sgd, no user"):
        Dialect(
            "tested", "For a test.", GOLDENRULE, (step,), used_by=("a.b",), since={"optax.sgd": "1"}
        )


def test_a_derived_dialect_has_its_own_users_and_releases():
    unbiased = find("batch_norm").dialect("unbiased")
    other = unbiased.amend("other", GOLDENRULE, summary="For a test.", used_by=("a.b",))
    assert unbiased.since and not other.since
    with pytest.raises(ValueError, match=r"other: since names c\.d, no user"):
        unbiased.amend("other", GOLDENRULE, summary="For a test.", since={"c.d": "1.0"})


@EVERY
def test_releases_are_written_alike(rule):
    for dialect in rule.dialects:
        for release in dialect.since.values():
            assert re.fullmatch(
                r"\d+\.\d+\.\d+( or earlier)?|opset \d+(, until opset \d+)?", release
            )
