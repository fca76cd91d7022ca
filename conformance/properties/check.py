"""A property check: what is claimed of every optimizer object, and the experiment that tells.

An experiment runs in the child process, where the object is. It compares runs of the object with
each other, bit for bit; what the golden vectors can judge is left to them, in the parent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..files.vector_file import Case

if TYPE_CHECKING:
    from .trial import Trial

Experiment = Callable[["Trial"], str | None]
"""Returns nothing, or what it had to leave out; raises Violated or NotApplicable."""


class Violated(Exception):  # noqa: N818  (an outcome, not an error)
    """What an experiment saw that contradicts the property."""

    def __init__(
        self,
        what: str,
        message: str,
        step: int | None = None,
        element: tuple[int, ...] | None = None,
        got: str = "",
        wanted: str = "",
    ) -> None:
        """Say what is wrong: the tensor, in a few words how, where, and both values."""
        super().__init__(f"{what}: {message}")
        self.what = what
        self.message = message
        self.step = step
        self.element = element
        self.got = got
        self.wanted = wanted


@dataclass(frozen=True)
class Check:
    """A named property: one sentence that says what holds, and how to find out.

    ``golden`` tells which cases that start from fresh state are to be run and judged, too.
    """

    name: str
    sentence: str
    experiment: Experiment | None = None
    golden: Callable[[Case], bool] | None = None


def check(
    name: str, sentence: str, golden: Callable[[Case], bool] | None = None
) -> Callable[[Experiment], Check]:
    """Make a check of an experiment."""
    return lambda experiment: Check(name, sentence, experiment, golden)
