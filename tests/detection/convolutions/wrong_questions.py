"""Changes of what a convolution is asked, and of what it returns."""

# ruff: noqa: ARG005  (one signature for many functions)

from __future__ import annotations

import numpy as np


def _space(w):
    return np.flip(w, tuple(range(2, w.ndim)))


def _turned(w):
    """The axes of space in the opposite order, read in memory order."""
    sizes = w.shape[2:]
    return w.reshape(*w.shape[:2], *sizes[::-1]).transpose(0, 1, *range(w.ndim - 1, 1, -1))


def _mixed(channels, groups):
    return np.arange(channels).reshape(groups, -1).T.ravel() if channels else slice(None)


def _ones(values):
    return (1,) * len(values)


ASKED = {
    "kernel_reversed": lambda q: {"w": _space(q["w"])},
    "kernel_reversed_last": lambda q: {"w": np.flip(q["w"], -1)},
    "kernel_reversed_first": lambda q: {"w": np.flip(q["w"], 2)},
    "kernel_turned": lambda q: {"w": _turned(q["w"])},
    "kernel_transposed": lambda q: {"w": q["w"].swapaxes(2, -1)},
    "kernel_channels": lambda q: {
        "w": q["w"].reshape(q["w"].shape[1], q["w"].shape[0], *q["w"].shape[2:]).swapaxes(0, 1)
    },
    "outputs_reversed": lambda q: {"w": np.flip(q["w"], 0)},
    "inputs_reversed": lambda q: {"w": np.flip(q["w"], 1)},
    "kernel_rolled": lambda q: {"w": np.roll(q["w"], 1, -1)},
    "kernel_negative": lambda q: {"w": -q["w"]},
    "first_sample": lambda q: {"x": np.repeat(q["x"][:1], len(q["x"]), 0)},
    "samples_reversed": lambda q: {"x": np.flip(q["x"], 0)},
    "x_reversed": lambda q: {"x": _space(q["x"])},
    "x_rolled": lambda q: {"x": np.roll(q["x"], 1, -1)},
    "x_channels_reversed": lambda q: {"x": np.flip(q["x"], 1)},
    "x_transposed": lambda q: {
        "x": q["x"].swapaxes(2, -1).reshape(q["x"].shape) if q["x"].ndim > 3 else q["x"]
    },
    "stride_axes": lambda q: {"stride": q["stride"][::-1]},
    "stride_ignored": lambda q: {"stride": _ones(q["stride"])},
    "first_stride": lambda q: {"stride": q["stride"][:1] * len(q["stride"])},
    "last_stride": lambda q: {"stride": q["stride"][-1:] * len(q["stride"])},
    "dilation_axes": lambda q: {"dilation": q["dilation"][::-1]},
    "dilation_ignored": lambda q: {"dilation": _ones(q["dilation"])},
    "dilation_less_1": lambda q: {"dilation": tuple(max(d - 1, 1) for d in q["dilation"])},
    "dilation_from_0": lambda q: {"dilation": tuple(d + 1 for d in q["dilation"])},
    "stride_for_dilation": lambda q: {"stride": q["dilation"], "dilation": q["stride"]},
    "groups_interleaved": lambda q: {"x": q["x"][:, _mixed(q["x"].shape[1], q["groups"])]},
    "groups_reversed": lambda q: {
        "x": q["x"]
        .reshape(len(q["x"]), q["groups"], q["x"].shape[1] // q["groups"], *q["x"].shape[2:])[
            :, ::-1
        ]
        .reshape(q["x"].shape)
    },
}
NAN = {
    "nan_to_0": lambda q: {"x": np.nan_to_num(q["x"])},
    "kernel_nan_to_0": lambda q: {"w": np.nan_to_num(q["w"])},
}
"""NaN is asked of one dialect for each rule."""
PADDED = {
    "padding_ends": lambda q: {"padding": tuple((hi, lo) for lo, hi in q["padding"])},
    "padding_axes": lambda q: {"padding": q["padding"][::-1]},
    "padding_ignored": lambda q: {"padding": tuple((0, 0) for _ in q["padding"])},
    "low_padding_twice": lambda q: {"padding": tuple((lo, lo) for lo, _ in q["padding"])},
    "high_padding_twice": lambda q: {"padding": tuple((hi, hi) for _, hi in q["padding"])},
    "padding_shifted": lambda q: {"padding": tuple((lo + 1, hi - 1) for lo, hi in q["padding"])},
}
BIASED = {
    "bias_ignored": lambda q: {"b": None},
    "bias_twice": lambda q: {"b": None if q["b"] is None else 2 * q["b"]},
    "bias_subtracted": lambda q: {"b": None if q["b"] is None else -q["b"]},
    "bias_reversed": lambda q: {"b": None if q["b"] is None else np.flip(q["b"])},
    "first_bias": lambda q: {"b": None if q["b"] is None else 0 * q["b"] + q["b"][:1]},
}
RETURNED = {
    "scaled": lambda y, q: y * 1.0001,
    "y_reversed": lambda y, q: np.flip(y, -1) if y.ndim else y,
    "y_channels_reversed": lambda y, q: np.flip(y, min(1, y.ndim - 1)),
    "in_float32": lambda y, q: y.astype(np.float32).astype(y.dtype),
    "mean": lambda y, q: y / max(q["w"][0].size, 1),
    "relu": lambda y, q: np.maximum(y, 0),
    "last_0": lambda y, q: np.concatenate([y[..., :-1], 0 * y[..., -1:]], -1),
    "first_0": lambda y, q: np.concatenate([0 * y[..., :1], y[..., 1:]], -1),
    "w_added": lambda y, q: y + q["w"].sum(),
}
PLAIN_ASKED = {
    "kernel_reversed": lambda q: {"w": np.flip(q["w"])},
    "x_reversed": lambda q: {"x": np.flip(q["x"])},
    "kernel_rolled": lambda q: {"w": np.roll(q["w"], 1, -1)},
    "kernel_negative": lambda q: {"w": -q["w"]},
    "x_rolled": lambda q: {"x": np.roll(q["x"], 1, -1)},
}


def asked(layer, change, kind):
    """A layer that is asked something else, with a signature of its own."""
    if kind == "plain":
        return lambda x, w: layer(**{"x": x, "w": w} | change({"x": x, "w": w}))
    if kind == "conv":

        def call(x, w, stride, dilation, groups, b=None, padding=()):
            q = dict(zip(_CONV, (x, w, stride, dilation, groups, b, padding), strict=True))
            return layer(**q | change(q))
    else:

        def call(x, w, stride, dilation, groups, b=None, padding=(), output_padding=()):
            given = (x, w, stride, dilation, groups, b, padding, output_padding)
            q = dict(zip((*_CONV, "output_padding"), given, strict=True))
            return layer(**q | change(q))

    return call


_CONV = ("x", "w", "stride", "dilation", "groups", "b", "padding")


def returned(layer, change, kind):
    """A layer that returns another y."""

    def other(**q):
        return {"y": change(layer(**q)["y"], q)}

    return asked(other, lambda _: {}, kind)
