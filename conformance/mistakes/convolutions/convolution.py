"""Mistakes with convolution of arrays: those with cross-correlation."""

from .cross_correlation import MISTAKES

__all__ = ["MISTAKES"]
