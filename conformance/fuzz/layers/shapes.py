"""Shapes and attributes of a trial: small ones of every rank, groups of up to 32 elements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from .subjects import Subject

Shape = tuple[int, ...]
Shapes = dict[str, Shape]
Attributes = dict[str, Any]

LARGEST_GROUP = 32
# Along an axis of images with one, two and three axes.
_LONGEST_IMAGE = (9, 5, 3)
_LONGEST_KERNEL = (5, 3, 2)
_LARGEST_OUTPUT = 48
_SINGLE = 0.1  # of all groups, if the rule lets them have a single element


@dataclass(frozen=True)
class Layout:
    """The shape of every tensor but dy, and the attributes."""

    shapes: Mapping[str, Shape]
    attributes: Mapping[str, Any]


def draw(rng: np.random.Generator, subject: Subject) -> Layout:
    """Draw a layout for a subject; what its backend does not take changes nothing."""
    make = _LAYERS[subject.layer]
    shapes, attributes = make(rng, subject)
    wanted = {name: shape for name, shape in shapes.items() if name in subject.symbols}
    return Layout(wanted, {n: x for n, x in attributes.items() if n in subject.attributes})


def _sizes(rng: np.random.Generator, count: int, most: int, least: int = 1) -> Shape:
    """So many sizes whose product lies between two numbers."""
    while True:
        sizes = tuple(round(most**x) for x in rng.uniform(0, 1, count))
        if least <= prod(sizes) <= most:
            return sizes


def _least(rng: np.random.Generator, subject: Subject) -> int:
    """How many elements a group must have: two where n - 1 divides, and mostly elsewhere."""
    divides = subject.entry.dialect in ("unbiased", "cumulative", "running")
    return 2 if divides or rng.random() > _SINGLE else 1


# NORMALIZATIONS


def _channelwise(shape: Shape) -> Shapes:
    names = ("gamma", "beta", "running_mean", "running_var")
    return {"x": shape, **dict.fromkeys(names, shape[1:2])}


def _batch_norm(rng: np.random.Generator, subject: Subject) -> tuple[Shapes, Attributes]:
    axes = int(rng.integers(4))
    n, *space = _sizes(rng, axes + 1, LARGEST_GROUP, _least(rng, subject))
    return _channelwise((n, int(rng.integers(1, 4)), *space)), {}


def _instance_norm(rng: np.random.Generator, subject: Subject) -> tuple[Shapes, Attributes]:
    axes = int(rng.integers(1, 4))
    space = _sizes(rng, axes, LARGEST_GROUP, _least(rng, subject))
    return _channelwise((*_sizes(rng, 2, 4), *space)), {}


def _group_norm(rng: np.random.Generator, subject: Subject) -> tuple[Shapes, Attributes]:
    axes = int(rng.integers(4))
    each, *space = _sizes(rng, axes + 1, LARGEST_GROUP, _least(rng, subject))
    n, groups = _sizes(rng, 2, 4)
    shapes = _channelwise((n, groups * each, *space))
    if subject.entry.dialect == "group_affine":
        shapes |= {"gamma": (groups,), "beta": (groups,)}
    return shapes, {"groups": groups}


def _layer_norm(rng: np.random.Generator, subject: Subject) -> tuple[Shapes, Attributes]:
    rank = int(rng.integers(2, 5))
    axis = int(rng.integers(1, rank))
    group = _sizes(rng, rank - axis, LARGEST_GROUP, _least(rng, subject))
    shape = (*_sizes(rng, axis, 4), *group)
    own = shape[-1:] if subject.entry.dialect == "feature" else group
    return {"x": shape, "gamma": own, "beta": own}, {"axis": axis}


# CONVOLUTIONS


def _plain(rng: np.random.Generator, _: Subject) -> tuple[Shapes, Attributes]:
    axes = int(rng.integers(1, 4))
    x = rng.integers(1, _LONGEST_IMAGE[axes - 1] + 1, axes)
    w = rng.integers(1, np.minimum(x, _LONGEST_KERNEL[axes - 1]) + 1)
    return {"x": tuple(x.tolist()), "w": tuple(w.tolist())}, {}


def _windows(rng: np.random.Generator, subject: Subject) -> tuple[Shapes, Attributes]:
    while True:
        shapes, attributes = _window(rng, subject)
        lengths = _lengths(shapes, attributes, subject)
        outputs = shapes["x"][0] * shapes["b"][0] * prod(lengths)
        if min(lengths) > 0 and outputs <= _LARGEST_OUTPUT:
            return shapes, attributes


def _window(rng: np.random.Generator, subject: Subject) -> tuple[Shapes, Attributes]:
    axes = int(rng.integers(1, 4))
    samples, groups, ingoing, outgoing = rng.integers(1, 3, 4).tolist()
    groups = groups if subject.varies("groups") else 1
    space = rng.integers(1, _LONGEST_IMAGE[axes - 1] + 1, axes).tolist()
    kernel = rng.integers(1, _LONGEST_KERNEL[axes - 1] + 1, axes).tolist()
    planes = (groups * outgoing, ingoing)
    if subject.layer == "conv_transpose":
        planes = (groups * ingoing, outgoing)
    stride, dilation = (
        tuple(rng.integers(1, most, axes).tolist() if subject.varies(name) else [1] * axes)
        for name, most in (("stride", int(rng.integers(2, 5))), ("dilation", 3))
    )
    extra = rng.integers(0, stride) if subject.varies("output_padding") else [0] * axes
    attributes = {
        "groups": groups,
        "stride": stride,
        "dilation": dilation,
        "padding": _padding(rng, subject, space, kernel, dilation),
        "output_padding": tuple(map(int, extra)),
    }
    shapes = {
        "x": (samples, groups * ingoing, *space),
        "w": (*planes, *kernel),
        "b": (groups * outgoing,),
    }
    return shapes, attributes


def _padding(
    rng: np.random.Generator, subject: Subject, space: list[int], kernel: list[int], dilation: Shape
) -> tuple[tuple[int, int], ...]:
    """Ends alike, ends apart, or what keeps the size; no wider than the border allows."""
    if not subject.varies("padding"):
        return ((0, 0),) * len(space)
    most = {"reflect": -1, "circular": 0}
    limits = [n + most.get(subject.entry.dialect, 9) for n in space]
    way = rng.integers(3)
    spans = [d * (k - 1) for d, k in zip(dilation, kernel, strict=True)]
    pairs = [(span // 2, span - span // 2) for span in spans]
    if way:
        lows = rng.integers(0, 3, len(space)).tolist()
        highs = rng.integers(0, 3, len(space)).tolist() if way == 2 else lows
        pairs = list(zip(lows, highs, strict=True))
    return tuple(
        (min(low, limit), min(high, limit))
        for (low, high), limit in zip(pairs, limits, strict=True)
    )


def _lengths(shapes: Shapes, attributes: Attributes, subject: Subject) -> list[int]:
    """The size of y along every spatial axis, or about that where it follows from the mode."""
    found = []
    spatial = zip(
        shapes["x"][2:],
        shapes["w"][2:],
        attributes["stride"],
        attributes["dilation"],
        attributes["padding"],
        attributes["output_padding"],
        strict=True,
    )
    for n, k, s, d, (low, high), extra in spatial:
        span = d * (k - 1)
        if subject.layer == "conv_transpose":
            found.append((n - 1) * s + span + 1 - low - high + extra)
        elif subject.entry.dialect in ("same_upper", "same_lower", "causal"):
            found.append(-(-n // s))
        else:
            found.append((n + low + high - span - 1) // s + 1)
    return found


_LAYERS: Mapping[str, Callable[[np.random.Generator, Subject], tuple[Shapes, Attributes]]] = {
    "batch_norm": _batch_norm,
    "instance_norm": _instance_norm,
    "group_norm": _group_norm,
    "layer_norm": _layer_norm,
    "rms_norm": _layer_norm,
    "conv": _windows,
    "conv_transpose": _windows,
    "convolution": _plain,
    "cross_correlation": _plain,
}
