"""Fuzzing layers: what is drawn."""

from dataclasses import replace
from math import prod

import numpy as np
import pytest

from goldenrule.conformance.fuzz import layers
from goldenrule.conformance.fuzz.layers import shapes, trials
from goldenrule.conformance.fuzz.layers.families import FAMILIES
from goldenrule.conformance.fuzz.layers.subjects import together
from goldenrule.conformance.fuzz.order import rounds
from goldenrule.conformance.harness.plan import open_targets
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
            asked = trials.draw((subject,), family, (1, index, 0, 0))
            (step,) = asked.problem.steps
            assert applies(subject.forms[0], asked.problem)
            assert set(step.attributes) == subject.attributes
            for x in asked.problem.tensors:
                assert np.isfinite(x).all() and (x.astype(subject.format.dtype) == x).all()
            assert (step.given.get("running_var", np.zeros(1)) >= 0).all()
            (trial,) = asked.trials
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
            for x in trials.draw((subject,), family, (0, 0, 0, 0)).problem.tensors:
                assert subject.format.represents(x.astype(np.float32)).all()


def test_a_seed_draws_the_same_again(numpy_subjects):
    subject = numpy_subjects[-1]
    seeds = ((3, 0, 7, 0), (3, 0, 7, 0), (4, 0, 7, 0))
    one, two, other = (trials.draw((subject,), "normal", seed).problem for seed in seeds)
    for x, y in zip(one.tensors, two.tensors, strict=True):
        np.testing.assert_array_equal(x, y)
    assert [x.shape for x in one.tensors] != [x.shape for x in other.tensors]


def test_rounds_of_one_layout_differ_in_values(numpy_subjects):
    subject = numpy_subjects[0]
    one, two, later = (
        trials.draw((subject,), "normal", (0, 5, turn, 0)).problem for turn in (0, 1, 9)
    )
    assert [x.shape for x in one.tensors] == [x.shape for x in two.tensors]
    assert not np.array_equal(one.tensors[0], two.tensors[0])
    assert [x.shape for x in one.tensors] != [x.shape for x in later.tensors]


def test_subjects_that_can_be_asked_the_same_are_asked_together(numpy_subjects):
    groups = together(numpy_subjects)
    assert sum(map(len, groups)) == len(numpy_subjects)
    narrow = wide = 0
    for place, group in enumerate(groups):
        assert {subject.format.name for subject in group} == {"float64", "float32"}
        asked = trials.draw(group, "normal", (0, place, 0, 0))
        tensors = asked.problem.tensors
        if all((x.astype(np.float32) == x).all() for x in tensors):
            narrow += len(asked.subjects) == 2
        else:
            wide += {subject.format.name for subject in asked.subjects} == {"float64"}
    assert narrow + wide == len(groups) and narrow and wide


def test_every_subject_comes_before_any_comes_again_and_rules_are_mixed():
    items = [("a", n) for n in range(20)] + [("b", n) for n in range(3)]
    order = rounds(items, lambda x: x[0], lambda _: ["x", "y", "z"], np.random.default_rng(0))
    drawn = [next(order) for _ in range(3 * len(items))]
    for number in range(3):
        turn = drawn[number * len(items) : (number + 1) * len(items)]
        assert sorted(place for place, _, _ in turn) == list(range(len(items)))
        assert {n for _, _, n in turn} == {number}
        assert {items[place][0] for place, _, _ in turn[:2]} == {"a", "b"}
    families = [{f for place, f, _ in drawn if place == chosen} for chosen in (0, 21)]
    assert families == [{"x", "y", "z"}] * 2


def test_every_family_says_what_it_is():
    assert all(family.__doc__ and "\n" not in family.__doc__ for family in FAMILIES.values())
