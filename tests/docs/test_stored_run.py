"""The stored run: what it may speak of, and the commands and the list that go with it."""

import json
import re
import shlex
from pathlib import Path

import pytest

from goldenrule.conformance.cli import parser
from goldenrule.docs.book import store
from goldenrule.docs.book.parts import fairness, measured
from goldenrule.docs.book.scoreboard import run as runs
from goldenrule.docs.book.scoreboard import scoreboard
from goldenrule.docs.book.scoreboard.deviations import LIST, deviations
from goldenrule.spec.catalogue import rules

from .tables import rows

ROOT = Path(__file__).parents[2]
STORED = json.loads((ROOT / "docs/measured/verify.json").read_text(encoding="utf-8"))


def test_a_list_and_a_run_that_do_not_agree():
    text = LIST.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="nothing in the stored run deviates as torch/x"):
        list(deviations(runs.stored(), f"{text}\ntorch/x  # because"))
    fewer = "\n".join(line for line in text.splitlines() if not line.startswith("onnxruntime"))
    with pytest.raises(ValueError, match=r"deviates in onnxruntime/.*, which is not listed"):
        list(deviations(runs.stored(), fewer))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rule": "optimizers/adamant"}, "numpy declares the unknown rule optimizers/adamant"),
        ({"dialect": "quick"}, "numpy declares the unknown dialect optimizers/sgd/quick"),
        ({"backend": "keras"}, "no name for the backend keras"),
    ],
)
def test_a_run_of_something_unknown(change, message):
    entry = STORED["entries"][0] | change
    text = json.dumps({**STORED, "entries": [entry], "objects": []})
    with pytest.raises(ValueError, match=message):
        runs.parse(text, "verify.json")


def test_what_the_page_says_of_ulp():
    def largest(entries):
        return max(entries, key=lambda e: e["worst_ulp"])

    ours = [e for e in STORED["entries"] if e["profile"] == "float32" and e["backend"] == "numpy"]
    shifted = largest(e for e in ours if e["rule"] == "normalizations/batch_norm")
    assert 10_000 < shifted["worst_ulp"] < 1_000_000
    assert shifted["worst_error_over_bound"] < 1
    assert "+ftz" in largest(STORED["entries"])["profile"]


def test_a_run_of_another_version():
    with pytest.raises(ValueError, match=r"version 2\.0 is not read here"):
        runs.parse('{"version": "2.0"}', "verify.json")


def test_every_function_that_the_specification_names_is_in_the_table():
    named = {f for rule in rules().values() for d in rule.dialects for f in d.used_by}
    found = {row[0]: row for row in rows(scoreboard("functions"))[1:]}
    assert {*found} == named
    assert found["torch.optim.Adam"][1] == "adam/paper"
    assert found["keras.optimizers.Adam"][2] == "not run"
    assert float(found["torch.optim.Adam"][2]) > 0.5


def test_the_commands_that_are_shown_exist():
    fuzz = fairness.command(measured.document("fuzz.json"))
    for command in (runs.COMMAND, fuzz):
        program, *arguments = shlex.split(command)
        assert program == "goldenrule"
        assert parser().parse_args(arguments)
    program, flag, module, *arguments = shlex.split(runs.STORE)
    assert (program, flag, module) == ("python", "-m", store.__name__)
    page = (ROOT / "docs/scoreboard.md").read_text(encoding="utf-8")
    for line in re.findall(r"^goldenrule (.*?)(?: +#.*)?$", page, re.MULTILINE):
        assert parser().parse_args(shlex.split(line))
