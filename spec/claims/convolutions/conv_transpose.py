"""Claim 36: transposed convolution is the adjoint of convolution.

V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285v2,
chapter 4.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from ...claim import Claim
from ...convolutions import conv
from ...convolutions.conv_transpose import RULE, adjoint, unflipped
from ...tensors.layer import Layer
from ..convolving import (
    Array,
    closed_form,
    for_sizes,
    generators,
    given,
    gradients,
    in_each,
    joined,
    run,
)

FORWARD = {"adjoint": conv.zeros, "same": conv.same_upper, "valid": conv.valid}
"""The convolution that each dialect is the adjoint of."""
LENGTH = 3


def problems(dialect: Layer) -> Iterator[dict[str, Any]]:
    """Give attributes, with every output padding below the stride."""
    for (s, d), groups in product(((1, 1), (2, 1), (3, 2)), (1, 2)):
        chosen = {"stride": (s,), "dilation": (d,), "groups": groups}
        if "padding" not in dialect.attributes:
            yield chosen
            continue
        for padding, extra in product(((0, 0), (1, 1)), range(s)):
            yield {**chosen, "padding": (padding,), "output_padding": (extra,)}


def pairings(size: int, dialect: Layer) -> tuple[Array, Array]:
    """Pair a convolution of x with y, and x with what the dialect makes of y."""
    left, right = [], []
    for attributes in problems(dialect):
        y, w = (1, 2, LENGTH), (2, 2 // attributes["groups"], size)
        nothing = np.zeros(y, dtype=int), np.zeros(w, dtype=int)
        made = generators(x=run(dialect, *nothing, **attributes).shape, y=y, w=w)
        forward = {name: value for name, value in attributes.items() if name != "output_padding"}
        convolved = run(FORWARD[dialect.name], made["x"], made["w"], **forward)
        left.append((convolved * made["y"]).sum())
        right.append((made["x"] * run(dialect, made["y"], made["w"], **attributes)).sum())
    return joined(left), joined(right)


def turned(size: int) -> tuple[Array, Array]:
    """Compare unflipped with adjoint and a kernel that is turned around on both axes."""
    made = generators(x=(1, 2, 3, 2), w=(2, 3, size, 2))
    attributes = {"stride": (2, 1), "dilation": (1, 2), "padding": ((0, 1), (1, 0))}
    w = np.flip(made["w"], axis=(2, 3))
    return run(unflipped, *made.values(), **attributes), run(adjoint, made["x"], w, **attributes)


def by_the_rule(size: int, dialect: Layer) -> tuple[Array, Array]:
    """Compare the backward steps with the derivative of the forward ones, in two groups."""
    left, right = [], []
    some = {"padding": ((1, 0),), "output_padding": (1,)}
    for s, d in ((1, 2), (2, 1)):
        rest = some if "padding" in dialect.attributes else {}
        attributes = {"stride": (s,), "dilation": (d,), "groups": 2, **rest}
        tensors = given(dialect, (2, 4, 2), (4, 2, size), **attributes)
        derivative = gradients(dialect, tensors, **attributes)
        steps = closed_form(dialect, tensors, **attributes)
        left += [steps[name] for name in derivative]
        right += list(derivative.values())
    return joined(*left), joined(*right)


ADJOINT = Claim(
    36,
    "adjoint",
    r"$\langle C(x, w), y \rangle = \langle x, T(y, w) \rangle$ for convolution $C$ and its "
    "transpose $T$: adjoint belongs to zeros, with as much output padding as makes $T(y, w)$ as "
    "long as x; same to same_upper on x as long as y times the stride; valid to valid. So $T$ is "
    "the gradient of $C$ by x, and the other way round.",
    (in_each(map(RULE.dialect, FORWARD), pairings, ", in one group and in two"),),
)

TURNED = Claim(
    36,
    "unflipped",
    "The unflipped dialect is the adjoint with a kernel that is turned around along every spatial "
    "axis.",
    (for_sizes("on two axes, kernels of 2 times so many elements", turned),),
)

CLOSED_FORM = Claim(
    36,
    "backward-steps",
    "The backward steps of every dialect give the derivative of the sum of dy y by x, w and b.",
    (in_each(RULE.dialects, by_the_rule, ", in two groups"),),
)

CLAIMS = (ADJOINT, TURNED, CLOSED_FORM)
