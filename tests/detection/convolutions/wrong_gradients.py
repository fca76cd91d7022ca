"""Wrong gradients of convolutions: one of the gradients made of something else."""

# ruff: noqa: ARG005  (one signature for many functions)

from __future__ import annotations

import numpy as np

from . import layers
from .build import conv_backward, conv_transpose_backward, plain_backward
from .correct import CONV, PLAIN, TRANSPOSE

TOLD = (
    *(f"conv/{x}" for x in ("zeros", "reflect", "replicate", "circular")),
    *(f"conv_transpose/{x}" for x in ("adjoint", "unflipped")),
)
"""The dialects that are told their padding."""
ZEROS = ("conv/zeros", "conv_transpose/adjoint", "conv_transpose/unflipped")
"""Those whose gradients do not depend on the padding at the end."""
_CONV = ("dy", "x", "w", "stride", "dilation", "groups", "padding")

RETURNED = {
    "dx_reversed": lambda out, q: {"dx": np.flip(out["dx"], tuple(range(2, q["x"].ndim)) or 0)},
    "dw_reversed": lambda out, q: {"dw": np.flip(out["dw"], tuple(range(2, q["w"].ndim)) or 0)},
    "dw_reversed_last": lambda out, q: {"dw": np.flip(out["dw"], -1)},
    "dw_outputs_reversed": lambda out, q: {"dw": np.flip(out["dw"], 0)},
    "dw_rolled": lambda out, q: {"dw": np.roll(out["dw"], 1, -1)},
    "dx_rolled": lambda out, q: {"dx": np.roll(out["dx"], 1, -1)},
    "dx_negative": lambda out, q: {"dx": -out["dx"]},
    "dw_negative": lambda out, q: {"dw": -out["dw"]},
    "dx_0": lambda out, q: {"dx": 0 * out["dx"]},
    "dw_0": lambda out, q: {"dw": 0 * out["dw"]},
    "dx_scaled": lambda out, q: {"dx": out["dx"] * 1.0001},
    "dw_scaled": lambda out, q: {"dw": out["dw"] * 1.0001},
    "dw_mean": lambda out, q: {"dw": out["dw"] / max(q["dy"].size, 1)},
    "dx_without_end": lambda out, q: {
        "dx": np.concatenate([out["dx"][..., :-1], 0 * out["dx"][..., -1:]], -1)
    },
    "dx_without_start": lambda out, q: {
        "dx": np.concatenate([0 * out["dx"][..., :1], out["dx"][..., 1:]], -1)
    },
}
RETURNED_LAYER = {
    "dw_batch_mean": lambda out, q: {"dw": out["dw"] / max(len(q["x"]), 1)},
    "db_batch_mean": lambda out, q: {"db": out["db"] / max(len(q["x"]), 1)},
    "db_mean": lambda out, q: {"db": out["db"] / max(q["dy"][:, 0].size, 1)},
    "db_negative": lambda out, q: {"db": -out["db"]},
    "db_0": lambda out, q: {"db": 0 * out["db"]},
    "db_reversed": lambda out, q: {"db": np.flip(out["db"])},
    "db_of_first_sample": lambda out, q: {
        "db": q["dy"][:1].sum((0, *range(2, q["x"].ndim))).astype(q["x"].dtype)
    },
    "db_of_x": lambda out, q: {
        "db": np.resize(q["x"].sum((0, *range(2, q["x"].ndim))), out["db"].shape)
    },
}


_ROOM = 24


def _scatter(dy, w, sizes, *geometry):
    """With room beyond the image, where wrong places may lie."""
    dx = layers.scatter(dy, w, [n + _ROOM for n in sizes], *geometry)
    return dx[(..., *(slice(n) for n in sizes))]


def _kernel_gradient(dy, xe, *geometry):
    wide = np.pad(xe, [(0, 0), (0, 0), *[(0, _ROOM)] * (xe.ndim - 2)])
    return layers.kernel_gradient(dy, wide, *geometry)


def _conv_backward(dialect):
    return conv_backward(dialect, _scatter, _kernel_gradient)


def _called(layer, change, names, optional=()):
    """A function with its own signature: change(layer, q) of what it is given."""
    given = ", ".join((*names, *(f"{name}=()" for name in optional)))
    packed = ", ".join(f"{name}={name}" for name in (*names, *optional))
    return eval(f"lambda {given}: call(dict({packed}))", {"call": lambda q: change(layer, q)})


def _returned(change):
    return lambda layer, q: (lambda out: out | change(out, q))(layer(**q))


def _only(gradient, change):
    """One gradient is made of something else."""
    return lambda layer, q: layer(**q) | {gradient: layer(**q | change(q))[gradient]}


def gradients(asked, padded):
    kinds = (
        *((f"conv/{x}", _conv_backward(x), _CONV[:6], ("padding",)) for x in CONV),
        *(
            (f"conv_transpose/{x}", conv_transpose_backward(x), _CONV[:6],
             ("padding", "output_padding"))
            for x in TRANSPOSE
        ),
        *((f"{rule}/{x}", plain_backward(rule, x), _CONV[:3], ()) for rule, x in PLAIN),
    )  # fmt: skip
    for target, layer, names, optional in kinds:
        is_layer = len(names) > 3
        changes = {name: _returned(change) for name, change in RETURNED.items()}
        if is_layer:
            changes |= {name: _returned(change) for name, change in RETURNED_LAYER.items()}
            for name, change in asked.items():
                changes |= {f"{x}_{name}": _only(x, change) for x in _depending(name)}
            for name, change in padded.items() if target in TOLD else ():
                if name != "low_padding_twice" or target not in ZEROS:
                    changes |= {f"{x}_{name}": _only(x, change) for x in ("dx", "dw")}
        for name, change in changes.items():
            yield target, name, _called(layer, change, names, optional)


def _depending(name):
    """The gradients that depend on what is changed; NaN is asked of y alone."""
    if "nan" in name:
        return ()
    if name.startswith(("kernel", "outputs", "inputs")):
        return ("dx",)
    if name.startswith(("x", "first_sample", "samples", "groups")):
        return ("dw",)
    return ("dx", "dw")
