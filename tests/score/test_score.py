"""The score: what it counts, and that it falls with the vectors."""

import json
from dataclasses import replace

import numpy as np
import pytest

from goldenrule.conformance.cli import main
from goldenrule.conformance.files.discovery import PACKAGED_VECTORS
from goldenrule.conformance.score import criteria
from goldenrule.conformance.score.baseline import losses
from goldenrule.conformance.score.document import render
from goldenrule.conformance.score.plain import plain_cases
from goldenrule.conformance.score.probes import PROFILES, probes
from goldenrule.conformance.score.record import Record
from goldenrule.conformance.score.result import Result
from goldenrule.conformance.score.subjects import subjects
from goldenrule.conformance.score.survey import of_dialect
from goldenrule.conformance.score.trial import tried

from .planted import only, planted, widened

SGD = "optimizers/sgd", "l2"


@pytest.fixture(scope="module")
def measured():
    return of_dialect(*SGD, PROFILES, 1)


def result_of(survey, records=None):
    return Result.of(survey, survey.records if records is None else records, 1, ())


def killed(survey, profile="float64"):
    wrong = [r for r in survey.records if r.profile == profile and not r.equivalent]
    return sum(record.is_killed for record in wrong), len(wrong)


def test_every_mutant_that_is_not_equal_is_killed_in_float64(measured):
    dead, wrong = killed(measured)
    assert dead == wrong > 30
    assert not [a for a in measured.false_alarms if a.criterion == "intervals"]


def test_a_wider_interval_lowers_the_score(measured, tmp_path, capsys):
    everything = widened("theta", "float32", "ff7fffff", "7f7fffff")
    root = planted(tmp_path, *SGD, everything)
    fewer = of_dialect(*SGD, PROFILES, 1, root)
    assert killed(fewer, "float32")[0] < killed(measured, "float32")[0] / 2
    assert killed(fewer, "float64") == killed(measured, "float64")
    command = ["score", "--vectors", str(root), "--rule", "sgd", "--dialect", "l2", "--share", "4"]
    assert main([*command, "--profile", "float64"]) == 0
    assert main([*command, "--profile", "float32"]) == 1
    assert "survives: optimizers/sgd/l2/step/" in capsys.readouterr().out


def test_without_the_telling_cases_the_score_is_lower(measured, tmp_path):
    root = planted(tmp_path, *SGD, only("zero-gradient"))
    fewer = of_dialect(*SGD, PROFILES, 1, root)
    assert killed(fewer)[0] < killed(measured)[0]
    assert result_of(fewer).exit_code == 1


def test_a_right_form_that_is_rejected_is_a_fault(tmp_path):
    root = planted(tmp_path, *SGD, widened("theta", "float32", "7f7fffff", "7f7fffff"))
    faults = result_of(of_dialect(*SGD, PROFILES, 100, root)).faults
    assert any("a right form is rejected" in fault for fault in faults)


def test_a_mutant_that_always_raises_or_returns_less_is_none():
    (subject, *_) = subjects(*SGD, "step")
    some = list(probes(*SGD, "step", list(plain_cases(*SGD, ("float64",))), ("float64",)))

    def raises(ctx, **symbols):
        raise ZeroDivisionError

    assert tried(replace(subject, function=raises), some, ()) is None

    def returns_less(ctx, **symbols):
        return {}

    assert tried(replace(subject, function=returns_less), some, ()) is None


def test_tolerances_are_those_of_their_suites():
    close = criteria.ONNX
    assert (close.relative, close.absolute) == (1e-3, 1e-7)
    torch = pytest.importorskip("torch")
    for name, tolerance in criteria.TORCH.items():
        dtype = getattr(torch, name)
        for value in (0.0, 1.0, -1000.0):
            for factor in (0.9, 1.1):
                step = factor * (tolerance.absolute + tolerance.relative * abs(value))
                got = torch.tensor(value + step, dtype=torch.float64)
                wanted = torch.tensor(value, dtype=torch.float64)
                defaults = torch.testing._comparison.default_tolerances(dtype)
                assert defaults == (tolerance.relative, tolerance.absolute)
                is_close = bool(torch.isclose(got, wanted, *defaults))
                ours = np.isclose(float(got), value, tolerance.relative, tolerance.absolute)
                assert is_close == ours == (factor < 1)


def test_plain_inputs_are_plain():
    kinds = set()
    for rule, dialect in (("optimizers/adam", "paper"), ("convolutions/conv", "zeros")):
        for case in plain_cases(rule, dialect, ("float32",)):
            kinds.add((case.kind, len(case.steps), case.options))
            for step in case.steps:
                assert step.attributes.get("stride", (1, 1)) == (1, 1)
                assert step.hyper.get("alpha", 1e-3) == 1e-3
    assert ("trajectory", 10, ()) in kinds
    assert ("layer", 1, ()) in kinds
    assert any(kind == "gradient" for kind, *_ in kinds)


def test_a_stored_score_holds_a_new_one(measured):
    result = result_of(measured)
    stored = json.loads(render(result))
    assert list(losses(result, stored)) == []
    more = stored | {"rules": {SGD[0]: {"made": result.made[SGD[0]] + 1}}}
    assert any("mutants are made" in line for line in losses(result, more))
    survivor = replace(result.records[0], killed={"intervals": False})
    worse = replace(result, records=(survivor,))
    assert any(survivor.id in line for line in losses(worse, stored | {"survivors": []}))


def test_the_command_compares_and_reports(tmp_path, capsys):
    stored, report = tmp_path / "stored.json", tmp_path / "score.json"
    command = ["score", "--rule", "sgd", "--dialect", "l2", "--share", "5", "--profile", "float64"]
    assert main([*command, "--json", str(report)]) == 0
    document = json.loads(report.read_text("utf-8"))
    assert document["rules"]["optimizers/sgd"]["profiles"]["float64"]["mutants"] > 2
    document["rules"]["optimizers/sgd"]["made"] += 1
    stored.write_text(json.dumps(document))
    assert main([*command, "--against", str(stored)]) == 1
    assert main([*command, "--against", str(tmp_path / "none.json")]) == 2
    assert main(["score", "--rule", "sdg"]) == 2
    assert "no rule, dialect and profile matches" in capsys.readouterr().err


def test_a_share_is_chosen_by_names_alone():
    wrong = list(subjects(*SGD, "step"))
    some = [subject.id for subject in wrong if subject.is_in_share(3)]
    assert some == [subject.id for subject in wrong[::-1] if subject.is_in_share(3)][::-1]
    assert 0 < len(some) < len(wrong)
    assert (PACKAGED_VECTORS / SGD[0]).is_dir()


def test_bfloat16_may_miss_one_in_fifty():
    killed = dict.fromkeys(("intervals", "onnx", "torch", "plain"), True)
    record = Record(*SGD, "step", "a", "sign", "", "bfloat16", killed)
    alive = replace(record, name="b", killed=killed | {"intervals": False})
    for count, code in ((49, 0), (48, 1)):
        records = (*(replace(record, name=str(i)) for i in range(count)), alive)
        assert Result(records, (), {SGD[0]: 50}, {}, 1).exit_code == code
        float32 = tuple(replace(r, profile="float32") for r in records)
        assert Result(float32, (), {SGD[0]: 50}, {}, 1).exit_code == 1
