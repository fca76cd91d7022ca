"""Claim 37: which convolutions are which matrices."""

import numpy as np

from ...claim import Claim
from ...convolutions.conv import zeros
from ..convolving import KERNELS, Array, array, for_sizes, joined, run

PADDING = ((1, 2),)


def per_position(size: int) -> tuple[Array, Array]:
    """Convolve with kernels of one element, and multiply each position by a matrix."""
    x, w = array("x", 2, size, 2, 3), array("w", 3, size, 1, 1)
    y = run(zeros, x, w)
    matrix = w[:, :, 0, 0]
    product = np.empty(y.shape, dtype=object)
    for sample, *place in np.ndindex(2, 2, 3):
        product[sample, :, *place] = matrix.dot(x[sample, :, *place])
    return y, product


def blocks(size: int) -> tuple[Array, Array]:
    """Convolve in groups, and with a kernel whose planes off the diagonal blocks are 0."""
    x, w = array("x", 1, 2 * size, 4), array("w", 3 * size, 2, 2)
    whole = np.zeros((3 * size, 2 * size, 2), dtype=object)
    for group in range(size):
        outputs, inputs = slice(3 * group, 3 * group + 3), slice(2 * group, 2 * group + 2)
        whole[outputs, inputs] = w[outputs]
    return (
        run(zeros, x, w, groups=size, padding=PADDING),
        run(zeros, x, whole, padding=PADDING),
    )


def depthwise(size: int) -> tuple[Array, Array]:
    """Convolve in as many groups as channels, and each channel alone with its two kernels."""
    x, w = array("x", 1, size, 4), array("w", 2 * size, 1, 2)
    alone = [run(zeros, x[:, [c]], w[2 * c : 2 * c + 2], padding=PADDING) for c in range(size)]
    return run(zeros, x, w, groups=size, padding=PADDING), np.concatenate(alone, axis=1)


def toeplitz(size: int) -> tuple[Array, Array]:
    """Convolve 5 values, and multiply them by a matrix with w[j - i + low] in row i, column j."""
    x, w = array("x", 5), array("w", size)
    left, right = [], []
    for low, high in ((0, 0), (0, 2), (2, 1)):
        y = run(zeros, x[None, None], w[None, None], padding=((low, high),))[0, 0]
        places = ([j - i + low for j in range(5)] for i in range(len(y)))
        banded = [[w[k] if 0 <= k < size else 0 for k in row] for row in places]
        left.append(y)
        right.append(np.array(banded, dtype=object).dot(x))
    return joined(*left), joined(*right)


MATRICES = Claim(
    37,
    "as-matrices",
    "A convolution with kernels of one element, stride 1 and no padding is a product with a matrix "
    "at each position. A convolution in groups is the convolution whose matrix of kernels is "
    "block-diagonal; with one channel in each group, channels do not meet (depthwise).",
    (
        for_sizes("kernels of one element, and the product", per_position, "numbers of channels"),
        for_sizes(
            "groups of 2 channels that become 3, and the block-diagonal kernel",
            blocks,
            "numbers of groups",
        ),
        for_sizes(
            "one channel in each group, with two outputs, and each channel alone",
            depthwise,
            "numbers of channels",
        ),
    ),
)

TOEPLITZ = Claim(
    37,
    "toeplitz",
    "On one channel and one axis, with stride and dilation 1, the matrix that takes $x$ to $y$ is "
    r"banded and constant along diagonals: it has $w_{j-i+p_0}$ in row $i$ and column $j$.",
    (
        for_sizes(
            "5 values, with and without padding, and the product with that matrix",
            toeplitz,
            KERNELS,
        ),
    ),
)

CLAIMS = (MATRICES, TOEPLITZ)
