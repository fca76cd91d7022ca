"""The mistakes that any rule of a family invites; each applies wherever its symbols occur."""

from .mistake import Mistake
from .roots import EPS, EPS_ITSELF, KEPT, ROOTS
from .scalars import DECAY, EARLY_ROUNDING, SCALARS
from .signs import COUNTS, SIGNS
from .state import STATE, UPDATES

_OPTIMIZERS: tuple[Mistake, ...] = (
    *SIGNS,
    *ROOTS,
    *EPS,
    *KEPT,
    *EPS_ITSELF,
    *DECAY,
    *SCALARS,
    *EARLY_ROUNDING,
    *COUNTS,
    *STATE,
    *UPDATES,
)
_LAYERS = (*EPS_ITSELF, *EARLY_ROUNDING)

MISTAKES = {"optimizers": _OPTIMIZERS, "normalizations": _LAYERS, "convolutions": ()}
