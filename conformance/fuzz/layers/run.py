"""Turns: questions about layers drawn, put to backends in their processes, and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count

import numpy as np

from goldenrule.reference.certify import CertificationError

from ...generator.golden import GoldenError
from ...harness.results import Problem
from ..ask import Answer, Outputs, Refused, ask
from ..order import rounds
from ..verdict import Verdict
from .families import FAMILIES
from .judge import judge
from .question import Trial
from .subjects import Subject, together
from .trials import draw

ATTEMPTS = 4
"""Refusals of a subject, on the average, before it is left alone for the round."""

Group = tuple[Subject, ...]
Turn = Callable[[], list[tuple[Trial, Answer]]]


def turns(subjects: Sequence[Subject], seed: int) -> Iterator[Turn]:
    """Questions without end, each put to all subjects that can be asked it."""
    groups = together(subjects)
    rng = np.random.default_rng([seed, len(groups)])
    for place, family, number in rounds(groups, _rule, lambda _: list(FAMILIES), rng):
        yield partial(_answers, groups[place], family, (seed, place, number))


def verdicts(trial: Trial, answer: Outputs) -> list[Verdict] | Problem:
    """Judge what came; a question without certified digits is a problem."""
    try:
        return list(judge(trial, answer[0]))
    except (GoldenError, CertificationError) as error:
        return Problem(trial.name, f"cannot be judged: {error}")


def _rule(group: Group) -> str:
    return group[0].entry.rule


def _answers(group: Group, family: str, seed: Sequence[int]) -> list[tuple[Trial, Answer]]:
    """Ask all subjects of a group; what nobody answers is drawn again, a few times."""
    asked: list[tuple[Trial, Answer]] = []
    for number in count():
        question = draw(group, family, (*seed, number))
        answers = [(trial, ask(trial)) for trial in question.trials]
        asked += answers
        answered = [trial.subject for trial, answer in answers if not isinstance(answer, Refused)]
        group = tuple(subject for subject in group if subject not in answered)
        refusals = sum(isinstance(answer, Refused) for _, answer in asked)
        if not group or refusals >= ATTEMPTS * len(group):
            break
    return asked
