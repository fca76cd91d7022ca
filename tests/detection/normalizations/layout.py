"""Which elements a normalization takes together, as labels: of groups, and of parameters."""

from __future__ import annotations

import math

import numpy as np


class Layout:
    """The groups of a tensor as rows of a matrix, and parameters as tensors."""

    def __init__(self, shape, groups, owners, parameters):
        self.shape = shape
        self.order = np.argsort(groups, axis=None, kind="stable")
        self.count = len(np.unique(groups))
        self.owners = owners
        self.parameters = parameters

    def rows(self, x):
        if x is None:
            return None
        return x.ravel()[self.order].reshape(self.count, -1) if x.size else x.reshape(0, 1)

    def tensor(self, rows):
        flat = np.empty(math.prod(self.shape), rows.dtype)
        flat[self.order] = rows.ravel()
        return flat.reshape(self.shape)

    def each(self, parameter):
        return None if parameter is None else self.rows(parameter.ravel()[self.owners])

    def total(self, rows, add=sum):
        """Add up over the elements that share a parameter."""
        flat = self.tensor(rows).ravel()
        shared = [flat[self.owners.ravel() == k] for k in range(math.prod(self.parameters))]
        return np.array([add(x) for x in shared], rows.dtype).reshape(self.parameters)


def layout(target, x, axis=None, groups=None):
    """The layout of a rule's dialect, from the shape of x and the attributes."""
    rule, dialect = target.split("/")[-2:]
    shape = x.shape
    at = np.indices(shape)
    place = np.arange(x.size).reshape(shape)
    if rule in ("layer_norm", "rms_norm"):
        own = shape[axis:] if dialect != "feature" else shape[-1:]
        size = math.prod(shape[axis:])
        return Layout(shape, place // max(size, 1), place % max(math.prod(own), 1), own)
    sample, channel = at[:2]
    if rule == "batch_norm":
        return Layout(shape, channel, channel, shape[1:2])
    if rule == "instance_norm":
        return Layout(shape, sample * shape[1] + channel, channel, shape[1:2])
    size = shape[1] // groups
    group = channel % groups if dialect == "interleaved" else channel // size
    if dialect == "group_affine":
        return Layout(shape, sample * groups + group, group, (groups,))
    return Layout(shape, sample * groups + group, channel, shape[1:2])
