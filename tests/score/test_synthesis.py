"""Synthesis: a planted hole is closed by a case that stands like those made by people."""

from goldenrule.conformance.cases.lint import lint
from goldenrule.conformance.cases.synthesised import synthesised, write
from goldenrule.conformance.files.discovery import PACKAGED_VECTORS, Location
from goldenrule.conformance.files.vector_file import load
from goldenrule.conformance.score.probes import PROFILES, probes
from goldenrule.conformance.score.result import Result
from goldenrule.conformance.score.subjects import subjects
from goldenrule.conformance.score.survey import of_dialect
from goldenrule.conformance.score.synthesis import climb, close_holes
from goldenrule.reference.profile import Profile

from .planted import only, planted

SGD = "optimizers/sgd", "l2"


def subject(name):
    return next(s for s in subjects(*SGD, "step") if s.name == name)


def models():
    return list(probes(*SGD, "step", load(Location(PACKAGED_VECTORS, *SGD)).cases, ("float32",)))


def test_planted_holes_are_closed_by_few_small_cases(tmp_path):
    root = planted(tmp_path, *SGD, only("zero-gradient"))
    found = of_dialect(*SGD, ("float32",), 1, root)
    holes = [
        record
        for record in Result.of(found, found.records, 1, ()).holes
        if record.name in ("update-sign", "rate-sign", "gradient-sign", "rate-ignored")
    ]
    assert len(holes) == 4
    made, outcomes = close_holes(holes, tries={"step": 20}, root=root)
    cases = made["optimizers/sgd"]
    assert all(outcome.case for outcome in outcomes)
    assert 0 < len(cases) <= 2
    assert all(x.size <= 4 for case in cases for x in case.problem.tensors)
    assert not [line for line in lint(cases, lambda _: False) if line.startswith("found")]
    path = write("optimizers/sgd", cases, tmp_path)
    assert path.is_relative_to(tmp_path)
    for case, again in zip(cases, synthesised("optimizers/sgd", tmp_path), strict=True):
        assert (case.id, case.flags, case.comment) == (again.id, again.flags, again.comment)
        assert [x.tolist() for x in case.problem.tensors] == [
            x.tolist() for x in again.problem.tensors
        ]


def test_a_wrong_rule_is_far_off_and_one_equal_within_rounding_is_not():
    float32 = Profile.parse("float32")
    far = climb(subject("update-sign"), models(), float32, 10)
    near = climb(subject("float32-scalars"), models(), float32, 10)
    assert far and far.reach > 1000
    assert near and 0 < near.reach < 1


def test_the_search_is_repeatable():
    float32 = Profile.parse("float32")
    first, again = (climb(subject("rate-ignored"), models(), float32, 5) for _ in range(2))
    assert first and again and first.reach == again.reach


def test_rules_without_synthesised_cases_have_none(tmp_path):
    assert synthesised("optimizers/sgd", tmp_path) == ()
    assert PROFILES == ("float64", "float32", "bfloat16")
