"""Claims about convolution: it is linear, and moves with its image."""

import numpy as np
from sympy import Expr, Indexed, IndexedBase, Symbol, symbols

from ...claim import Claim
from ...convolutions.conv import RULE, circular, valid, zeros
from ...proofs.evidence import Fails
from ...proofs.fact import Equal
from ...tensors.layer import Layer
from ...tensors.symbols import i, stride, w, xe
from ..convolving import KERNELS, Array, array, for_sizes, in_each, joined, run, step
from . import conv_chain_rule, conv_errata, conv_gradients, conv_matrices, conv_same, conv_shapes

p, q = symbols("p q", real=True)
m = Symbol("m", integer=True, positive=True)
PRODUCT = step(zeros, "output").function.doit()
ELEMENT = {element.base: element for element in PRODUCT.atoms(Indexed)}
first, second = IndexedBase("u"), IndexedBase("z")
NAMES = {xe: r"$\tilde{x}$", w: "$w$"}


def linear(tensor: IndexedBase) -> Equal:
    """Say that each product is linear in an element of a tensor."""
    element = ELEMENT[tensor]
    one, other = first[element.indices], second[element.indices]
    return Equal(
        f"$y$ sums products, whatever the sizes, and each is linear in {NAMES[tensor]}",
        PRODUCT.subs(element, p * one + q * other),
        p * PRODUCT.subs(element, one) + q * PRODUCT.subs(element, other),
    )


def later() -> Expr:
    """Give the product m outputs later, where the extended x has moved by m strides."""
    *plane, place = ELEMENT[xe].indices
    return PRODUCT.subs(ELEMENT[xe], xe[*plane, place - m * stride]).subs(i, i + m)


def convolve(dialect: Layer, x: Array, kernel: Array, by: int) -> Array:
    """Convolve with a stride, and with padding if the dialect takes any."""
    padding = {"padding": ((1, 2),)} if "padding" in dialect.attributes else {}
    return run(dialect, x, kernel, stride=(by,), **padding)


def combined(size: int, dialect: Layer) -> tuple[Array, Array]:
    """Convolve combinations of two images, and of two kernels."""
    x, x_2 = array("x", 1, 2, size + 2), array("y", 1, 2, size + 2)
    v, v_2 = array("v", 1, 2, size), array("w", 1, 2, size)
    y, y_2, y_3 = (convolve(dialect, *pair, 2) for pair in ((x, v), (x_2, v), (x, v_2)))
    return (
        joined(convolve(dialect, x * p + x_2 * q, v, 2), convolve(dialect, x, v * p + v_2 * q, 2)),
        joined(y * p + y_2 * q, y * p + y_3 * q),
    )


def moved(size: int, dialect: Layer) -> tuple[Array, Array]:
    """Move the image by two strides, and look at y where no window reaches the border."""
    line, kernel = array("x", 1, 1, 3 * size + 14), array("w", 1, 1, size)
    left, right = [], []
    for by in (1, 2, 3):
        image, moved_image = line[..., 2 * by :], line[..., : -2 * by]
        start, end = -(-(size + 1) // by), (image.shape[2] - size) // by - 1
        left.append(convolve(dialect, moved_image, kernel, by)[..., start + 2 : end])
        right.append(convolve(dialect, image, kernel, by)[..., start : end - 2])
    return joined(*left), joined(*right)


def turned(size: int) -> tuple[Array, Array]:
    """Turn a circle of 12 places by two strides; as much padding as the kernel takes up."""
    line, kernel = array("x", 1, 1, 12), array("w", 1, 1, size)
    pairs = [
        (
            run(circular, np.roll(line, 2 * by, axis=2), kernel, stride=(by,), padding=PADS[size]),
            np.roll(run(circular, line, kernel, stride=(by,), padding=PADS[size]), 2, axis=2),
        )
        for by in (1, 2, 3)
    ]
    return joined(*(one for one, _ in pairs)), joined(*(other for _, other in pairs))


PADS = {size: (((size - 1) // 2, size // 2),) for size in range(1, 5)}

LINEAR = Claim(
    34,
    "linear",
    "Without bias, convolution is linear in $x$ and in $w$, however $x$ is extended.",
    (
        linear(xe),
        linear(w),
        in_each(RULE.dialects, combined),
    ),
)

MOVES = Claim(
    34,
    "moves-with-the-image",
    r"If $x$ moves by $m \sigma$ places, $\sigma$ the stride, $y$ moves by $m$, away from the "
    "border; on a circle, everywhere, if the stride divides its length.",
    (
        Equal("the product is the same, whatever the sizes", later(), PRODUCT),
        in_each(RULE.dialects, moved),
        for_sizes("on a circle", turned, KERNELS),
        Fails(
            "by less than the stride it is not so: (1, 0, 0) with stride 2 and kernel (1) becomes "
            "(1, 0), and (0, 1, 0) nothing but zeros",
            sum(run(valid, [[[0, 1, 0]]], [[[1]]], stride=(2,)).flat),
            "=",
            sum(run(valid, [[[1, 0, 0]]], [[[1]]], stride=(2,)).flat),
        ),
    ),
)

CLAIMS = (
    LINEAR,
    MOVES,
    *conv_shapes.CLAIMS,
    *conv_chain_rule.CLAIMS,
    *conv_gradients.CLAIMS,
    *conv_matrices.CLAIMS,
    *conv_same.CLAIMS,
    *conv_errata.CLAIMS,
)
