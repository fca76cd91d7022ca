"""The layers of each rule: forward and backward functions from the parts."""

from __future__ import annotations

import numpy as np

from . import layers, padding
from .algorithms import einsum


def _extended(dialect, x, w, stride, dilation, pads):
    ends = padding.ends(dialect, x, w, stride, dilation, pads)
    return padding.sources(dialect, x.shape[2:], ends)


def conv(dialect, algorithm=einsum, extended=_extended):
    def forward(x, w, stride, dilation, groups, b=None, padding=()):
        xe = _extend(x, extended(dialect, x, w, stride, dilation, padding))
        return {"y": layers.correlate(xe, w, stride, dilation, groups, algorithm, b)}

    return forward


def conv_backward(
    dialect,
    spread=layers.scatter,
    of_kernel=layers.kernel_gradient,
    of_bias=layers.bias_gradient,
    extended=_extended,
):
    def backward(dy, x, w, stride, dilation, groups, padding=()):
        maps = extended(dialect, x, w, stride, dilation, padding)
        xe = _extend(x, maps)
        dxe = spread(dy, w, xe.shape[2:], stride, dilation, groups)
        return {
            "dx": _fold(dxe, x.shape[2:], maps),
            "dw": of_kernel(dy, xe, w, stride, dilation, groups),
            "db": of_bias(dy),
        }

    return backward


_extend, _fold = padding.extend, padding.fold


def crops(dialect, x, w, stride, dilation, pads, more):
    """How many elements are cut off at both ends, and the size that is left."""
    full = [
        (n - 1) * s + d * (k - 1) + 1
        for n, k, s, d in zip(x.shape[2:], w.shape[2:], stride, dilation, strict=True)
    ]
    if dialect in ("adjoint", "unflipped"):
        sizes = [n - sum(p) + m for n, p, m in zip(full, pads, more, strict=True)]
        return [lo for lo, _ in pads], sizes
    sizes = [n * s for n, s in zip(x.shape[2:], stride, strict=True)]
    cut = [max(n - m, 0) for n, m in zip(full, sizes, strict=True)]
    if dialect == "valid":
        return [0] * len(full), [n + c for n, c in zip(sizes, cut, strict=True)]
    return [c // 2 for c in cut], sizes


def _turned(dialect, w):
    return np.flip(w, tuple(range(2, w.ndim))) if dialect == "unflipped" else w


def conv_transpose(dialect, spread=layers.scatter, bias_first=False, crops=crops):
    def forward(x, w, stride, dilation, groups, b=None, padding=(), output_padding=()):
        lows, sizes = crops(dialect, x, w, stride, dilation, padding, output_padding)
        around = [
            max(lo + n, (m - 1) * s + d * (k - 1) + 1)
            for lo, n, m, s, d, k in zip(
                lows, sizes, x.shape[2:], stride, dilation, w.shape[2:], strict=True
            )
        ]
        y = spread(x, _turned(dialect, w), around, stride, dilation, groups)
        y = y[(..., *(slice(lo, lo + n) for lo, n in zip(lows, sizes, strict=True)))]
        if b is None:
            return {"y": y}
        bias = b.reshape(-1, *[1] * len(sizes))
        return {"y": bias + y if bias_first else y + bias}

    return forward


def conv_transpose_backward(
    dialect, algorithm=einsum, of_kernel=layers.kernel_gradient, of_bias=layers.bias_gradient,
    crops=crops,
):  # fmt: skip
    def backward(dy, x, w, stride, dilation, groups, padding=(), output_padding=()):
        lows, _ = crops(dialect, x, w, stride, dilation, padding, output_padding)
        reach = [
            (n - 1) * s + d * (k - 1) + 1
            for n, k, s, d in zip(x.shape[2:], w.shape[2:], stride, dilation, strict=True)
        ]
        pads = [
            (lo, max(n - m - lo, 0)) for lo, n, m in zip(lows, reach, dy.shape[2:], strict=True)
        ]
        dye = np.pad(dy, [(0, 0), (0, 0), *pads])[(..., *(slice(n) for n in reach))]
        turned = _turned(dialect, w)
        return {
            "dx": layers.correlate(dye, turned, stride, dilation, groups, algorithm),
            "dw": _turned(dialect, of_kernel(x, dye, turned, stride, dilation, groups)),
            "db": of_bias(dy),
        }

    return backward


def _overlap(dialect, w):
    widths = {"full": lambda k: (k - 1, k - 1), "same": lambda k: (k // 2, (k - 1) // 2)}
    return [widths.get(dialect, lambda _: (0, 0))(k) for k in w.shape]


def _along(rule, w):
    return np.flip(w) if rule == "convolution" else w


def plain(rule, dialect, algorithm=einsum, overlap=_overlap):
    """Cross-correlation and convolution of arrays."""

    def forward(x, w):
        one = [1] * x.ndim
        xe = np.pad(x, overlap(dialect, w))[None, None]
        kernel = _along(rule, w)[None, None]
        return {"y": layers.correlate(xe, kernel, one, one, 1, algorithm)[0, 0]}

    return forward


def plain_backward(
    rule, dialect, spread=layers.scatter, of_kernel=layers.kernel_gradient, overlap=_overlap
):
    def backward(dy, x, w):
        one, ends = [1] * x.ndim, overlap(dialect, w)
        xe, kernel, dy = np.pad(x, ends)[None, None], _along(rule, w)[None, None], dy[None, None]
        dxe = spread(dy, kernel, xe.shape[2:], one, one, 1)[0, 0]
        inside = tuple(slice(lo, lo + n) for (lo, _), n in zip(ends, x.shape, strict=True))
        dw = of_kernel(dy, xe, kernel, one, one, 1)[0, 0]
        return {"dx": dxe[inside], "dw": _along(rule, dw)}

    return backward
