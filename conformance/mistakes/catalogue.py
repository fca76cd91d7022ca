"""Find the known mistakes of a rule by its name."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from .generic import MISTAKES
from .mistake import Mistake


def mistakes_of(rule: str) -> tuple[Mistake, ...]:
    """Every mistake people make with a rule: its own first, then those of any in its family.

    >>> mistakes_of("optimizers/adam")[0].name
    'swapped-betas'
    """
    name = f"{__package__}.{rule.replace('/', '.')}"
    own = import_module(name).MISTAKES if find_spec(name) else ()
    return (*own, *MISTAKES[rule.partition("/")[0]])
