"""What a mistake is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from goldenrule.reference.catalogue import Function
from goldenrule.reference.run import Problem

Transform = Callable[[Function], Function | None]
"""Make the wrong function of a right one; None where the text has no place for the mistake."""

VELOCITIES = (("beta1", "m"), ("beta", "a"), ("beta", "b"))
"""States that gather gradients, each after the hyper-parameter that fades it."""


def unchanged(function: Function) -> Function:
    """Leave the function as it is: the mistake is in what it is asked."""
    return function


def as_asked(problem: Problem) -> Problem:
    """Leave the problem as it is: the mistake is in the function."""
    return problem


def dashed(symbol: str) -> str:
    """Write a symbol as it stands in names: `v-max`."""
    return symbol.replace("_", "-")


@dataclass(frozen=True)
class Mistake:
    """A mistake by its name, and in a sentence as a person would say it.

    Most are in the function; those in what happens from step to step (a learning rate that is
    stuck) restate the problem instead. Links lead to people who made it, found it or asked.
    """

    name: str
    sentence: str
    transform: Transform = unchanged
    restate: Callable[[Problem], Problem] = as_asked
    links: tuple[str, ...] = ()

    def made_in(self, form: Function) -> Function | None:
        """The wrong function of a right one, made once; None where the mistake has no place."""
        return _made(self.transform, form)


@lru_cache(2**13)
def _made(transform: Transform, form: Function) -> Function | None:
    return transform(form)
