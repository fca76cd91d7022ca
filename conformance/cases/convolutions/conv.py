"""Cases of convolution: its geometry, put to every dialect, and its arithmetic, to the first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from goldenrule.reference.windows import borders

from ..case import Case
from .arithmetic import Arithmetic
from .inputs import integers, numbers
from .questions import Geometry, Question, Rule
from .specials import specials

RULE = Rule(
    told={
        "zeros": borders.zeros,
        "reflect": borders.reflect,
        "replicate": borders.replicate,
        "circular": borders.circular,
    },
    others={
        "valid": borders.valid,
        "same_upper": borders.same_upper,
        "same_lower": borders.same_lower,
        "causal": borders.causal,
    },
)


def at(stride: tuple[int, ...], dilation: tuple[int, ...], *padding: tuple[int, int], groups=1):
    """A geometry, padded if possible so that y has one size in all dialects but valid."""
    return Geometry(stride, dilation, groups, {"padding": padding})


def plain(*padding: tuple[int, int]) -> Geometry:
    """A geometry with strides of 1."""
    one = (1,) * len(padding)
    return at(one, one, *padding)


def _geometry() -> Iterator[Case]:
    """Where the kernel goes: every dialect, forward and backward."""
    strided = Question(
        "strided",
        "two axes of unequal size, stride, dilation and padding; kernels unequal in every element",
        ("axes", "dilation", "kernel-layout", "padding", "same-padding", "stride"),
        at((3, 2), (2, 3), (3, 0), (5, 1)),
        numbers("strided/x", 1, 1, 8, 9),
        numbers("strided/w", 3, 1, 2, 3),
    )
    yield from RULE.forward(strided)
    yield from RULE.backward(strided, partial(numbers, "strided/dy"))
    one = Question(
        "one-axis",
        "a kernel of even size, so that one end must be padded more; three samples and a bias",
        ("batch", "bias", "padding", "same-padding"),
        at((3,), (1,), (0, 3)),
        numbers("one/x", 3, 2, 7),
        numbers("one/w", 3, 2, 4),
        numbers("one/b", 3),
    )
    yield from RULE.forward(one)
    yield from RULE.backward(one, partial(numbers, "one/dy"))
    groups = Question(
        "groups",
        "two groups of channels, two inputs and three outputs each, and a bias",
        ("bias", "groups", "stride"),
        at((2,), (1,), (1, 1), groups=2),
        numbers("groups/x", 1, 4, 6),
        numbers("groups/w", 6, 2, 3),
        numbers("groups/b", 6),
    )
    yield from RULE.forward(groups)
    yield from RULE.backward(groups, partial(numbers, "groups/dy"))
    yield from RULE.forward(
        Question(
            "exchangeable",
            "whatever of the two axes is exchanged, y keeps its size",
            ("axes", "dilation", "kernel-layout", "padding", "same-padding", "stride"),
            at((4, 5), (3, 2), (2, 0), (0, 1)),
            numbers("exchangeable/x", 1, 1, 7, 8),
            numbers("exchangeable/w", 2, 1, 2, 2),
        )
    )
    left_over = Question(
        "left-over",
        "a stride that leaves an element over, which padding at the start uses",
        ("padding", "stride"),
        at((2,), (1,), (1, 0)),
        numbers("left/x", 1, 2, 7),
        numbers("left/w", 2, 2, 3),
        dialects=("valid", *RULE.told),
    )
    yield from RULE.forward(left_over)
    yield from RULE.backward(left_over, partial(numbers, "left/dy"))


def _shapes() -> Iterator[Case]:
    """Shapes at which code goes wrong."""
    three = Question(
        "three-axes",
        "three axes, each with a size, stride, dilation and padding of its own",
        ("axes", "dilation", "padding", "stride"),
        at((1, 2, 3), (2, 1, 1), (1, 0), (0, 1), (1, 2)),
        numbers("three/x", 1, 2, 3, 2, 4),
        numbers("three/w", 3, 2, 2, 1, 3),
        dialects=("zeros",),
    )
    yield from RULE.forward(three)
    yield from RULE.backward(three, partial(numbers, "three/dy"))
    depthwise = Question(
        "depthwise",
        "a group to each channel, and two outputs to each group",
        ("groups", "stride"),
        at((2,), (1,), (1, 0), groups=3),
        numbers("depthwise/x", 1, 3, 5),
        numbers("depthwise/w", 6, 1, 3),
        dialects=("zeros", "same_upper", "causal"),
    )
    yield from RULE.forward(depthwise)
    yield from RULE.backward(depthwise, partial(numbers, "depthwise/dy"))
    yield from RULE.forward(
        Question(
            "pointwise",
            "a kernel of one element with strides: most of x is never read",
            ("kernel-size", "stride"),
            at((1, 2), (1, 1), (0, 0), (0, 0)),
            numbers("pointwise/x", 1, 3, 2, 5),
            numbers("pointwise/w", 2, 3, 1, 1),
            dialects=("zeros",),
        )
    )
    yield from RULE.forward(
        Question(
            "large-kernel",
            "a kernel larger than x, which fits into the padding alone; without it y is empty",
            ("empty", "kernel-size", "padding"),
            at((1,), (1,), (2, 1)),
            numbers("large/x", 1, 2, 3),
            numbers("large/w", 2, 2, 5),
        )
    )
    wide = Question(
        "wide-padding",
        "padding wider than the kernel: where the kernel meets zeros alone, y is the bias",
        ("bias", "padding"),
        at((1,), (1,), (4, 3)),
        numbers("wide/x", 1, 1, 3),
        numbers("wide/w", 2, 1, 2),
        numbers("wide/b", 2),
        dialects=("zeros", "replicate"),
    )
    yield from RULE.forward(wide)
    yield from RULE.backward(wide, partial(numbers, "wide/dy"))
    for name, comment, x, w in (
        ("empty-batch", "no sample: y is empty, and dw and db are 0", (0, 2, 4), (3, 2, 3)),
        ("no-output", "a kernel that does not fit: y is empty, and every gradient is 0",
         (1, 2, 3), (1, 2, 7)),
    ):  # fmt: skip
        empty = Question(
            name,
            comment,
            ("empty",),
            at((2,), (1,), (1, 2)),
            numbers(f"{name}/x", *x),
            numbers(f"{name}/w", *w),
            dialects=("zeros", "valid"),
        )
        yield from RULE.forward(empty)
        yield from RULE.backward(empty, partial(numbers, f"{name}/dy"))


def _exact() -> Iterator[Case]:
    """Integers so small that no sum rounds, in any format."""
    small = Question(
        "small-integers",
        "small integers: the sums of their products are exact in every format",
        ("exact-integers", "kernel-layout", "padding"),
        at((1, 1), (1, 1), (0, 2), (1, 0)),
        integers("small/x", 1, 2, 3, 4, most=3),
        integers("small/w", 3, 2, 3, 2, most=2),
    )
    yield from RULE.forward(small)
    yield from RULE.backward(small, partial(integers, "small/dy", most=2))


CASES = (
    *_geometry(),
    *_shapes(),
    *_exact(),
    *specials(RULE, at),
    *Arithmetic(RULE, "zeros", plain).cases(),
)
