"""What rounding does to a sum or a dot product, in any order of summation, fused or not.

For every number of terms and every order, with u the unit roundoff and without underflow,

    |fl(sum x_i) - sum x_i| <= (n - 1) u sum |x_i|,   |fl(x'y) - x'y| <= n u sum |x_i| |y_i|

(C.-P. Jeannerod and S. M. Rump, Improved error bounds for inner products in floating-point
arithmetic, SIAM J. Matrix Anal. Appl. 34 (2013), 338-344). Where every term is a multiple of 2^q
and the magnitudes add up to at most 2^(p+q), p the precision, and to no more than the largest
number, every partial sum is a number of the format: nothing rounds, and direct implementations
agree to the last bit.

All of this is without overflow. Where every term has one sign, partial sums are no larger than the
sum, and overflow if it does. Otherwise one may overflow while the sum itself is small.

A transformed algorithm (Winograd's, FFT) mixes other numbers in, so that its error depends on the
largest of them: 100 u max|z| sum |y_i| covers those that are in use. TF32 keeps 11 bits of each
factor, and may cut the others off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from operator import and_
from typing import Any

import numpy as np

from ..contexts.numbers import Numbers
from ..contexts.tape import Node, Place
from ..profile import Profile
from ..rounding import Format
from .inherit import product_error
from .rounding import Constants, Rounding

ErrorOf = Callable[[Node], Any]
REDUCTIONS = ("sum", "dot")

_TRANSFORMED = 100
_TF32 = Format("tf32", 19, 11)
_CUT = 2.0**-10  # the relative error of a factor cut off to 11 bits
_FACTORS_CUT = 2 * _CUT + _CUT**2


def is_exact(
    node: Node, errors: Sequence[Any], target: Format, profile: Profile, numbers: Numbers
) -> bool:
    """Whether no direct implementation rounds: the terms are small multiples of one number.

    For sums and dot products, and for what is added to one: that may come first or last.
    """
    span = node.span
    _, smallest = target.smallest_normal if profile.flush else target.smallest_subnormal
    if span is None or span.grain is None or span.grain < smallest or any(errors):
        return False
    if is_transformed(node, profile):
        return False
    if _cuts(node, profile) and not all(numbers.fits(x.value, _TF32) for x in node.arguments):
        return False
    sizes = (1, target.precision + span.grain), target.largest_finite
    return all(span.size <= numbers.dyadic(*size) for size in sizes)


def is_transformed(node: Node, profile: Profile) -> bool:
    """Whether a profile lets a transformed algorithm compute a dot product."""
    return node.among is not None and "winograd" in profile.modifiers


def may_cancel(node: Node, errors: Sequence[Any], profile: Profile) -> Any:
    """Whether partial sums may be larger than the sum, given the errors of the arguments."""
    if is_transformed(node, profile):
        return True
    terms = list(_terms(node, errors))
    rising = reduce(and_, (x >= e for x, e in terms))
    falling = reduce(and_, (-x >= e for x, e in terms))
    return np.logical_not(rising | falling)


def direct(
    node: Node, constants: Constants, lost: Any, inherited: Any, profile: Profile
) -> Rounding:
    """The rounding of a sum, or of a dot product that is computed directly.

    `lost` is what an underflow may lose, `inherited` the errors that the arguments pass on, so
    that what is really added has the magnitude of both together.
    """
    assert node.span is not None
    size = node.span.size
    is_dot = node.operation == "dot"
    count = _products(node) if is_dot else len(node.arguments) - 1
    relative = constants.unit_roundoff * count
    if _cuts(node, profile):
        relative = _FACTORS_CUT + relative * (1 + _FACTORS_CUT)
    local = relative * size + lost * (2 * count if is_dot else count)
    products = relative * inherited
    return Rounding(local, products, size + inherited + local + products)


def transformed(
    node: Node, constants: Constants, lost: Any, inherited: Any, error_of: ErrorOf
) -> Rounding:
    """The rounding of a dot product that a transformed algorithm may compute.

    What is not among the numbers it mixes, as a bias that the sum starts from, is added directly.
    """
    among = node.among
    assert among is not None
    count = len(node.arguments) // 2
    pairs = list(zip(node.arguments[:count], node.arguments[count:], strict=True))
    mixed = {*among.nodes}
    weights = [b for a, b in pairs if a in mixed or _is_zero(a)]  # the kernel, border or not
    weight = sum(abs(b.value) for b in weights)
    peak_error = max((error_of(x) for x in among.nodes), default=0)
    weight_error = sum(error_of(b) for b in weights)
    size = among.peak * weight + sum(abs(a.value * b.value) for a, b in pairs if a not in mixed)
    full = size + peak_error * weight + (among.peak + peak_error) * weight_error + inherited
    units = max(_TRANSFORMED, count)
    relative = constants.unit_roundoff * units
    underflows = units * lost * (count * (1 + among.peak) + weight)
    local = relative * size + underflows
    return Rounding(local, relative * (full - size), units * full)


def _terms(node: Node, errors: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """What is added up, and by how much it may be off; a square keeps its sign."""
    if node.operation == "sum":
        yield from ((x.value, e) for x, e in zip(node.arguments, errors, strict=True))
        return
    half = len(errors) // 2
    factors = node.arguments[:half], node.arguments[half:], errors[:half], errors[half:]
    for a, b, e, f in zip(*factors, strict=True):
        yield a.value * b.value, 0 if a is b else product_error(a, b, e, f)


def _products(node: Node) -> int:
    """Count the products of a dot, apart from those with the zeros outside an image."""
    half = len(node.arguments) // 2
    pairs = zip(node.arguments[:half], node.arguments[half:], strict=True)
    return sum(not (_is_zero(a) or _is_zero(b)) for a, b in pairs)


def _is_zero(node: Node) -> bool:
    """Whether a factor is the constant 0, not a number that happens to be 0."""
    return node.place is Place.CONSTANT and node.value == 0


def _cuts(node: Node, profile: Profile) -> bool:
    return node.among is not None and "tf32" in profile.modifiers
