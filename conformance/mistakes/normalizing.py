"""Mistakes with what normalizations share: variance, eps, affine parameters and gradients."""

from .affine import AFFINE, PARAMETER_GRADIENT
from .moments import EPS_PLACE, VARIANCE
from .through_moments import GRADIENT

SHARED = (*VARIANCE, *EPS_PLACE, *AFFINE, *GRADIENT, *PARAMETER_GRADIENT)
