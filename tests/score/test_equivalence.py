"""Equivalence: proofs of what is equal, refusal of what is not, and a strict list of the rest."""

from dataclasses import replace

import pytest

from goldenrule.conformance.mistakes.edit import edit
from goldenrule.conformance.proofs.layers import compare
from goldenrule.conformance.proofs.statement import Obligation, ProofError
from goldenrule.conformance.score.agreement import agrees
from goldenrule.conformance.score.equivalence import PROVED, explained, is_proved_equal
from goldenrule.conformance.score.listed import ListError, complaints, entries, excused
from goldenrule.conformance.score.record import Record
from goldenrule.conformance.score.subjects import Subject
from goldenrule.reference import catalogue
from goldenrule.spec.catalogue import find

ENTRY = """
[[equivalent]]
where = ["optimizers/adam/*/step"]
profiles = ["float32"]
mutants = ["some"]
reach = 0.5
reason = "why"
"""


def subject(rule, dialect, kind, *edits):
    function = edit(*edits)(catalogue.forms(rule, kind)[dialect][0])
    assert function
    return Subject(rule, dialect, kind, "some", "edited", "", function)


def record(**changes):
    killed = {"intervals": False, "onnx": False, "torch": False, "plain": False}
    some = Record("optimizers/adam", "paper", "step", "some", "edited", "", "float32", killed)
    return replace(some, **changes)


def test_another_order_is_proved_equal():
    same = {"beta1 * m + (1 - beta1) * g": "g + beta1 * (m - g)"}
    assert is_proved_equal(subject("optimizers/adam", "paper", "step", same))


def test_another_formula_is_not():
    wrong = {"ctx.sqrt(v_hat) + eps": "ctx.sqrt(v_hat + eps)"}
    assert not is_proved_equal(subject("optimizers/adam", "paper", "step", wrong))


@pytest.mark.parametrize("condition", ["t == 1", "t == 4", "t > 7", "t != 2", "alpha == 1"])
def test_a_text_that_is_wrong_in_one_step_is_not_proved(condition):
    hidden = {"m / (1 - beta1**t)": f"m if {condition} else m / (1 - beta1**t)"}
    assert not is_proved_equal(subject("optimizers/adam", "paper", "step", hidden))


def test_a_text_that_treats_one_step_by_itself_is_proved():
    same = {"m / (1 - beta1**t)": "m / (1 - beta1) if t == 1 else m / (1 - beta1**t)"}
    assert is_proved_equal(subject("optimizers/adam", "paper", "step", same))


def test_a_variance_may_be_written_in_two_ways_but_not_without_its_mean():
    layer = "normalizations/layer_norm", "elementwise", "layer"
    assert is_proved_equal(subject(*layer, {"ctx.fdot(d, d)": "ctx.fdot(x, d)"}))
    assert not is_proved_equal(subject(*layer, {"ctx.fdot(d, d)": "ctx.fdot(x, x)"}))


@pytest.mark.parametrize("kind", ["layer", "gradient"])
def test_a_slip_that_shows_with_groups_and_a_batch_alone_is_seen(kind):
    """Neither samples nor groups by themselves tell where a sample's planes begin."""
    wrong = subject("convolutions/conv", "zeros", kind, {"s * inputs * groups": "s * inputs"})
    assert not agrees(wrong)
    rule = find("convolutions/conv").dialect("zeros")
    with pytest.raises(ProofError):
        compare(Obligation("convolutions/conv", rule, wrong.function, (), kind))
    same = {"s * inputs * groups": "groups * s * inputs"}
    assert agrees(subject("convolutions/conv", "zeros", kind, same))


def test_what_is_proved_is_no_mistake_even_where_it_is_killed():
    same = subject("optimizers/adam", "paper", "step", {"g * g": "-g * -g"})
    alive = record()
    dead = record(profile="float64", killed={"intervals": True, "torch": True})
    found = list(explained([alive, dead], {same.id: same}))
    assert [r.equivalent for r in found] == [PROVED, PROVED]
    assert [r.equivalent for r in explained([alive], {})] == [""]


def test_a_listed_survivor_is_excused(tmp_path):
    listed = read(tmp_path, ENTRY)
    (found,) = excused([record()], listed)
    assert (found.equivalent, found.reach, found.is_hole) == ("why", 0.5, False)
    assert not list(complaints([record()], listed))


def test_the_list_is_strict(tmp_path):
    listed = read(tmp_path, ENTRY)
    dead = record(killed={"intervals": True}, by="first")
    assert "killed by first" in next(complaints([dead], listed))
    assert "unknown" in next(complaints([record(name="other")], listed))
    assert "unknown" in next(complaints([record(profile="float64")], listed))
    assert "proved equal" in next(complaints([record(equivalent=PROVED)], listed))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('reason = "why"', "", "entry 1 must have"),
        ('reason = "why"', 'reason = ""', "entry 1 must have"),
        ("reach = 0.5", "reach = 1.5", "it is a hole"),
        ('mutants = ["some"]', "mutants = []", "entry 1 must have"),
        ("[[equivalent]]", "[[equivalent", "at line"),
    ],
)
def test_a_bad_list_is_refused(tmp_path, old, new, message):
    with pytest.raises(ListError, match=message):
        read(tmp_path, ENTRY.replace(old, new))


def test_the_packaged_list_can_be_read():
    assert all(entry.reason for entry in entries())


def read(folder, text):
    path = folder / "equivalents.toml"
    path.write_text(text, encoding="utf-8")
    return entries(path)
