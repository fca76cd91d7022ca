"""How many cases reject each known mistake: what is stored is current, and counted rightly."""

import json
from itertools import product
from pathlib import Path

import pytest

from goldenrule.conformance.cli import main
from goldenrule.conformance.mistakes import mistakes_of
from goldenrule.conformance.score import rejections
from goldenrule.conformance.score.rejections import association, counted, trials
from goldenrule.reference import catalogue

STORED = json.loads(
    (Path(__file__).parents[2] / "docs/measured/mistakes.json").read_text(encoding="utf-8")
)["rules"]


@pytest.mark.parametrize("rule", catalogue.names())
def test_every_mistake_that_can_be_made_is_stored(rule):
    dialects = catalogue.forms(rule)
    forms = [
        catalogue.forms(rule, kind)[dialect][0]
        for kind, dialect in product(rejections.KINDS, dialects)
        if dialect in catalogue.forms(rule, kind)
    ]
    made = {m.name for m in mistakes_of(rule) if any(m.made_in(form) for form in forms)}
    if made > {*STORED[rule]}:  # what changes no case is not tried
        made = {trial.mistake for dialect in dialects for trial in trials(rule, dialect)}
    assert {*STORED[rule]} == made


def test_every_rule_is_stored():
    assert {*STORED} == {*catalogue.names()}


@pytest.mark.parametrize("rule", ["optimizers/ewma", "convolutions/convolution"])
def test_what_is_stored_is_what_is_measured(rule, tmp_path):
    path = tmp_path / "mistakes.json"
    assert main(["score", "--rule", rule, "--mistakes", str(path)]) == 0
    assert json.loads(path.read_text(encoding="utf-8"))["rules"] == {rule: STORED[rule]}


def test_a_selection_of_dialects_and_profiles(tmp_path):
    path = tmp_path / "mistakes.json"
    chosen = ["--rule", "sgd", "--dialect", "l2", "--profile", "float64"]
    assert main(["score", *chosen, "--mistakes", str(path)]) == 0
    found = json.loads(path.read_text(encoding="utf-8"))["rules"]["optimizers/sgd"]
    for mistake, counts in found.items():
        ((profile, (rejected, asked)),) = counts["profiles"].items()
        whole = STORED["optimizers/sgd"][mistake]["profiles"]["float64"]
        assert profile == "float64" and rejected <= whole[0] and asked <= whole[1]


def test_a_file_that_cannot_be_written_is_one_line(tmp_path, capsys):
    chosen = ["--rule", "ewma", "--profile", "float64", "--dialect", "corrected"]
    assert main(["score", *chosen, "--mistakes", str(tmp_path / "none" / "x.json")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_flag_is_told_only_where_it_foretells_rejection():
    assert association((3, 3), (3, 9)) == 1
    assert association((3, 3), (9, 9)) == 0
    assert association((1, 3), (3, 9)) == 0
    rule = "optimizers/sgd"
    found = [
        trial for dialect in catalogue.forms(rule) for trial in trials(rule, dialect, ["float32"])
    ]
    of_flag = [trial for trial in found if trial.mistake == "decay-sign"]
    count = counted(of_flag)
    assert [*count["flags"]] == ["weight-decay"]
    assert count["profiles"]["float32"] == (sum(t.is_rejected for t in of_flag), len(of_flag))
