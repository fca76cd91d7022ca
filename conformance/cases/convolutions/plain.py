"""The questions of cross-correlation and convolution, whose arrays have places alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from goldenrule.reference.windows import overlaps

from ..case import Case, gradient, layer
from .inputs import INF, NAN, decades, integers, numbers, spike

WINDOWS = {"full": overlaps.full, "same": overlaps.same, "valid": overlaps.valid}


@dataclass(frozen=True)
class Question:
    """Two arrays; `dy` makes a gradient of some shape, and without there is no question of it."""

    id: str
    comment: str
    flags: Sequence[str]
    x: np.ndarray
    w: np.ndarray
    dy: Callable[..., np.ndarray] | None = None
    dialects: Sequence[str] = tuple(WINDOWS)
    outcomes: Mapping[str, str] = field(default_factory=dict)

    def cases(self) -> Iterator[Case]:
        """Forward, and backward for each shape of y."""
        given = {"x": self.x, "w": self.w}
        yield layer(
            self.id,
            self.comment,
            given=given,
            hyper={},
            flags=self.flags,
            outcomes=self.outcomes,
            dialects=self.dialects,
        )
        if self.dy is None:
            return
        for dialect in self.dialects:
            _, _, *shape = WINDOWS[dialect](self.x, self.w).shapes[0]
            yield gradient(
                f"gradient-{self.id}",
                self.comment,
                given={"dy": self.dy(*shape)} | given,
                hyper={},
                flags=self.flags,
                dialects=(dialect,),
            )


def cases(y: str, dx: str, dw: str, met: str, sent: str) -> tuple[Case, ...]:
    """Every question; the tables of special outcomes are the rule's own.

    `met` is what an infinity in x makes of y, `sent` what one at the start of dy makes of dx.
    """
    asked = (*_geometry(), *_arithmetic(), *_tiny())
    return (
        *(case for question in asked for case in question.cases()),
        *_special(y, {"dx": dx, "dw": dw}),
        *_border(met, sent),
    )


def _geometry() -> Iterator[Question]:
    """Where the kernel goes."""
    for id, comment, x, w in (
        ("even-kernel", "a kernel of even size, so that `same` keeps more at one end", (7,), (4,)),
        ("as-long", "arrays of one size", (3,), (3,)),
        ("two-axes", "two axes of unequal sizes", (4, 5), (2, 3)),
        ("three-axes", "three axes of unequal sizes", (3, 4, 2), (2, 3, 1)),
    ):
        x, w = numbers(f"{id}/x", *x), numbers(f"{id}/w", *w)
        flags = ("axes", "kernel-layout", "same-padding")
        yield Question(id, comment, flags, x, w, partial(numbers, f"{id}/dy"))
    one = numbers("single/x", 4), numbers("single/w", 1)
    yield Question("single", "a kernel of one element", ("kernel-size",), *one)
    yield Question(
        "small-integers",
        "small integers: the sums of their products are exact in every format",
        ("exact-integers", "kernel-layout"),
        integers("small/x", 4, 3, most=3),
        integers("small/w", 2, 3, most=3),
        partial(integers, "small/dy", most=3),
    )


def _arithmetic() -> Iterator[Question]:
    """How the sums are computed, which is one for all dialects but for the format."""
    ask = partial(Question, dialects=("full",))
    for bits in (24, 53):
        name = f"precise-{bits}"
        make = partial(partial, numbers, bits=bits)
        x, w = make(f"{name}/x")(6), make(f"{name}/w")(3)
        comment = f"inputs with all of {bits} bits"
        yield Question(name, comment, ("full-precision",), x, w, make(f"{name}/dy"))
    yield ask(
        "large-integers",
        "integers whose sums of products need up to 24 bits, and no more",
        ("exact-integers", "full-precision"),
        2.0**20 * integers("large-integers/x", 6, most=1023),
        integers("large-integers/w", 4, most=1023),
    )
    large = numbers("cancelling/x", 4, bits=10, octaves=2)
    rest = numbers("cancelling/rest", 8, bits=6, octaves=1, exponent=-9)
    yield ask(
        "cancelling",
        "neighbours that cancel each other but for their last bits",
        ("cancellation",),
        np.stack([large, -large], axis=1).ravel() + rest,
        np.repeat(numbers("cancelling/w", 2, bits=24), 2),
    )
    yield ask(
        "decades",
        "elements of sums that differ by many decades",
        ("extremes", "full-precision"),
        decades("decades/x", 6),
        decades("decades/w", 4),
        partial(decades, "decades/dy"),
    )
    yield ask(
        "long-sums",
        "long sums of positive numbers, which need more bits than their terms",
        ("accumulation",),
        abs(numbers("long/x", 5, 6)),
        abs(numbers("long/w", 4, 5)),
        lambda *shape: abs(numbers("long/dy", *shape)),
    )
    yield ask(
        "outlier",
        "one huge element of x reaches the elements of y under the kernel, and no others",
        ("fast-convolution",),
        spike("outlier/x", 16, at=(5,), to=2.0**40),
        numbers("outlier/w", 3, bits=24),
        partial(spike, "outlier/dy", at=(9,), to=2.0**40),
    )


def _tiny() -> Iterator[Question]:
    """Products and sums below the normal numbers of each format, and above the largest."""
    yield Question(
        "range",
        "products of which some overflow in float32",
        ("range",),
        numbers("range/x", 6, octaves=12, exponent=70),
        numbers("range/w", 2, exponent=66),
        dialects=("full",),
    )
    for name, bits, x, w in (
        ("float16", 8, -8, -7),
        ("float32", 24, -74, -62),
        ("float64", 53, -520, -512),
    ):
        make = partial(numbers, bits=bits, octaves=2)
        yield Question(
            f"subnormal-{name}",
            f"products and sums that are subnormal numbers of {name}",
            ("subnormal",),
            make(f"tiny/{name}/x", 5, exponent=x),
            make(f"tiny/{name}/w", 2, exponent=w),
            dialects=("full",),
        )


def _special(y: str, gradients: Mapping[str, str]) -> Iterator[Case]:
    """NaN and infinities reach what they meet, and nothing else."""
    comment = "NaN, infinities and zeros reach what they meet; an infinity times 0 is NaN"
    yield layer(
        "special",
        comment,
        given={"x": [1, INF, 0, 2, 3, -INF, 1, -1, NAN, 2, 1], "w": [2.0, 0.0, -1.0]},
        hyper={},
        flags=("special-values",),
        outcomes={"y": y},
        dialects=("valid",),
    )
    yield gradient(
        "gradient-special",
        comment,
        given={"dy": [1, INF, 2], "x": [3, 1, -2, 1], "w": [2.0, -1.0]},
        hyper={},
        flags=("special-values",),
        outcomes=gradients,
        dialects=("valid",),
    )


def _border(met: str, sent: str) -> Iterator[Case]:
    """The same where the kernel reaches over the ends."""
    comment = "NaN and an infinity near the ends, over which the kernel reaches"
    for dialect, last in (("full", " ."), ("same", "")):
        yield layer(
            "special-border",
            comment,
            given={"x": [1, INF, 2, 3, NAN, -1], "w": [2.0, -1.0]},
            hyper={},
            flags=("same-padding", "special-values"),
            outcomes={"y": f". {met} . nan nan{last}"},
            dialects=(dialect,),
        )
        yield gradient(
            "gradient-special-border",
            comment,
            given={
                "dy": [INF, 1, 2, NAN, 1] if last else [INF, 1, 2, NAN],
                "x": [3, 1, -2, 1],
                "w": [2.0, -1.0],
            },
            hyper={},
            flags=("same-padding", "special-values"),
            outcomes={"dx": f"{sent} . nan nan", "dw": "nan nan"},
            dialects=(dialect,),
        )
