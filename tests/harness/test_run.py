"""What keeps a run, or a part of it, from happening; and what is expected to fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from goldenrule.conformance.harness.expected_failures import ExpectedFailures, ExpectedFailuresError
from goldenrule.conformance.harness.plan import Selection
from goldenrule.conformance.harness.results import Report, Status
from goldenrule.conformance.harness.verify import verify

from . import toy

Judged = Callable[..., Report]


def only_problem(report: Report) -> str:
    assert len(report.problems) == 1, report.problems
    message = report.problems[0].message
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = (", "SyntaxError: '(' was never closed (mine.py:2)"),
        ("1 / 0", "ZeroDivisionError: division by zero (mine.py:2)"),
        ("x = 1", "holds no Backend: write `backend = Backend('name')` at its top level"),
        ("x = Backend('empty')", "backend 'empty' declares no entries"),
        ("import os; os._exit(4)", "the process died: exit status 4"),
        ("import not_there", "not checked: not_there is not installed"),
    ],
)
def test_unusable_files(judged: Judged, text: str, message: str) -> None:
    report = judged(source=toy.source(text))
    assert only_problem(report) == message
    assert report.exit_code == 2


def test_a_failing_setup(judged: Judged) -> None:
    text = toy.BACKEND.replace('Backend("mine")', 'Backend("mine", setup=lambda: 1 / 0)')
    report = judged(source=text)
    assert "ZeroDivisionError" in only_problem(report)
    assert report.exit_code == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("optimizers/toy", "optimizers/toys", "unknown rule 'optimizers/toys'; did you mean"),
        ('"plain"', '"plane"', "unknown dialect optimizers/toy/plane; did you mean plain?"),
        ('("float64", "float32")', '"float46"', "unknown profile 'float46'"),
    ],
)
def test_unknown_declarations(judged: Judged, old: str, new: str, message: str) -> None:
    report = judged(source=toy.BACKEND.replace(old, new))
    assert message in only_problem(report)
    assert report.exit_code == 2


def test_a_profile_that_the_file_lacks_is_not_checked(judged: Judged) -> None:
    report = judged(source=toy.BACKEND.replace('"float32"', '"float32+ftz"'))
    assert [entry.verdict for entry in report.entries] == ["conforms", "not checked"]
    assert "goldenrule generate" in report.entries[1].reason
    assert report.exit_code == 2


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        ({"rule": "toys"}, "no vector file matches rule 'toys'; did you mean optimizers/toy?"),
        ({"dialect": "plane"}, "rule '*' and dialect 'plane'; did you mean plain?"),
        ({"profile": "float16"}, "profile 'float16'; declared: float64, float32"),
    ],
)
def test_selecting_nothing(judged: Judged, selection: dict[str, str], message: str) -> None:
    report = judged(selection=selection)
    assert only_problem(report).endswith(message)
    assert report.exit_code == 2


def test_vectors_of_some_rules_only(judged: Judged, vectors: Path) -> None:
    body = "return theta\n\nbackend.step('optimizers/sgd', dialect='l2', profile='float64')(toy)"
    report = judged(body)
    assert only_problem(report) == f"{vectors} has no vectors of optimizers/sgd"


def test_a_folder_without_vectors(judged: Judged, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert only_problem(judged(root=empty)) == f"no vector files in {empty}"


def test_unknown_backends_leave_the_others_alone(
    vectors: Path, backend: Callable[[str], str]
) -> None:
    names = ["nunpy", "absent.py", backend(toy.GOOD)]
    report = verify(names, Selection(root=vectors), diagnose=False)
    assert [(problem.subject, problem.message) for problem in report.problems] == [
        ("nunpy", "no such backend; did you mean numpy?"),
        ("absent.py", "no such file"),
    ]
    assert [entry.verdict for entry in report.entries] == ["conforms", "conforms"]
    assert report.exit_code == 2


def test_labels_are_unique(vectors: Path, backend: Callable[[str], str], tmp_path: Path) -> None:
    one, two = backend(toy.GOOD), tmp_path / "two.py"
    two.write_text(Path(one).read_text())
    report = verify([one, str(two)], Selection(root=vectors), diagnose=False)
    assert only_problem(report) == "another backend is called 'mine' already"
    assert len(report.entries) == 2


def test_expected_failures_are_strict(judged: Judged, tmp_path: Path) -> None:
    path = tmp_path / "xfail"
    path.write_text("# a comment\nmine/optimizers/toy/plain/float64/*  # known\n")
    listed = ExpectedFailures.read(path)
    report = judged("return -theta", selection={"profile": "float64"}, expected_failures=listed)
    assert report.entries[0].cases[0].status is Status.EXPECTED_FAILURE
    assert report.exit_code == 0
    report = judged(expected_failures=listed)
    assert [len(entry.wrong) for entry in report.entries] == [2, 0]
    assert report.exit_code == 1


def test_an_expected_failure_needs_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "xfail"
    path.write_text("mine/optimizers/toy/plain/float64/step\n")
    with pytest.raises(ExpectedFailuresError, match=r":1: .* has no reason"):
        ExpectedFailures.read(path)
    with pytest.raises(ExpectedFailuresError):
        ExpectedFailures.read(tmp_path / "absent")


def test_an_expected_failure_that_is_no_case_is_reported(judged: Judged, tmp_path: Path) -> None:
    path = tmp_path / "xfail"
    path.write_text("mine/toy/plain/*/nothing  # a typo\nother/*  # a backend that does not run\n")
    listed = ExpectedFailures.read(path)
    report = judged(expected_failures=listed)
    assert [str(problem.message) for problem in report.problems] == [
        "no case is called mine/toy/plain/*/nothing"
    ]
    assert report.exit_code == 2
    assert not judged(selection={"profile": "float64"}, expected_failures=listed).problems
