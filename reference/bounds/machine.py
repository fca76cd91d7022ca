"""The machine a profile describes: which format each operation rounds to, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..contexts.numbers import Numbers, to_dyadic
from ..contexts.tape import Node, Place
from ..profile import Profile
from ..rounding import FORMATS, Dyadic, Format
from .reduction import (
    REDUCTIONS,
    ErrorOf,
    direct,
    is_exact,
    is_transformed,
    may_cancel,
    transformed,
)
from .rounding import Constants, Rounding

_HOST = FORMATS["float64"]
_ADDITIONS = ("add", "sub", "sum")


def _units(node: Node) -> int:
    """How many unit roundoffs an operation may be off: one in IEEE 754, more in real libraries.

    Roots of vector libraries stay below one unit in the last place, 2 u, and no better: 1.5 u was
    measured in torch's float32. So do powers of C libraries and of XLA; a running product
    beta * beta * ..., as many optimizers keep it, rounds once less than the exponent. To divide by
    an integer of the text, as means do, is often to multiply by its rounded reciprocal.
    """
    match node.operation:
        case "sqrt":
            return 2
        case "pow":
            return max(2, node.exponent - 1)
        case "div" if node.arguments[1].place is Place.CONSTANT:
            return 1 if _is_power_of_two(node.arguments[1]) else 2
    return 1


def _is_power_of_two(constant: Node) -> bool:
    man, _ = to_dyadic(constant.value)
    return man & (man - 1) == 0


class Machine:
    """A profile over one kind of numbers."""

    def __init__(self, profile: Profile, numbers: Numbers) -> None:
        self.profile = profile
        self.numbers = numbers
        formats = {profile.storage, profile.working, profile.step, _HOST}
        self._constants = {f.name: _constants(f, numbers) for f in formats}

    def constants(self, target: Format) -> Constants:
        """The constants of a format."""
        return self._constants[target.name]

    def target(self, node: Node) -> Format | None:
        """The format a node's result is rounded to; None if the operation does not round."""
        match node.operation:
            case "neg" | "max" | "input":
                return None
            case "store":
                return self.profile.storage if self.profile.stores else None
            case "return":
                stored = node.arguments[0].operation == "store" and self.profile.stores
                return self.profile.storage if self.profile.narrows and not stored else None
            case "cast":
                home, source = self._home(node.place), self._home(node.arguments[0].place)
                return home if home.precision < source.precision else None
        return self._home(node.place)

    def flushed(self, node: Node) -> Any:
        """The error of an input that may be flushed to zero on reading."""
        if not self.profile.flush or node.place is not Place.TENSOR:
            return 0
        size = abs(node.value)
        normal = self.constants(self.profile.working).smallest_normal
        return self.numbers.where(size < normal, size, 0)

    def largest(self, node: Node, target: Format | None) -> Any:
        """The largest finite number of the format where a node lives, its target if it rounds."""
        return self.constants(target or self._home(node.place)).largest

    def loses(self, node: Node, errors: Sequence[Any], overflow: Any) -> Any:
        """Whether a node that may overflow on the way may do so though its value is small."""
        if node.operation not in REDUCTIONS or not np.any(overflow):
            return False
        return overflow & may_cancel(node, errors, self.profile)

    def rounding(
        self,
        node: Node,
        target: Format | None,
        errors: Sequence[Any],
        inherited: Any,
        error_of: ErrorOf,
    ) -> Rounding:
        """What a node's own rounding to its target adds.

        `errors` are those of the arguments, `inherited` what they make of the result; `error_of`
        gives the error of any earlier node.
        """
        size = abs(node.value)
        if target is None:
            return Rounding(0, 0, size + inherited)
        exact = self._exact(node, errors, target)
        if exact is True:
            return Rounding(0, 0, size + inherited)
        constants = self.constants(target)
        if node.operation in REDUCTIONS:
            lost = self._lost(node, target, constants)
            if is_transformed(node, self.profile):
                return transformed(node, constants, lost, inherited, error_of)
            return direct(node, constants, lost, inherited, self.profile)
        units = constants.unit_roundoff * _units(node)
        local = units * size + self._underflow(node, constants, target, inherited)
        local = self.numbers.where(exact, 0, local)
        products = self.numbers.where(exact, 0, units * inherited)
        return Rounding(local, products, size + inherited + local + products)

    def _underflow(self, node: Node, constants: Constants, target: Format, inherited: Any) -> Any:
        lost = self._lost(node, target, constants)
        if lost == 0:
            return 0
        small = abs(node.value) - inherited < constants.smallest_normal
        return self.numbers.where(small, lost, 0)

    def _lost(self, node: Node, target: Format, constants: Constants) -> Any:
        """What an operation may lose if its result is subnormal."""
        if self.profile.flush and (node.place is Place.TENSOR or target is not _HOST):
            return constants.smallest_normal
        return 0 if node.operation in _ADDITIONS else constants.half_subnormal

    def _exact(self, node: Node, errors: Sequence[Any], target: Format) -> Any:
        """Whether an operation cannot round: an operand is exactly 0, or the result fits."""
        if node.operation in REDUCTIONS:
            return is_exact(node, errors, target, self.profile, self.numbers)

        def is_zero(i: int) -> Any:
            return (node.arguments[i].value == 0) & (errors[i] == 0)

        match node.operation:
            case "add" | "sub":
                joined = is_exact(node, errors, target, self.profile, self.numbers)
                return joined or is_zero(0) | is_zero(1)
            case "mul":
                return is_zero(0) | is_zero(1)
            case "cast":
                return (errors[0] == 0) & self._fits(node.value, target)
            case "store" if node.arguments[0].operation == "cast":
                return (errors[0] == 0) & self._fits(node.value, target)
            case "store" | "return" if node.span is not None and node.span.grain is not None:
                return (errors[0] == 0) & self._fits(node.value, target)
            case "pow" if node.exponent == 1:
                return True
        return is_zero(0)

    def _fits(self, value: Any, target: Format) -> bool:
        flushed = self.profile.flush and 0 < abs(value) < self.constants(target).smallest_normal
        return self.numbers.fits(value, target) and not flushed

    def _home(self, place: Place) -> Format:
        if place is Place.TENSOR:
            return self.profile.working
        return self.profile.step if place is Place.STEP else _HOST


def _constants(target: Format, numbers: Numbers) -> Constants:
    def number(dyadic: Dyadic) -> Any:
        return numbers.dyadic(*dyadic)

    man, exp = target.smallest_subnormal
    return Constants(
        unit_roundoff=number(target.unit_roundoff),
        half_subnormal=number((man, exp - 1)),
        smallest_normal=number(target.smallest_normal),
        largest=number(target.largest_finite),
    )
