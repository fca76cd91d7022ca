"""Claim 36: the gradients of a convolution are convolutions.

V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285v2,
chapter 4.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from ...claim import Claim
from ...convolutions import cross_correlation
from ...convolutions.conv import RULE, zeros
from ...tensors.layer import Layer
from ..convolving import Array, closed_form, for_sizes, given, gradients, in_each, joined, run

Problem = tuple[dict[str, Array], dict[str, Any]]
LENGTH = 6
IMAGE = (2, 2, LENGTH)


def problems(size: int) -> Iterator[Problem]:
    """Give tensors and attributes for kernels of a size; none whose output is empty."""
    for s, d, padding in product((1, 2, 3), (1, 2), ((0, 0), (2, 1))):
        attributes = {"stride": (s,), "dilation": (d,), "padding": (padding,)}
        if d * (size - 1) < LENGTH:
            yield given(zeros, IMAGE, (2, 2, size), **attributes), attributes


def spread(values: Array, step: int) -> Array:
    """Put zeros between the elements of the last axis."""
    wide = np.zeros((*values.shape[:-1], (values.shape[-1] - 1) * step + 1), dtype=object)
    wide[..., ::step] = values
    return wide


def by_input(size: int) -> tuple[Array, Array]:
    """Compare dx with the full correlation of the spread dy with the turned kernel."""
    left, right = [], []
    for tensors, attributes in problems(size):
        (s,), (d,), ((low, _),) = attributes.values()
        dy, turned = spread(tensors["dy"], s), np.flip(spread(tensors["w"], d), axis=2)
        dx = gradients(zeros, tensors, **attributes)["dx"]
        for n, c in np.ndindex(2, 2):
            whole = sum(run(cross_correlation.full, dy[n, o], turned[o, c]) for o in range(2))
            left.append(dx[n, c])
            right.append(np.append(whole, [0] * LENGTH)[low : low + LENGTH])
    return joined(*left), joined(*right)


def by_kernel(size: int) -> tuple[Array, Array]:
    """Compare dw with x convolved with dy: samples as channels, stride and dilation exchanged."""
    left, right = [], []
    for tensors, attributes in problems(size):
        stride, dilation, padding = attributes.values()
        x, dy = (np.swapaxes(tensors[name], 0, 1) for name in ("x", "dy"))
        found = run(zeros, x, dy, stride=dilation, dilation=stride, padding=padding)
        left.append(gradients(zeros, tensors, **attributes)["dw"])
        right.append(np.swapaxes(found[..., :size], 0, 1))
    return joined(*left), joined(*right)


def by_bias(size: int) -> tuple[Array, Array]:
    """Compare db with the sum of dy over samples and places."""
    left, right = [], []
    for tensors, attributes in problems(size):
        left.append(gradients(zeros, tensors, **attributes)["db"])
        right.append(tensors["dy"].sum(axis=(0, 2)))
    return joined(*left), joined(*right)


def by_the_rule(size: int, dialect: Layer) -> tuple[Array, Array]:
    """Compare the backward steps with the derivative of the forward ones, in two groups."""
    left, right = [], []
    padding = {"padding": ((2, 1),)} if "padding" in dialect.attributes else {}
    for s, d in ((1, 2), (2, 1)):
        attributes = {"stride": (s,), "dilation": (d,), "groups": 2, **padding}
        tensors = given(dialect, (2, 4, d * (size - 1) + 3), (2, 2, size), **attributes)
        derivative = gradients(dialect, tensors, **attributes)
        steps = closed_form(dialect, tensors, **attributes)
        left += [steps[name] for name in derivative]
        right += list(derivative.values())
    return joined(*left), joined(*right)


GRADIENTS = Claim(
    36,
    "gradients",
    "For convolution with zeros: dx is the full correlation of dy, spread out with zeros by the "
    "stride, with the turned kernel, cut by the padding; dw is the correlation of x with dy, "
    "stride and dilation exchanged; db is the sum of dy.",
    (
        for_sizes("dx is the derivative of the sum of dy y by x", by_input),
        for_sizes("dw, by w", by_kernel),
        for_sizes("db, by b", by_bias),
    ),
)

CLOSED_FORM = Claim(
    36,
    "backward-steps",
    "The backward steps of every dialect give the derivative of the sum of dy y by x, w and b.",
    (in_each(RULE.dialects, by_the_rule, ", in two groups"),),
)

CLAIMS = (GRADIENTS, CLOSED_FORM)
