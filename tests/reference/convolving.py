"""Convolutions in exact fractions: the reference texts, and sums written out plainly."""

from fractions import Fraction

import numpy as np

from goldenrule.reference.catalogue import forms
from goldenrule.reference.contexts.context import Context


class Exact(Context):
    """Fractions; nothing is rounded."""

    def tensor(self, value):
        return Fraction(value)

    scalar = tensor

    def sqrt(self, x):
        raise NotImplementedError

    max = sqrt


CTX = Exact()


def array(rng, *shape):
    """Small fractions, not all integers and of both signs."""
    integers = rng.integers(-9, 10, shape)
    return np.array([Fraction(int(n), 4) for n in integers.flat], dtype=object).reshape(shape)


def call(rule, dialect, *tensors, kind="layer", **attributes):
    """What all the forms give, which must be the same."""
    fitting = [f for f in forms(f"convolutions/{rule}", kind)[dialect]]
    if kind != "gradient" and len(tensors) < 3:
        fitting = fitting[:1]
    first, *others = (form(CTX, *tensors, **attributes) for form in fitting)
    for other in others:
        assert {n: x.tolist() for n, x in other.items()} == {
            n: x.tolist() for n, x in first.items()
        }
    return first


def dot(a, b):
    assert a.shape == b.shape
    return sum((x * y for x, y in zip(a.flat, b.flat, strict=True)), Fraction(0))


# CONV, BY HAND: pad the image as a whole, then walk over it

PAD = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def amounts(dialect, x, w, stride, dilation, padding):
    for axis, (s, d) in enumerate(zip(stride, dilation, strict=True)):
        length, reach = x.shape[2 + axis], (w.shape[2 + axis] - 1) * d
        total = max((-(-length // s) - 1) * s + reach + 1 - length, 0)
        yield {
            "valid": (0, 0),
            "same_upper": (total // 2, total - total // 2),
            "same_lower": (total - total // 2, total // 2),
            "causal": (reach, 0),
        }.get(dialect) or padding[axis]


def conv(dialect, x, w, *, stride, dilation, groups, padding=None):
    widths = [(0, 0), (0, 0), *amounts(dialect, x, w, stride, dilation, padding)]
    how = {"mode": PAD[dialect]} if dialect in PAD else {"constant_values": Fraction(0)}
    x = np.pad(x, widths, **how)
    sizes = [
        max((n - d * (k - 1) - 1) // s + 1, 0)
        for n, k, s, d in zip(x.shape[2:], w.shape[2:], stride, dilation, strict=True)
    ]
    y = np.full((len(x), len(w), *sizes), Fraction(0), dtype=object)
    for s, o, *i in np.ndindex(y.shape):
        group = o // (len(w) // groups)
        for c, *k in np.ndindex(w.shape[1:]):
            at = [a * b + e * f for a, b, e, f in zip(i, stride, k, dilation, strict=True)]
            y[(s, o, *i)] += w[(o, c, *k)] * x[(s, group * w.shape[1] + c, *at)]
    return y


PADDED = ("zeros", "reflect", "replicate", "circular")
DIALECTS = (*PADDED, "valid", "same_upper", "same_lower", "causal")
SHAPES = {  # x, w, groups, stride, dilation, padding
    "one axis": ((2, 3, 7), (2, 3, 3), 1, (2,), (2,), ((1, 3),)),
    "two axes": ((1, 2, 5, 7), (3, 2, 2, 3), 1, (2, 3), (1, 2), ((1, 2), (3, 0))),
    "three axes": (
        (1, 1, 3, 4, 5), (2, 1, 2, 1, 3), 1, (1, 2, 3), (2, 1, 1), ((0, 1), (2, 0), (1, 1)),
    ),
    "groups": ((1, 4, 5), (6, 2, 2), 2, (1,), (3,), ((2, 1),)),
    "depthwise": ((2, 3, 4), (6, 1, 3), 3, (2,), (1,), ((1, 0),)),
    "kernel too long": ((1, 2, 2), (2, 2, 5), 1, (1,), (1,), ((1, 0),)),
    "empty batch": ((0, 2, 4), (2, 2, 3), 1, (1,), (1,), ((1, 0),)),
}  # fmt: skip


def question(name, dialect):
    x, w, groups, stride, dilation, padding = SHAPES[name]
    attributes = {"stride": stride, "dilation": dilation, "groups": groups}
    if dialect in PADDED:
        attributes["padding"] = padding
    rng = np.random.default_rng(3)
    return array(rng, *x), array(rng, *w), attributes
