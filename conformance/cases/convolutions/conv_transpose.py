"""Cases of transposed convolution: its geometry, put to every dialect, and its arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from goldenrule.reference.windows import crops

from ..case import Case
from .arithmetic import Arithmetic
from .inputs import INF, NAN, integers, numbers
from .questions import Geometry, Question, Rule

RULE = Rule(
    told={
        "adjoint": crops.adjoint,
        "unflipped": lambda *args, **kwargs: crops.adjoint(*args, **kwargs).flipped(),
    },
    others={"same": crops.same, "valid": crops.valid},
)


def at(
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    *padding: tuple[int, int],
    extra: tuple[int, ...],
    groups: int = 1,
) -> Geometry:
    """A geometry, cut if possible so that y has one size in all dialects but valid."""
    border = {"padding": padding, "output_padding": extra}
    return Geometry(stride, dilation, groups, border)


def plain(*padding: tuple[int, int]) -> Geometry:
    """A geometry with strides of 1."""
    one = (1,) * len(padding)
    return at(one, one, *padding, extra=(0,) * len(padding))


def _geometry() -> Iterator[Case]:
    """Where the kernel goes: every dialect, forward and backward."""
    for question in (
        Question(
            "strided",
            "two axes of unequal size, stride, dilation and padding; every weight another",
            ("axes", "dilation", "kernel-layout", "output-padding", "padding", "stride"),
            at((2, 3), (2, 1), (3, 1), (2, 1), extra=(1, 2)),
            numbers("strided/x", 1, 3, 3, 2),
            numbers("strided/w", 3, 2, 3, 4),
        ),
        Question(
            "one-axis",
            "three samples and a bias; an odd number of elements to cut off",
            ("batch", "bias", "output-padding", "padding", "same-padding"),
            at((3,), (1,), (3, 1), extra=(1,)),
            numbers("one/x", 3, 4, 2),
            numbers("one/w", 4, 2, 6),
            numbers("one/b", 2),
        ),
        Question(
            "groups",
            "two groups of channels, two inputs and three outputs each, and a bias",
            ("bias", "groups", "stride"),
            at((2,), (1,), (2, 1), extra=(0,), groups=2),
            numbers("groups/x", 1, 4, 3),
            numbers("groups/w", 4, 3, 5),
            numbers("groups/b", 6),
        ),
        Question(
            "uncut",
            "as much output padding as is cut off, so that y is as large as if nothing were",
            ("output-padding", "padding"),
            at((1,), (2,), (1, 0), extra=(1,)),
            numbers("uncut/x", 1, 2, 3),
            numbers("uncut/w", 2, 2, 2),
            dialects=("adjoint", "unflipped", "valid"),
        ),
    ):
        yield from RULE.forward(question)
        yield from RULE.backward(question, partial(numbers, f"{question.id}/dy"))
    small = Question(
        "small-integers",
        "small integers: the sums of their products are exact in every format",
        ("exact-integers", "kernel-layout", "padding"),
        at((1, 1), (1, 1), (1, 0), (2, 0), extra=(0, 0)),
        integers("small/x", 1, 2, 3, 2, most=3),
        integers("small/w", 2, 3, 2, 3, most=2),
    )
    yield from RULE.forward(small)
    yield from RULE.backward(small, partial(integers, "small/dy", most=2))


def _shapes() -> Iterator[Case]:
    """Shapes at which code goes wrong."""
    yield from RULE.forward(
        Question(
            "short-kernel",
            "a kernel shorter than the stride: where nothing reaches, y is the bias",
            ("bias", "kernel-size", "output-padding", "stride"),
            at((3,), (1,), (1, 0), extra=(2,)),
            numbers("short/x", 1, 2, 3),
            numbers("short/w", 2, 2, 2),
            numbers("short/b", 2),
        )
    )
    three = Question(
        "three-axes",
        "three axes, each with a size, stride, dilation and padding of its own",
        ("axes", "dilation", "output-padding", "padding", "stride"),
        at((1, 2, 3), (2, 1, 1), (1, 0), (0, 1), (1, 2), extra=(1, 0, 2)),
        numbers("three/x", 1, 2, 3, 1, 2),
        numbers("three/w", 2, 1, 2, 3, 2),
        dialects=("adjoint",),
    )
    yield from RULE.forward(three)
    yield from RULE.backward(three, partial(numbers, "three/dy"))
    for name, comment, x, padding in (
        ("empty-batch", "no sample: y is empty, and dw and db are 0", (0, 2, 3), (1, 0)),
        ("no-output", "all of y is cut off, and every gradient is 0", (1, 2, 2), (2, 1)),
    ):
        empty = Question(
            name,
            comment,
            ("empty",),
            plain(padding),
            numbers(f"{name}/x", *x),
            numbers(f"{name}/w", 2, 3, 2),
            dialects=("adjoint",),
        )
        yield from RULE.forward(empty)
        yield from RULE.backward(empty, partial(numbers, f"{name}/dy"))


def _special() -> Iterator[Case]:
    """NaN and infinities reach what they meet, and nothing else."""
    x = np.array([[[1, INF, 2, NAN, -1, -INF]]])
    w = np.array([[[2.0, -3.0], [0.0, 1.0]]])
    once = at((2,), (1,), (0, 0), extra=(0,))
    for dialects, y in (
        (("adjoint", "same", "valid"), ". . nan nan +inf -inf . . . . nan nan +inf +inf . ."),
        (("unflipped",), ". . nan nan -inf +inf . . . . nan nan +inf +inf . ."),
    ):
        yield from RULE.forward(
            Question(
                "not-finite",
                "NaN and an infinity in x, each reaching its own elements",
                ("special-values",),
                once,
                np.array([[[1 + 2.0**-20, NAN, INF, 2]]]),
                np.array([[[2.0, -3.0], [0.5, 1.0]]]),
                dialects=dialects,
                outcomes={"y": y},
            )
        )
    yield from RULE.forward(
        Question(
            "special",
            "NaN and infinities that each reach their own elements; an infinity times 0 is NaN",
            ("special-values",),
            once,
            x,
            w,
            dialects=("adjoint",),
            outcomes={
                "y": ". . +inf -inf . . nan nan . . -inf +inf . . nan +inf . . nan nan . . nan -inf"
            },
        )
    )
    yield from RULE.backward(
        Question(
            "special",
            "NaN and infinities in dy and x: they reach dw and db, and the dx that sent them",
            ("special-values",),
            once,
            np.array([[[1, INF, 2, -1]]]),
            w,
            dialects=("adjoint",),
            outcomes={"dx": ". . nan +inf", "dw": "+inf -inf +inf nan", "db": "+inf nan"},
        ),
        lambda *_: np.array([[[1, 2, 3, -1, INF, 1, -2, 2], [1, -1, 1, 3, 2, -INF, 1, INF]]]),
    )


CASES = (
    *_geometry(),
    *_shapes(),
    *_special(),
    *Arithmetic(RULE, "adjoint", plain, inputs_first=True).cases(),
)
