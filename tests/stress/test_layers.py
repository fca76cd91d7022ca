"""The stress check of layers: what it draws."""

from dataclasses import replace
from math import prod

import numpy as np
import pytest

from goldenrule.conformance.harness.plan import open_targets
from goldenrule.conformance.stress import layers
from goldenrule.conformance.stress.layers import shapes, trials
from goldenrule.conformance.stress.layers.families import FAMILIES
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import applies


@pytest.fixture(scope="module")
def numpy_subjects():
    sessions, _ = open_targets(["numpy"], 60)
    (session,) = sessions
    entries = [entry for entry in session.backend.entries if entry.computes != "update"]
    yield [subject for entry in entries for subject in layers.subjects(session, entry)]
    session.close()


# CASES


def test_subjects_cover_all_options(numpy_subjects):
    found = {(s.layer, s.title, s.options) for s in numpy_subjects}
    assert ("batch_norm", "cumulative", ("affine",)) in found
    assert ("batch_norm", "cumulative", ()) in found
    assert ("rms_norm", "offset gradient", ("scale",)) in found
    assert ("conv", "circular", ("bias",)) in found
    assert ("conv", "circular gradient", ()) in found
    assert ("convolution", "full gradient", ()) in found


def test_every_subject_can_be_drawn_in_every_family(numpy_subjects):
    for index, subject in enumerate(numpy_subjects):
        for family in FAMILIES:
            trial = trials.draw(subject, family, (1, index))
            (step,) = trial.problem.steps
            assert applies(subject.forms[0], trial.problem)
            assert set(step.attributes) == subject.attributes
            for x in trial.problem.tensors:
                assert np.isfinite(x).all() and (x.astype(subject.format.dtype) == x).all()
            assert (step.given.get("running_var", np.zeros(1)) >= 0).all()
            assert trial.elements > 0


def test_shapes_vary_within_their_limits(numpy_subjects):
    rng = np.random.default_rng(0)
    subjects = {(s.layer, s.entry.dialect): s for s in numpy_subjects}
    norm = [shapes.draw(rng, subjects["batch_norm", "unbiased"]) for _ in range(200)]
    sizes = [prod(x.shapes["x"]) // x.shapes["x"][1] for x in norm]
    assert min(sizes) == 2 and max(sizes) == 32
    assert {len(x.shapes["x"]) for x in norm} == {2, 3, 4, 5}
    reflected = [shapes.draw(rng, subjects["conv", "reflect"]) for _ in range(200)]
    for layout in reflected:
        pads = layout.attributes["padding"]
        assert all(max(pair) < n for pair, n in zip(pads, layout.shapes["x"][2:], strict=True))
    values = [layout.attributes for layout in reflected]
    assert any(low != high for x in values for low, high in x["padding"])
    assert {x["groups"] for x in values} == {1, 2}
    assert {n for x in values for n in x["stride"]} == {1, 2, 3}
    assert {n for x in values for n in x["dilation"]} == {1, 2}
    assert {len(x["stride"]) for x in values} == {1, 2, 3}


def test_half_types_are_representable(numpy_subjects):
    for name in ("bfloat16", "float16+native"):
        subject = replace(numpy_subjects[0], profile=Profile.parse(name))
        for family in FAMILIES:
            for x in trials.draw(subject, family, (0,)).problem.tensors:
                assert subject.format.represents(x.astype(np.float32)).all()


def test_a_seed_draws_the_same_again(numpy_subjects):
    subject = numpy_subjects[-1]
    one, two, other = (trials.draw(subject, "normal", (seed, 7)) for seed in (3, 3, 4))
    assert one.case() == two.case() != other.case()
    plans = [trials.schedule(numpy_subjects, seed) for seed in (5, 5)]
    count = 2 * len(numpy_subjects)
    first, second = ([next(plan) for _ in range(count)] for plan in plans)
    assert first == second
    assert len({(subject.name, family) for subject, family, _ in first}) == count


def test_every_family_says_what_it_is():
    assert all(family.__doc__ and "\n" not in family.__doc__ for family in FAMILIES.values())
