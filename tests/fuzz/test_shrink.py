"""What fails is shrunk, and written so that verify shows it again."""

import json
from math import prod

import numpy as np
import pytest

from goldenrule.conformance.files.discovery import VectorFileError, discover
from goldenrule.conformance.files.vector_file import load
from goldenrule.conformance.fuzz import fuzz
from goldenrule.conformance.fuzz.shrink import moves
from goldenrule.conformance.fuzz.write import write
from goldenrule.conformance.harness.plan import Selection
from goldenrule.conformance.harness.verify import verify
from goldenrule.reference.run import Problem, Quadratic, Step

from .wrong_backends import (
    BACKEND,
    CONVOLUTION,
    GRADIENT,
    LAYER,
    OBJECTIVE,
    RAISES,
    STEP,
    TRAJECTORY,
)


@pytest.fixture
def found(tmp_path):
    """Fuzz a backend with this source, write what was found, and give it with the files' root."""

    def run(source, elements, seed=0):
        path = tmp_path / "mine.py"
        path.write_text(BACKEND + source, encoding="utf-8")
        report = fuzz([str(path)], elements=elements, seed=seed)
        write(tmp_path / "found", report.findings)
        return report.findings, tmp_path / "found"

    return run


def confirm(root):
    """The wrong backend deviates on every case that was written, NumPy's conforms."""
    (place,) = discover(root)
    file = load(place)
    chosen = Selection(place.rule, place.dialect, root=root)
    for name, verdict in ((str(root.parent / "mine.py"), "deviates"), ("numpy", "conforms")):
        asked = {case.computes for case in file.cases}
        entries = verify([name], chosen, diagnose=False).entries
        entries = [x for x in entries if x.computes in asked]
        assert entries and {entry.verdict for entry in entries} == {verdict}, name
    return file


@pytest.mark.parametrize(
    ("source", "elements", "given"),
    [
        (STEP.format(profile="float32"), 200, {"theta": 1, "m": 1, "v": 1, "g": 1}),
        (STEP.format(profile="float64"), 200, {"theta": 1, "m": 1, "v": 1, "g": 1}),
        (OBJECTIVE, 200, {"theta": 1, "a": 1}),
        (LAYER, 10_000, {"x": 2}),
        (CONVOLUTION, 20_000, {"x": 1, "w": 1}),
        (GRADIENT, 10_000, {"dy": 1, "x": 1}),
    ],
    ids=["step in float32", "step in float64", "objective", "layer", "convolution", "gradient"],
)
def test_little_is_left_of_a_failure(found, source, elements, given):
    findings, root = found(source, elements)
    assert findings and all(finding.shrunk for finding in findings)
    file = confirm(root)
    case = min(file.cases, key=lambda case: len(case.options))
    (step,) = case.steps
    left = {name: x.array(np.dtype(float)).ravel() for name, x in (case.given | step.given).items()}
    assert {name: x.size for name, x in left.items()} == given
    plain = [x for values in left.values() for x in values]
    assert sum(x not in (0, 1) for x in plain) <= 1
    assert case.flags == ("fuzz",) and "found by fuzzing mine in" in case.comment


def test_a_trajectory_is_made_short(found):
    findings, root = found(TRAJECTORY, 200)
    (case,) = confirm(root).cases
    assert len(findings) == 1 and case.kind == "trajectory"
    rates = [step.hyper["alpha"] for step in case.steps]
    assert rates[-1] != rates[0] and len(rates) <= 12  # the rate changes half-way
    gradients = [step.given["g"].array(np.dtype(float)).item() for step in case.steps]
    assert gradients.count(0) == len(rates) - 1


def test_an_exception_is_a_finding_too(found):
    findings, root = found(RAISES, 15_000)
    assert {finding.message.partition(" (")[0] for finding in findings} == {
        "RuntimeError: planted: two channels"
    }
    case = min(confirm(root).cases, key=lambda case: len(case.options))
    x = case.steps[0].given["x"]
    assert x.shape[1] == 2 and prod(x.shape) <= 4  # a variance divided by n - 1 needs two


def test_attributes_become_neutral(found):
    _, root = found(CONVOLUTION, 20_000)
    case = min(confirm(root).cases, key=lambda case: len(case.options))
    attributes = case.steps[0].attributes
    assert attributes["groups"] == 1 and set(attributes["stride"] + attributes["dilation"]) == {1}
    unequal = [pair for pair in attributes["padding"] if pair[0] != pair[1]]
    assert len(unequal) == 1


# FILES


def test_findings_of_another_run_stay(found):
    source = STEP.format(profile="float32")
    _, root = found(source, 200)
    (before,) = confirm(root).cases
    found(source, 200, seed=5)
    first, *others = confirm(root).cases
    assert first == before and others
    found(source, 200, seed=5)
    assert len(confirm(root).cases) == 1 + len(others), "the same case is not written twice"


def test_a_file_that_was_edited_is_left_alone(found):
    source = STEP.format(profile="float32")
    _, root = found(source, 200)
    (place,) = discover(root)
    text = place.path.read_text().replace("found by", "seen by")
    place.path.write_text(text)
    with pytest.raises(VectorFileError, match="edited or damaged"):
        found(source, 200)
    assert place.path.read_text() == text


def test_written_files_are_within_the_schema(found):
    from pathlib import Path

    from jsonschema import Draft202012Validator

    import goldenrule.conformance.schema as schema

    _, root = found(TRAJECTORY, 200)
    (place,) = discover(root)
    path = Path(schema.__path__[0]) / "vectors.schema.json"
    Draft202012Validator(json.loads(path.read_text())).validate(json.loads(place.path.read_text()))


# MOVES


def problem():
    steps = [Step({"g": np.array([0.3, 0.7])}, {"alpha": 0.1 / n}) for n in (1, 2, 3)]
    return Problem({"theta": np.array([0.1, 1.0])}, steps, t=10)


@pytest.mark.parametrize("stage", [moves.steps, moves.scalars, moves.tensors, moves.numbers])
def test_every_move_ends(stage):
    """Each step of a move is simpler, so that taking all of them comes to an end."""
    for move in stage(problem()):
        current, count = problem(), 0
        while candidate := next(iter(move(current)), None):
            current, count = candidate, count + 1
            assert count < 20
        assert count


def test_an_objective_stays_symmetric():
    objective = Quadratic(np.array([[2.5, 0.3], [0.3, 1.7]]), np.array([0.1, 0.2]))
    given = {"theta": np.array([0.3, 0.4])}
    whole = Problem(given, [Step({}, {"alpha": 0.1})], objective=objective)
    candidates = [x for move in moves.numbers(whole) for x in move(whole)]
    assert candidates
    for candidate in candidates:
        assert (candidate.objective.A == candidate.objective.A.T).all()
    smaller = [x for move in moves.rows(whole) for x in move(whole)]
    assert {x.objective.A.shape for x in smaller} == {(1, 1)}
    assert {x.given["theta"].item() for x in smaller} == {0.3, 0.4}
