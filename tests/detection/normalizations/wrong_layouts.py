"""Groups and parameters that are not those of the dialect."""

# ruff: noqa: ARG005  (one signature for many functions)

from __future__ import annotations

import math

import numpy as np

from .layout import Layout, layout


def _flat(shape):
    return np.arange(math.prod(shape)).reshape(shape)


def _places(change):
    def place(target, x, axis=None, groups=None):
        return change(layout(target, x, axis, groups), target, x, axis, groups)

    return place


def _owners(change):
    def place(at, *_):
        owners = change(at.owners, math.prod(at.parameters))
        return Layout(at.shape, _labels(at), owners, at.parameters)

    return _places(place)


def _labels(at):
    flat = np.empty(math.prod(at.shape), int)
    size = len(flat) // max(at.count, 1)
    flat[at.order] = np.arange(len(flat)) // max(size, 1)
    return flat.reshape(at.shape)


def _grouped(label):
    def place(at, target, x, axis, groups):
        return Layout(at.shape, label(x.shape, axis, groups), at.owners, at.parameters)

    return _places(place)


def _by(*axes):
    """Groups that the indices along some axes tell apart."""

    def label(shape, *_):
        kept = [n if k in axes else 1 for k, n in enumerate(shape)]
        return np.broadcast_to(_flat(kept), shape)

    return label


PARAMETER_LAYOUTS = {
    "parameters_reversed": _owners(lambda owners, n: n - 1 - owners),
    "parameters_rolled": _owners(lambda owners, n: (owners + 1) % max(n, 1)),
    "first_parameter": _owners(lambda owners, _: 0 * owners),
}
LAYOUTS = {
    "by_sample": _grouped(_by(0)),
    "by_channel": _grouped(_by(1)),
    "by_sample_and_channel": _grouped(_by(0, 1)),
    "by_channel_and_row": _grouped(_by(1, 3)),
    "by_row": _grouped(_by(0, 1, 3)),
    "by_second_axis_of_space": _grouped(_by(0, 1, 2)),
    "one_group": _grouped(_by()),
    "by_last_axis": _grouped(lambda shape, *_: np.broadcast_to(np.arange(shape[-1]), shape)),
    "over_last_axis": _grouped(lambda shape, *_: _flat(shape) // max(shape[-1], 1)),
    "axis_before": _grouped(
        lambda shape, axis, _: _flat(shape) // max(math.prod(shape[(axis or 2) - 1 :]), 1)
    ),
    "mixed_samples": _grouped(
        lambda shape, _, groups: np.indices(shape)[1] // max(shape[1] // (groups or 1), 1)
    ),
}
GROUP_LAYOUTS = {
    "size_for_groups": _places(
        lambda at, target, x, axis, groups: Layout(
            at.shape,
            _labels(layout(target, x, axis, x.shape[1] // groups)),
            at.owners,
            at.parameters,
        )
    ),
    "other_interleaving": _places(
        lambda at, target, x, axis, groups: Layout(
            at.shape, _labels(layout(_other(target), x, axis, groups)), at.owners, at.parameters
        )
    ),
    "interleaved_parameters": _places(
        lambda at, target, x, axis, groups: Layout(
            at.shape,
            _labels(at),
            _mixed(at, groups),
            at.parameters,
        )
    ),
}


def _other(target):
    kind = "contiguous" if "interleaved" in target else "interleaved"
    return f"normalizations/group_norm/{kind}"


def _mixed(at, groups):
    """Parameters as if those of the channels with one remainder came first."""
    n = math.prod(at.parameters)
    if n == groups:
        return np.indices(at.shape)[1] % groups
    return np.arange(n).reshape(groups, -1).T.ravel()[at.owners]


def layouts(rule, dialect):
    """The ways to group wrongly that a dialect leaves open."""
    if dialect == "inference":
        return PARAMETER_LAYOUTS
    same = {"batch_norm": "by_channel", "instance_norm": "by_sample_and_channel"}.get(rule)
    found = PARAMETER_LAYOUTS | (GROUP_LAYOUTS if rule == "group_norm" else {}) | LAYOUTS
    return {name: place for name, place in found.items() if name != same}
