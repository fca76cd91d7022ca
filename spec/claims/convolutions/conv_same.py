r"""Claim 38: when padding that divides the length by the stride is symmetric.

With a window of length $W = \delta (K-1) + 1$ and M outputs, $r = L - \sigma (M - 1)$ elements of x
are left for the last window, $1 \le r \le \sigma$.
"""

from collections.abc import Iterator
from itertools import product

from sympy import Expr, Integer, Symbol, floor, symbols

from ...claim import Claim
from ...convolutions.conv import same_lower, same_upper, zeros
from ...proofs.evidence import Counted
from ...proofs.fact import Equal, Fact, Holds
from ...tensors.symbols import K, L, dilation, stride
from ..convolving import array, run, step

M, r = symbols("M r", integer=True, positive=True)
e, h, n = symbols("e h n", integer=True, nonnegative=True)
W = Symbol("W", integer=True, positive=True)
FORMULA = step(same_upper, "total").doit()
WINDOW = dilation * (K - 1) + 1
LEFT = {L: stride * (M - 1) + r}
exceptions = Symbol("exceptions")
SMALL_SIZES = "L <= 5, K, stride, dilation <= 3"
Sizes = tuple[int, int, int, int]


def padding(length: int, size: int, by: int, apart: int) -> int:
    """Give the padding at both ends together, by the rule's formula."""
    return int(FORMULA.subs({L: length, K: size, stride: by, dilation: apart}))


def agree(length: int, size: int, by: int, apart: int) -> bool:
    """Tell whether W is at most r, or differs from it by an even number."""
    window, left = apart * (size - 1) + 1, (length - 1) % by + 1
    return window <= left or (window - left) % 2 == 0


def sizes(longest: int, largest: int) -> Iterator[Sizes]:
    """Give L, K, stride and dilation."""
    yield from product(range(1, longest + 1), *(range(1, largest + 1),) * 3)


def formula_exceptions() -> Expr:
    """Count sizes at which the condition and an even padding do not go together."""
    return Integer(sum((padding(*at) % 2 == 0) != agree(*at) for at in sizes(12, 6)))


def symmetric(length: int, size: int, by: int, apart: int) -> list[int] | None:
    """List the symmetric paddings that compute the same for all x and w; None if y is always 0."""
    x, w = array("x", 1, 1, length), array("w", 1, 1, size)
    chosen = {"stride": (by,), "dilation": (apart,)}
    y = run(same_upper, x, w, **chosen).tolist()
    if not any(y[0][0]):
        return None
    tried = range(apart * (size - 1) + 1)
    return [p for p in tried if run(zeros, x, w, padding=((p, p),), **chosen).tolist() == y]


def rule_exceptions() -> Expr:
    """Count sizes at which anything but half of an even padding computes the same."""
    wrong = 0
    for at in sizes(5, 3):
        found = symmetric(*at)
        wrong += found not in (None, [padding(*at) // 2] if agree(*at) else [])
    return Integer(wrong)


def lower_exceptions() -> Expr:
    """Count sizes at which same_lower computes the same as same_upper with an odd padding."""
    wrong = 0
    for at in sizes(5, 3):
        x, w = array("x", 1, 1, at[0]), array("w", 1, 1, at[1])
        chosen = {"stride": (at[2],), "dilation": (at[3],)}
        lower, upper = (run(rule, x, w, **chosen).tolist() for rule in (same_lower, same_upper))
        wrong += any(upper[0][0]) and (lower == upper) != agree(*at)
    return Integer(wrong)


def example(why: str, length: int, size: int, by: int, value: int) -> Equal:
    """Give the padding of one problem."""
    given = {L: length, K: size, stride: by, dilation: 1}
    return Equal(why, FORMULA, value, given=given)


COUNTS: tuple[Fact, ...] = (
    Holds(
        r"with $r$ from 1 to $\sigma$ there are $M = \lceil L / \sigma \rceil$ outputs, as",
        stride * (M - 1),
        "<",
        L,
        given=LEFT,
    ),
    Holds(
        "and, where $e$ is what $r$ lacks of the stride",
        L,
        "<=",
        stride * M,
        given={L: (r + e) * (M - 1) + r, stride: r + e},
    ),
    Equal(
        "the formula, before the maximum with 0, is $W - r$",
        stride * (M - 1) + WINDOW - L,
        WINDOW - r,
        given=LEFT,
    ),
    Equal("an even total is halved", n - 2 * floor(n / 2), 0, given={n: 2 * h}),
    Equal("an odd one is not", n - 2 * floor(n / 2), 1, given={n: 2 * h + 1}),
    Holds(
        "windows start at the same places only with the same padding before x; where the total is "
        "$2h + 1$ that is $h$, and the last window ends beyond $h$ more after x: an output is lost",
        stride * (M - 1) + W,
        ">",
        L + 2 * h,
        given={W: r + 2 * h + 1, **LEFT},
    ),
    Holds(
        r"where $W \le r$ nothing is padded, and M windows fit, but no more",
        stride * M + W,
        ">",
        L,
        given={L: (r + e) * (M - 1) + r, stride: r + e},
    ),
)

SAME = Claim(
    38,
    "same-is-symmetric",
    r"Let $W = \delta (K-1) + 1$ and $r = L - \sigma (\lceil L / \sigma \rceil - 1)$. The padding "
    r"of same_upper is $\max(W - r, 0)$ in all. It is the same at both ends if and only if that is "
    r"even, so if $W \le r$ or $W - r$ is even; and then same_lower is the same dialect.",
    COUNTS,
)

SMALL = Claim(
    38,
    "same-counted",
    "A symmetric padding computes what same_upper does, for all $x$ and $w$, if and only if the "
    "padding of same_upper is even in all; it is half of that at each end, and same_lower computes "
    "the same just then, too. Left out are sizes at which $y$ is always 0, as the dilated kernel "
    "passes over $x$.",
    (
        Counted(
            "sizes at which the condition on $W$ and $r$ and the formula of the rule disagree",
            exceptions,
            formula_exceptions,
            Integer(0),
            limits="L <= 12, K, stride, dilation <= 6",
        ),
        Counted(
            "sizes at which the rule itself differs, tried with all symmetric paddings below $W$",
            exceptions,
            rule_exceptions,
            Integer(0),
            limits=SMALL_SIZES,
        ),
        Counted(
            "sizes at which same_lower computes the same although the padding is odd, or the "
            "reverse",
            exceptions,
            lower_exceptions,
            Integer(0),
            limits=SMALL_SIZES,
        ),
    ),
)

CASES = Claim(
    38,
    "same-is-symmetric-examples",
    r"With stride 1 the padding of same_upper is the same at both ends if and only if $\delta (K "
    "- 1)$ is even, so for every kernel of odd length. With stride 2 it is for $L = 5$, $K = 3$ "
    "and for $L = 6$, $K = 4$; not for $L = 6$, $K = 3$.",
    (
        Equal(
            r"with stride 1, $r = 1$ and the padding is $\delta (K - 1)$: twice a whole number if "
            "$K = 2h + 1$",
            WINDOW - r,
            2 * (dilation * h),
            given={r: 1, K: 2 * h + 1},
        ),
        example("1 at each end", 5, 3, 2, 2),
        example("1 at each end", 6, 4, 2, 2),
        example("one at the end only", 6, 3, 2, 1),
    ),
)

CLAIMS = (SAME, SMALL, CASES)
