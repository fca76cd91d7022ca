"""Property checks in a run: what raises, hangs or dies, the reports, the list of failures."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from goldenrule.conformance.cli import main
from goldenrule.conformance.harness.expected_failures import ExpectedFailures
from goldenrule.conformance.harness.plan import Selection
from goldenrule.conformance.harness.status import Status
from goldenrule.conformance.harness.verify import verify
from goldenrule.conformance.properties import CHECKS

pytest_plugins = ["pytester"]

FOLDER = Path(__file__).parents[1]
SOURCE = """
import os, sys, time
sys.path.insert(0, {folder!r})
from goldenrule.conformance import Backend, Unsupported
from properties.planted.correct import Adam

class Mine(Adam):
    pass
{body}
def make(theta, alpha, beta1, beta2, eps, profile, weight_decay=0.0):
    hyper = alpha, beta1, beta2, eps
    return Mine(theta, *hyper, profile, "", weight_decay)

backend = Backend("mine")
backend.optimizer("optimizers/adam", dialect="paper", profile="float32")(make)
"""
ID = "mine/optimizers/adam/paper/property"
LOSES = "    def save(self): return [{**s, 't': 0} for s in super().save()]"


@pytest.fixture
def mine(tmp_path):
    def write(body: str = "") -> str:
        path = tmp_path / "mine.py"
        path.write_text(SOURCE.format(folder=str(FOLDER), body=body), encoding="utf-8")
        return str(path)

    return write


def statuses(report):
    (item,) = report.objects
    return {result.name: result.status for result in item.properties}


def without(method):
    body = f"super().__init__(*arguments); self.{method} = None"
    return f"    def __init__(self, *arguments): {body}"


def others(report, name):
    found = statuses(report)
    del found[name]
    return found


HOLDING = {check.name: Status.HOLDS for check in CHECKS} | {
    "maximize-mirrors": Status.NOT_APPLICABLE
}


def test_a_correct_object(mine, capsys):
    assert main(["verify", mine(), "--property", "*"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[2].split() == ["adam/paper", "float32", "one", "11", "of", "11", "holds"]
    where = "mine  optimizers/adam/paper"
    assert f"not applicable: {where}: maximize-mirrors (takes no maximize)" in out
    assert out[-1] == "11 of 11 properties hold."


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("    def load(self, saved): raise ZeroDivisionError('oh')", "ZeroDivisionError: oh"),
        ("    def load(self, saved): os._exit(3)", "the process died: exit status 3"),
        ("    def load(self, saved): os.abort()", "the process died: killed by SIGABRT"),
        ("    def load(self, saved): time.sleep(60)", "no answer within 2 s"),
    ],
    ids=["raises", "exits", "aborts", "hangs"],
)
def test_what_goes_wrong_is_a_failure_of_its_check(mine, body, reason):
    report = verify([mine(body)], Selection(check="[sz]*"), timeout=2)
    (item,) = report.objects
    (restored,) = [result for result in item.properties if result.name == "state-restored"]
    assert restored.status is Status.ERROR and restored.reason.startswith(reason)
    assert others(report, "state-restored") == {"zero-gradient-rests": Status.HOLDS}
    assert report.exit_code == 1 and not report.problems


@pytest.mark.parametrize(
    ("method", "names"),
    [
        ("gradients", {"gradients-unchanged", "gradients-not-kept"}),
        ("add_group", {"groups-independent"}),
        ("save", {"state-restored"}),
        ("load", {"state-restored"}),
        ("set_hyper", {"rate-change"}),
    ],
)
def test_what_an_object_lacks_is_said(mine, method, names):
    report = verify([mine(without(method))], Selection(check="*"))
    assert statuses(report) == HOLDING | dict.fromkeys(names, Status.NOT_APPLICABLE)
    (item,) = report.objects
    reasons = {result.reason for result in item.properties if result.name in names}
    assert reasons == {f"has no {method}()"}


def test_unsupported_is_not_applicable(mine):
    body = "    def step(self, gradients):\n        if any(g is None for g in gradients): "
    body += "raise Unsupported('needs all gradients')\n        super().step(gradients)"
    report = verify([mine(body)], Selection(check="*gradient-*"))
    (item,) = report.objects
    reasons = {result.name: result.reason for result in item.properties}
    assert reasons["late-gradient-is-fresh"] == reasons["no-gradient-rests"]
    assert reasons["no-gradient-rests"] == "needs all gradients"
    assert statuses(report)["zero-gradient-rests"] is Status.HOLDS


def test_without_state_only_the_parameters_are_looked_at(mine):
    report = verify([mine(without("state"))], Selection(check="types-kept"))
    (result,) = report.objects[0].properties
    assert (result.status, result.reason) == (
        Status.HOLDS,
        "of the parameters only: has no state()",
    )


def test_a_violation_is_told(mine, tmp_path, capsys):
    out = tmp_path / "out.json", tmp_path / "out.xml"
    options = ["--property", "state-*", "--json", str(out[0]), "--junit", str(out[1])]
    assert main(["verify", mine(LOSES), *options]) == 1
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "mine  optimizers/adam/paper  float32  violated: state-restored" in lines
    where = "step 4, parameter 0[0]: moves otherwise than in the run that was not stopped"
    assert f"where     {where}" in lines
    assert lines[-1] == "0 of 1 properties hold."
    document = json.loads(out[0].read_text())
    (item,) = document["objects"]
    (result,) = item["properties"]
    assert result["id"] == f"{ID}/state-restored/float32"
    assert (result["status"], item["verdict"]) == ("violated", "violated")
    assert (result["violation"]["step"], result["violation"]["element"]) == (4, [0])
    assert document["without_object"] == []
    (suite,) = ET.parse(out[1]).getroot()
    assert suite.get("failures") == "1" and suite[0].get("name") == "state-restored"
    assert where in suite[0][0].get("message")


def test_expected_failures_are_strict(mine):
    known = ExpectedFailures((("mine/*/property/state-restored/float32", "known"),))
    assert verify([mine(LOSES)], expected_failures=known).exit_code == 0
    report = verify([mine()], expected_failures=known)
    assert statuses(report)["state-restored"] is Status.UNEXPECTED_PASS
    assert report.exit_code == 1
    known = ExpectedFailures((("mine/*/property/state-restorde/*", "known"),))
    report = verify([mine()], expected_failures=known)
    assert [problem.subject for problem in report.problems] == ["expected failures"]


def test_declarations_without_an_object_are_named_on_demand(capsys):
    assert main(["verify", "numpy", "--rule", "sgd", "--property", "*"]) == 2
    out = capsys.readouterr().out
    assert "no optimizer object: numpy  optimizers/sgd/l2, optimizers/sgd/decoupled" in out


def test_an_unknown_property_is_wrong_usage(mine, capsys):
    assert main(["verify", mine(), "--property", "state-restord"]) == 2
    assert "did you mean state-restored?" in capsys.readouterr().out


def test_the_list_names_every_check(capsys):
    assert main(["list", "--properties"]) == 0
    out = capsys.readouterr().out
    assert all(check.name in out and check.sentence in out for check in CHECKS)


def test_pytest_collects_an_item_for_every_property(mine, pytester):
    known = pytester.path / "known.txt"
    known.write_text("mine/*/property/rate-change/*   # stays\n")
    options = ["-p", "no:cacheprovider", "--goldenrule-xfail", str(known)]
    result = pytester.runpytest_inprocess(*options, "--goldenrule-backend", mine(LOSES))
    result.assert_outcomes(passed=9, failed=2, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "property  a run that is saved and restored goes on as if it had not been stopped",
            "where     step 4, parameter 0[[]0[]]: moves otherwise than in the run *",
            "reason    passes, but is listed as an expected failure (stays)",
        ]
    )
