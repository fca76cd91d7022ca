"""The search: random admissible inputs, then steps uphill from the best of them.

It starts from what the cases ask, so that shapes and options fit, and draws everything else anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np

from goldenrule.reference import catalogue
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem, Step

from ..probes import Probe
from ..subjects import Subject
from .draw import Draw
from .images import image
from .reach import Floats, reach

AT_ONCE = 64
"""Elements of an optimizer's tensors that are tried together."""
KEPT = 4
"""Elements of them that a case is made of."""
_CENTRED = "optimizers/rmsprop"


@dataclass(frozen=True)
class Found:
    """The best inputs so far: |difference| / bound there, and the case that they vary."""

    reach: float
    problem: Problem
    model: Probe


def climb(
    subject: Subject, models: Sequence[Probe], profile: Profile, tries: int, attempt: int = 0
) -> Found | None:
    """Look for inputs at which a wrong rule is far off; None if none can be asked.

    Another attempt draws other inputs.
    """
    seed = sha256(f"{subject.id}/{profile.name}/{attempt}".encode()).digest()
    draw = Draw(np.random.default_rng(list(seed)))
    forms = catalogue.forms(subject.rule, subject.kind)[subject.dialect]
    models = [probe for probe in models if _is_model(probe)]
    best: Found | None = None
    for turn in range(tries if models else 0):
        near = best is not None and turn % 3 == 2
        model = best.model if best and near else models[int(draw.rng.integers(len(models)))]
        problem = _near(draw, best.problem) if best and near else _other(draw, subject, model)
        for some in (forms[:1], forms):  # the bound of one form is no larger, and sooner had
            found = reach(subject, some, problem, profile) if problem else None
            highest = 0.0 if found is None else float(np.max(found, initial=0.0))
            if problem is None or found is None or (best and highest <= best.reach):
                break
        else:
            best = Found(highest, _narrowed(problem, found), model)
    return best


def _is_model(probe: Probe) -> bool:
    """Whether a case can be varied: a single step, or a run on an objective, of finite numbers."""
    problem = probe.problem
    finite = all(np.isfinite(x).all() and x.size for x in problem.tensors)
    return finite and (len(problem.steps) == 1 or problem.objective is not None)


def _other(draw: Draw, subject: Subject, model: Probe) -> Problem | None:
    """Ask what a case asks, of other numbers."""
    problem, step = model.problem, model.problem.steps[0]
    if "w" in step.given:
        asked = image(draw, subject, step)
        return asked and replace(problem, steps=[asked])
    hyper = draw.hyper(step.hyper)
    names = {**problem.given, **step.given}
    shapes = {n: (AT_ONCE,) if problem.elementwise else x.shape for n, x in names.items()}
    tensors = draw.tensors(shapes, centred=subject.rule == _CENTRED and "m" in names)
    return replace(
        problem,
        given={name: tensors[name] for name in problem.given},
        steps=[Step({name: tensors[name] for name in step.given}, hyper, step.attributes)]
        * len(problem.steps),
        t=draw.count() if problem.t > 1 else problem.t,
    )


def _near(draw: Draw, problem: Problem) -> Problem:
    """Move some numbers a little."""

    def moved(tensors: dict[str, Floats]) -> dict[str, Floats]:
        chosen = draw.rng.random(len(tensors)) < 0.5
        pairs = zip(tensors.items(), chosen, strict=True)
        return {name: draw.jitter(x) if move else x for (name, x), move in pairs}

    steps = [replace(step, given=moved(dict(step.given))) for step in problem.steps]
    return replace(problem, given=moved(dict(problem.given)), steps=steps)


def _narrowed(problem: Problem, found: Floats) -> Problem:
    """Keep the few elements that are furthest off, where elements are independent."""
    if not problem.elementwise or found.size <= KEPT:
        return problem
    kept = np.sort(np.argsort(np.nan_to_num(found, nan=-1.0))[-KEPT:])
    steps = [
        replace(step, given={name: x[kept] for name, x in step.given.items()})
        for step in problem.steps
    ]
    return replace(problem, given={n: x[kept] for n, x in problem.given.items()}, steps=steps)
