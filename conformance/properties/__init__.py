"""Properties that every optimizer object should have, each with its check."""

from .agree import agree
from .check import Check
from .gradients import not_kept, unchanged
from .groups import groups, objects
from .missing import late, rests
from .rate import rate
from .restored import restored
from .symmetry import maximize, zero
from .types import types_kept

CHECKS: tuple[Check, ...] = (
    unchanged,
    not_kept,
    types_kept,
    groups,
    objects,
    late,
    rests,
    restored,
    zero,
    maximize,
    rate,
    agree,
)

__all__ = ["CHECKS", "Check"]
