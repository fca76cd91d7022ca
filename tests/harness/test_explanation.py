"""What verifying hands to diagnosis after a deviation, and what becomes of the answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from goldenrule.conformance.harness.explanation import Evidence, Explanation, Kind
from goldenrule.conformance.harness.results import Report
from goldenrule.conformance.reports.diagnosis import sentence

Judged = Callable[..., Report]
BAD = "return {'theta': theta - alpha * g, 'm': m} if len(theta) == 3 else 1 / 0"


def install(monkeypatch: pytest.MonkeyPatch, diagnose: Callable[[Evidence], Any]) -> None:
    module: Any = SimpleNamespace(diagnose=diagnose)
    name = "goldenrule.conformance.diagnose"
    monkeypatch.setitem(sys.modules, name, ModuleType(name))
    sys.modules[name].__dict__.update(vars(module))


def test_evidence_and_explanations(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Evidence] = []
    found = Explanation("toy/other", "m is left alone", 2, 0, 2, kind=Kind.DIALECT)

    def diagnose(evidence: Evidence) -> list[Explanation]:
        seen.append(evidence)
        return [found]

    install(monkeypatch, diagnose)
    report = judged(BAD, diagnose=True)
    (evidence,) = seen
    assert (evidence.backend, evidence.rule, evidence.dialect) == (
        "mine",
        "optimizers/toy",
        "plain",
    )
    assert [(o.case.id, o.profile, o.passed) for o in evidence.observations] == [
        ("step", "float64", False),
        ("step", "float32", False),
    ]
    assert evidence.observations[0].outputs[0]["theta"].shape == (3,)
    assert [list(entry.explanations) for entry in report.entries] == [[found], [found]]
    assert [entry.diagnosed for entry in report.entries] == [True, True]
    assert sentence(found) == (
        "explains all 2 failing cases (0 contradicted): m is left alone (this is dialect toy/other)"
    )


def test_a_failing_diagnosis_does_not_lose_the_verdict(
    judged: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, lambda _: 1 // 0)
    report = judged(BAD, diagnose=True)
    assert report.exit_code == 1
    assert [entry.verdict for entry in report.entries] == ["deviates", "deviates"]
    assert "optimizers/toy/plain: ZeroDivisionError" in report.problems[0].message


def test_without_deviations_nothing_is_diagnosed(
    judged: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, lambda _: pytest.fail("diagnosed"))
    assert judged(diagnose=True).exit_code == 0
