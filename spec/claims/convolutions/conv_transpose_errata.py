"""Claim 54: transposed convolution does not undo a convolution.

V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285v2,
chapter 4: it recovers the shape, and not the values.
"""

import numpy as np

from ...claim import Refuted
from ...convolutions import conv
from ...convolutions.conv_transpose import RULE
from ...proofs.arrays import Same
from ...proofs.evidence import Fails
from ..convolving import KERNELS, Array, array, for_sizes, joined, run

VALID = RULE.dialect("valid")
X, ONES = np.array([[[1, 2]]], dtype=object), np.array([[[1, 1]]], dtype=object)


def back_and_forth(x: Array, w: Array) -> Array:
    """Convolve, then transposed, with one kernel."""
    return run(VALID, run(conv.valid, x, w), w)


def paired(size: int) -> tuple[Array, Array]:
    """Pair a convolution of x with y, and x with the transposed convolution of y."""
    x, w, y = array("x", 1, 1, size + 1), array("w", 1, 1, size), array("y", 1, 1, 2)
    return joined((run(conv.valid, x, w) * y).sum()), joined((x * run(VALID, y, w)).sum())


NOT_INVERSE = Refuted(
    54,
    "deconvolution",
    'Transposed convolution ("deconvolution") undoes the convolution with the same kernel.',
    (
        for_sizes("it is the adjoint: it can change sides in a product", paired, KERNELS),
        Same(
            "even a kernel of one element comes back squared",
            lambda: (
                back_and_forth(array("x", 1, 1, 2), array("w", 1, 1, 1)),
                array("x", 1, 1, 2) * array("w", 1, 1, 1) ** 2,
            ),
        ),
    ),
    counterexample=Fails(
        "the first element of $x = (1, 2)$, there and back with the kernel $(1, 1)$, and as it was",
        back_and_forth(X, ONES)[0, 0, 0],
        "=",
        X[0, 0, 0],
    ),
    truth="It gives back the shape, not the values. It is the adjoint: the gradient of the "
    "convolution with respect to its input.",
)

CLAIMS = (NOT_INVERSE,)
