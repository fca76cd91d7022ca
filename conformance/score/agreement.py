"""Whether a wrong convolution agrees with the right one for shapes drawn at random.

A proof holds for its shapes; a slip in an index may show in others alone.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from goldenrule.reference import catalogue
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem

from ..cases.catalogue import cases_of
from .answer import Crash, Outputs, answer
from .subjects import Subject
from .synthesis.draw import Draw
from .synthesis.images import image

SHAPES = 40
_CLOSE = 1e-9
_FLOAT64 = Profile.parse("float64")


def agrees(subject: Subject) -> bool:
    """Whether nothing differs, in float64, for some shapes; of other layers nothing is asked."""
    right = catalogue.forms(subject.rule, subject.kind)[subject.dialect][0]
    draw = Draw(np.random.default_rng(0))
    models = [
        case.problem
        for case in cases_of(subject.rule, subject.dialect)
        if case.kind == subject.kind and "w" in case.problem.steps[0].given
    ]
    for _ in range(SHAPES if models else 0):
        model = models[int(draw.rng.integers(len(models)))]
        step = image(draw, subject, model.steps[0])
        if step and not _same(subject, right, replace(model, steps=[step])):
            return False
    return True


def _same(subject: Subject, right: catalogue.Function, problem: Problem) -> bool:
    try:
        (got,), (wanted,) = (answer(f, problem, _FLOAT64) for f in (subject.function, right))
    except Crash:
        return False
    return got.keys() == wanted.keys() and all(_close(got, wanted, name) for name in wanted)


def _close(got: Outputs, wanted: Outputs, name: str) -> bool:
    if got[name].shape != wanted[name].shape:
        return False
    scale = np.abs(wanted[name]).max(initial=0.0)
    return bool((np.abs(got[name] - wanted[name]) <= _CLOSE * scale).all())
