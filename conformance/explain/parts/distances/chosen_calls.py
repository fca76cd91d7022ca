"""The single calls of layers in which their dialects are compared: one small input for all."""

from __future__ import annotations

import numpy as np

from .calls import Call, drawn

EPS = 1e-5
_CHANNELS = {"gamma": drawn("gamma", (4,)), "beta": drawn("beta", (4,))}
_RUNNING = {"running_mean": np.zeros(4), "running_var": np.ones(4)}
_NORMALIZED = {"x": drawn("x", (2, 4, 3)), "eps": EPS}
_IMAGE = {"stride": (2,), "dilation": (1,), "groups": 1, "padding": ((1, 1),)}
_AFFINE = {"gamma": drawn("gamma", (4, 3)), "beta": drawn("beta", (4, 3))}

CALLS = {
    "normalizations/batch_norm": Call(
        "x has the shape (2, 4, 3), so a channel has 6 elements; the running statistics are fresh, "
        "and this is the second batch, t = 2.",
        _NORMALIZED | _CHANNELS | _RUNNING | {"momentum": 0.1, "t": 2},
        {
            "biased": {
                "momentum = 0.1 in both": {},
                "the new batch weighs 0.1 in both": {"momentum": 0.9},
            }
        },
    ),
    "normalizations/group_norm": Call(
        "x has the shape (2, 4, 3), in 2 groups.",
        _NORMALIZED | _CHANNELS | {"groups": 2},
        {
            "group_affine": {
                "gamma and beta of the first channel of a group": {
                    name: values[::2] for name, values in _CHANNELS.items()
                }
            }
        },
    ),
    "normalizations/instance_norm": Call(
        "x has the shape (2, 4, 3); the running statistics are fresh.",
        _NORMALIZED | _CHANNELS | _RUNNING | {"momentum": 0.1},
    ),
    "normalizations/layer_norm": Call(
        "x has the shape (2, 4, 3), and a sample is a group.",
        _NORMALIZED | _AFFINE | {"axis": 1},
        {
            "feature": {
                "gamma and beta of the first row": {
                    name: values[0] for name, values in _AFFINE.items()
                }
            }
        },
    ),
    "normalizations/rms_norm": Call(
        "x has the shape (2, 4, 3), and a sample is a group.",
        _NORMALIZED | {"gamma": _AFFINE["gamma"], "axis": 1},
        {
            "offset": {
                "the same gamma": {},
                "gamma - 1, which stands for the same scale": {"gamma": _AFFINE["gamma"] - 1},
            }
        },
    ),
    "convolutions/conv": Call(
        "x has the shape (1, 2, 6), the kernel 3 elements, the stride is 2; the padding, where it "
        "is asked for, is 1 at both ends.",
        _IMAGE | {"x": drawn("x", (1, 2, 6)), "w": drawn("w", (2, 2, 3))},
    ),
    "convolutions/conv_transpose": Call(
        "x has the shape (1, 2, 4), the kernel 3 elements, the stride is 2; the padding, where it "
        "is asked for, is 1 at both ends, the output padding 1.",
        _IMAGE | {"x": drawn("x", (1, 2, 4)), "w": drawn("w", (2, 2, 3)), "output_padding": (1,)},
    ),
    "convolutions/convolution": Call(
        "x has 6 elements, w has 3.", {"x": drawn("x", (6,)), "w": drawn("w", (3,))}
    ),
    "convolutions/cross_correlation": Call(
        "x has 6 elements, w has 3.", {"x": drawn("x", (6,)), "w": drawn("w", (3,))}
    ),
}
"""The calls of layers, of all with more than one dialect."""
