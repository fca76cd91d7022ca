"""Kinds of mistakes: the heading under which those that many rules invite are told."""

from __future__ import annotations

from . import (
    affine,
    channels,
    factors,
    kernels,
    moments,
    padding,
    roots,
    running,
    scalars,
    signs,
    sliding_gradients,
    state,
    strides,
    through_moments,
)
from .mistake import Mistake

_KINDS = {
    "The kernel": kernels.KERNEL,
    "Stride and dilation": strides.STEPS,
    "Padding": padding.PADDING,
    "Groups": channels.GROUPS,
    "Bias": channels.BIAS,
    "Gradients": sliding_gradients.GRADIENTS,
    "Running statistics": running.RUNNING,
    "Mean and variance": moments.VARIANCE,
    "Scale and shift": (*affine.AFFINE, *affine.PARAMETER_GRADIENT),
    "The gradient of the input": through_moments.GRADIENT,
    "Signs": signs.SIGNS,
    "Squares and roots": roots.ROOTS,
    "eps": (*moments.EPS_PLACE, *roots.EPS, *roots.KEPT, *roots.EPS_ITSELF),
    "Weight decay": scalars.DECAY,
    "Hyper-parameters": scalars.SCALARS,
    "Narrow formats": (*scalars.EARLY_ROUNDING, *factors.FACTORS),
    "The step count": signs.COUNTS,
    "State": state.STATE,
    "Another rule's update": state.UPDATES,
}


def kind_of(mistake: Mistake) -> str:
    """Name the kind of a mistake; nothing of one that belongs to a single rule.

    >>> kind_of(signs.COUNTS[0])
    'The step count'
    """
    return next((kind for kind, some in _KINDS.items() if any(x is mistake for x in some)), "")
