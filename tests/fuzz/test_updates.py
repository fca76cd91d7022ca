"""Fuzzing update rules: what is drawn, and what is exact."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from goldenrule.conformance.fuzz import judge, trials
from goldenrule.conformance.fuzz.families import FAMILIES
from goldenrule.conformance.fuzz.subjects import subjects
from goldenrule.conformance.harness.plan import open_targets


@pytest.fixture(scope="module")
def numpy_subjects():
    sessions, _ = open_targets(["numpy"], 60)
    (session,) = sessions
    updates = [entry for entry in session.backend.entries if entry.computes == "update"]
    yield [subject for entry in updates for subject in subjects(session, entry)]
    session.close()


def test_subjects_cover_all_options(numpy_subjects):
    options = {(s.entry.rule, s.entry.dialect, s.options) for s in numpy_subjects}
    assert ("optimizers/rmsprop", "outside", ("centered", "momentum", "weight_decay")) in options
    assert ("optimizers/adam", "corrected_max", ()) in options
    assert ("optimizers/nesterov", "lookahead", ()) in options
    assert len(options) == 69


def test_every_trial_is_in_the_format_and_sane(numpy_subjects):
    seen = set()
    turns = trials.turns(numpy_subjects, 1, 40_000)
    for turn in islice(turns, 6 * len(numpy_subjects)):
        (trial,) = turn.args  # drawn, but not asked
        seen.add(trial.family)
        problem, target = trial.problem, trial.subject.format
        for x in [*problem.given.values(), *(x for s in problem.steps for x in s.given.values())]:
            assert np.isfinite(x).all() and target.represents(x.astype(target.dtype)).all()
            assert (x.astype(target.dtype) == x).all()
        assert set(problem.steps[0].hyper) == trial.subject.hyper
        assert set(problem.given) == trial.subject.state | (trial.subject.symbols & {"theta"})
    assert seen == {*FAMILIES, "trajectory", "quadratic"}


def test_half_types_are_representable(numpy_subjects):
    from goldenrule.reference.profile import Profile

    for name in ("bfloat16", "float16"):
        subject = replace(numpy_subjects[-1], profile=Profile.parse(name))
        for family in ("normal", "decades", "underflow"):
            trial = trials.draw(np.random.default_rng(0), subject, family, 100)
            for x in trial.problem.given.values():
                assert subject.format.represents(x.astype(np.float32)).all()


def test_every_family_says_what_it_is():
    assert all(family.__doc__ and "\n" not in family.__doc__ for family in FAMILIES.values())


def test_both_ways_to_judge_agree(numpy_subjects):
    """NumPy's exact values and bounds are mpmath's."""
    rng = np.random.default_rng(3)
    for subject in numpy_subjects:
        if subject.has_objective or subject.profile.name != "float32":
            continue
        trial = trials.draw(rng, subject, rng.choice(["adversarial", "cancellation"]), 4)
        quick, precise = next(judge.quickly(trial)), next(judge.precisely(trial))
        for name, exact in precise[0].items():
            gap = exact.distance(quick[0][name].hi) - abs(quick[0][name].lo)
            bound = np.broadcast_to(precise[1][name], gap.shape).astype(np.float64)
            finite = np.isfinite(bound)
            assert (np.abs(gap) <= 1e-12 * bound)[finite].all(), (subject.name, name)
            np.testing.assert_allclose(quick[1][name], bound, rtol=1e-9)
