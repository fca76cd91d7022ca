"""How a convolution computes: questions about sums, which no two dialects take differently.

They are put to the one dialect of a rule that is told its border, but for those with all bits:
a dialect that is computed in a narrower format shows there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from ..case import Case
from .inputs import cancelling, decades, integers, numbers, spike
from .questions import Geometry, Question, Rule

Make = Callable[..., np.ndarray]
HUGE = 2.0**40


@dataclass(frozen=True)
class Arithmetic:
    """A dialect, how its border is said, and whether its kernels have their inputs first."""

    rule: Rule
    dialect: str
    padded: Callable[..., Geometry]
    inputs_first: bool = False

    def cases(self) -> Iterator[Case]:
        """Every question, backward where that is another one."""
        for question, dy in (*self._bits(), *self._tiny()):
            yield from self.rule.forward(question)
            if dy is not None:
                yield from self.rule.backward(question, dy)
        for question in self._fast():
            yield from self.rule.forward(question)
        yield from self._gradients()

    def _gradients(self) -> Iterator[Case]:
        """Questions about the sums of gradients alone."""
        many = Question(
            "long-sums",
            "long sums of positive numbers, which need more bits than their terms",
            ("accumulation", "batch"),
            self.padded((1, 1), (2, 1)),
            abs(numbers("long/gradient/x", 2, 1, 5, 4)),
            abs(self._kernel(partial(numbers, "long/gradient/w"), 1, 1, 2, 3)),
            dialects=(self.dialect,),
        )
        yield from self.rule.backward(many, lambda *shape: abs(numbers("long/dy", *shape)))
        far = Question(
            "outlier",
            "one huge element of dy reaches the elements of dx under the kernel, and no others",
            ("fast-convolution",),
            self.padded((1, 1), (1, 1)),
            numbers("outlier/gradient/x", 1, 1, 6, 7, bits=24),
            self._kernel(partial(numbers, "outlier/gradient/w", bits=24), 1, 1, 3, 3),
            dialects=(self.dialect,),
        )
        yield from self.rule.backward(far, partial(spike, "outlier/dy", at=(0, 0, 4, 1), to=HUGE))

    def _bits(self) -> Iterator[tuple[Question, Make | None]]:
        """Sums that need many bits, or must not lose any."""
        yield (
            self._line(
                "large-integers",
                "integers whose sums of products need up to 24 bits, and no more",
                ("exact-integers", "full-precision"),
                2.0**20 * integers("large-integers/x", 1, 2, 6, most=1023),
                self._kernel(partial(integers, "large-integers/w", most=1023), 2, 2, 3),
            ),
            None,
        )
        once = self._kernel(partial(numbers, "cancelling/w", bits=24), 2, 1, 3)
        yield (
            self._line(
                "cancelling",
                "two channels that cancel each other but for their last bits",
                ("cancellation",),
                cancelling("cancelling/x", 1, 2, 6),
                np.concatenate([once, once], axis=0 if self.inputs_first else 1),
            ),
            None,
        )
        yield (
            self._line(
                "decades",
                "elements of sums that differ by many decades",
                ("extremes", "full-precision"),
                decades("decades/x", 1, 2, 6),
                self._kernel(partial(decades, "decades/w"), 2, 2, 3),
            ),
            partial(decades, "decades/dy"),
        )
        for bits in (24, 53):
            name = f"precise-{bits}"
            yield (
                self._line(
                    name,
                    f"inputs with all of {bits} bits",
                    ("full-precision",),
                    numbers(f"{name}/x", 1, 2, 5, bits=bits),
                    self._kernel(partial(numbers, f"{name}/w", bits=bits), 3, 2, 3),
                    numbers(f"{name}/b", 3, bits=bits),
                    everywhere=True,
                ),
                partial(numbers, f"{name}/dy", bits=bits),
            )
        yield (
            Question(
                "long-sums",
                "long sums of positive numbers, which need more bits than their terms",
                ("accumulation",),
                self.padded((1, 1), (2, 1)),
                abs(numbers("long/x", 1, 4, 3, 4)),
                abs(self._kernel(partial(numbers, "long/w"), 2, 4, 3, 4)),
                dialects=(self.dialect,),
            ),
            None,
        )

    def _tiny(self) -> Iterator[tuple[Question, Make | None]]:
        """Products and inputs below the normal numbers of each format, and above the largest."""
        yield (
            self._line(
                "range",
                "products of which some overflow in float32",
                ("range",),
                numbers("range/x", 1, 1, 6, octaves=12, exponent=70),
                self._kernel(partial(numbers, "range/w", exponent=66), 1, 1, 2),
            ),
            None,
        )
        for name, bits, x, w in (
            ("float16", 8, -8, -7),
            ("float32", 24, -74, -62),
            ("float64", 53, -520, -512),
        ):
            yield (
                self._line(
                    f"subnormal-{name}",
                    f"products and sums that are subnormal numbers of {name}",
                    ("subnormal",),
                    numbers(f"tiny/{name}/x", 1, 1, 5, bits=bits, octaves=2, exponent=x),
                    self._kernel(
                        partial(numbers, f"tiny/{name}/w", bits=bits, octaves=2, exponent=w),
                        1,
                        1,
                        2,
                    ),
                ),
                None,
            )
        yield (
            self._line(
                "subnormal-inputs",
                "elements of x and dy that are subnormal numbers of float32",
                ("subnormal",),
                numbers("tiny/x", 1, 1, 5, bits=8, octaves=3, exponent=-130),
                self._kernel(partial(numbers, "tiny/w", exponent=4), 1, 1, 2),
            ),
            partial(numbers, "tiny/dy", bits=8, octaves=3, exponent=-130),
        )

    def _fast(self) -> Iterator[Question]:
        """Images large enough for Winograd's algorithm and for a Fourier transform."""
        for size, padding, image in ((3, (1, 1), (8, 9)), (5, (2, 2), (6, 7))):
            yield Question(
                f"outlier-{size}x{size}",
                "one huge element of x reaches the elements of y under the kernel, and no others",
                ("fast-convolution",),
                self.padded(padding, padding),
                spike(f"outlier/{size}/x", 1, 1, *image, at=(0, 0, 2, 4), to=HUGE),
                self._kernel(partial(numbers, f"outlier/{size}/w", bits=24), 1, 1, size, size),
                dialects=(self.dialect,),
            )

    def _line(
        self,
        id: str,
        comment: str,
        flags: tuple[str, ...],
        x: np.ndarray,
        w: np.ndarray,
        b: np.ndarray | None = None,
        *,
        everywhere: bool = False,
    ) -> Question:
        """A question on one axis, put to the one dialect or everywhere."""
        dialects = () if everywhere else (self.dialect,)
        return Question(id, comment, flags, self.padded((1, 0)), x, w, b, dialects)

    def _kernel(self, make: Make, outputs: int, inputs: int, *sizes: int) -> np.ndarray:
        pair = (inputs, outputs) if self.inputs_first else (outputs, inputs)
        return make(*pair, *sizes)
