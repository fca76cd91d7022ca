"""The two parts of a run, update rules and layers: asked and judged in turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from ..harness.results import Problem
from ..harness.verify import Progress
from .ask import Answer, Outputs
from .budget import Budget
from .verdict import Verdict

Answers = Sequence[tuple[Any, Answer]]
Verdicts = Iterable[Verdict] | Problem
Count = Callable[[Answers, Callable[[Any, Outputs], Verdicts]], int]


@dataclass
class Part:
    """Turns without end, how their answers are judged, and what they have taken so far.

    `goal` is the number of elements to put, in `least` turns or more.
    """

    turns: Iterator[Callable[[], Answers]]
    verdicts: Callable[[Any, Outputs], Verdicts]
    goal: int | None
    least: int = 0
    begun: int = 0
    elements: int = 0
    asking: float = field(default=0.0, init=False)
    judging: float = field(default=0.0, init=False)

    @property
    def is_done(self) -> bool:
        """Whether all elements have been put."""
        return self.goal is not None and self.elements >= self.goal and self.begun >= self.least

    @property
    def seconds(self) -> float:
        """The time taken."""
        return self.asking + self.judging

    def ask(self) -> Answers:
        """Draw the next turn and ask it."""
        began = time.monotonic()
        answers = next(self.turns)()
        self.asking += time.monotonic() - began
        return answers

    def judge(self, asked: Future[Answers], count: Count) -> None:
        """Judge and count the answers of a turn, once they have come."""
        answers = asked.result()
        began = time.monotonic()
        self.elements += count(answers, self.verdicts)
        self.judging += time.monotonic() - began


def take_turns(parts: Sequence[Part], budget: Budget, count: Count, progress: Progress) -> None:
    """Ask and judge until the budget is spent: one turn is asked while another is judged.

    Seconds are shared evenly; elements are put to one part after the other.
    """
    waiting: tuple[Part, Future[Answers]] | None = None
    with ThreadPoolExecutor(1) as pool:
        for part in _order(parts, budget, progress):
            asked = part, pool.submit(part.ask)
            if waiting:
                waiting[0].judge(waiting[1], count)
            waiting = asked
        if waiting:
            waiting[0].judge(waiting[1], count)


def _order(parts: Sequence[Part], budget: Budget, progress: Progress) -> Iterator[Part]:
    began = time.monotonic()
    while left := [part for part in parts if not part.is_done]:
        part = left[0]
        if budget.seconds is not None:
            done = time.monotonic() - began
            if done >= budget.seconds:
                return
            progress("", int(done), int(budget.seconds))
            part = min(left, key=lambda part: part.seconds)
        elif part.goal:
            progress("", min(part.elements, part.goal), part.goal)
        part.begun += 1
        yield part
