"""Optimizers with one mistake each, by the property that tells."""

from . import agree, gradients, groups, missing, rate, restored, symmetry, types

MODULES = (agree, gradients, groups, missing, rate, restored, symmetry, types)
PLANTED = {name: classes for module in MODULES for name, classes in module.PLANTED.items()}
