"""Correct convolutions: every dialect by every algorithm."""

from __future__ import annotations

from . import layers
from .algorithms import ALGORITHMS
from .build import (
    conv,
    conv_backward,
    conv_transpose,
    conv_transpose_backward,
    plain,
    plain_backward,
)

CONV = (
    "zeros", "valid", "same_upper", "same_lower", "causal", "reflect", "replicate", "circular",
)  # fmt: skip
TRANSPOSE = ("adjoint", "unflipped", "same", "valid")
PLAIN = [
    (rule, x) for rule in ("cross_correlation", "convolution") for x in ("full", "same", "valid")
]
KERNELS = {"matrices": layers.kernel_gradient} | {
    f"exchanged_{name}": layers.kernel_gradient_exchanged(algorithm)
    for name, algorithm in ALGORITHMS.items()
}
SPREADS = {"scatter": layers.scatter} | {
    f"gather_{name}": layers.gather(algorithm) for name, algorithm in ALGORITHMS.items()
}


def _forward():
    for dialect in CONV:
        for name, algorithm in ALGORITHMS.items():
            yield f"conv/{dialect}", name, conv(dialect, algorithm)
    for dialect in TRANSPOSE:
        for name, spread in SPREADS.items():
            yield f"conv_transpose/{dialect}", name, conv_transpose(dialect, spread)
        yield f"conv_transpose/{dialect}", "bias_first", conv_transpose(dialect, bias_first=True)
    for rule, dialect in PLAIN:
        for name, algorithm in ALGORITHMS.items():
            yield f"{rule}/{dialect}", name, plain(rule, dialect, algorithm)


def _backward():
    for dialect in CONV:
        for name, spread in SPREADS.items():
            yield f"conv/{dialect}", name, conv_backward(dialect, spread)
        for name, of_kernel in KERNELS.items():
            yield f"conv/{dialect}", name, conv_backward(dialect, of_kernel=of_kernel)
        in_order = conv_backward(dialect, of_bias=layers.bias_gradient_in_order)
        yield f"conv/{dialect}", "bias_in_order", in_order
    for dialect in TRANSPOSE:
        for name, algorithm in ALGORITHMS.items():
            yield f"conv_transpose/{dialect}", name, conv_transpose_backward(dialect, algorithm)
        for name, of_kernel in KERNELS.items():
            layer = conv_transpose_backward(dialect, of_kernel=of_kernel)
            yield f"conv_transpose/{dialect}", name, layer
    for rule, dialect in PLAIN:
        for name, spread in SPREADS.items():
            yield f"{rule}/{dialect}", name, plain_backward(rule, dialect, spread)
        for name, of_kernel in KERNELS.items():
            yield f"{rule}/{dialect}", name, plain_backward(rule, dialect, of_kernel=of_kernel)


CORRECT = {
    f"convolutions/{target}/{kind}/{name}": (f"convolutions/{target}", kind, layer)
    for kind, found in (("layer", _forward()), ("gradient", _backward()))
    for target, name, layer in found
}
