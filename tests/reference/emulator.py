"""A machine that computes as a profile says, over NumPy arrays: the bounds must hold for it.

Every operation is rounded to nearest in the format of its place, as hardware does; subnormals are
flushed and half types stored where the profile says so. Sums are made in a chosen order.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

import numpy as np

from goldenrule.reference.contexts.context import Context, Values, each, entries
from goldenrule.reference.contexts.operand import Operand
from goldenrule.reference.profile import Profile

CONSTANT, SCALAR, STEP, TENSOR = range(4)
_OPERATIONS = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide}


class Float(Operand):
    """A value and the place it lives in."""

    def __init__(self, machine: "Emulator", value: Any, place: int) -> None:
        self.machine, self.value, self.place = machine, value, place

    def operate(self, name: str, left: Any, right: Any) -> "Float":
        if name == "div" and isinstance(right, int) and self.machine.fused:
            return left * self.machine.reciprocal(right, self.place)
        return self.machine.compute(_OPERATIONS[name], left, right)

    def __neg__(self) -> "Float":
        return Float(self.machine, -self.value, self.place)

    def __pow__(self, exponent: int) -> "Float":
        place = TENSOR if self.place == TENSOR else STEP
        base = self.machine.at(self, place)
        power = np.float64(base) ** exponent  # rounded once more: less than one ulp off
        return Float(self.machine, self.machine.rounded(power, place), place)


def sequential(terms: Sequence[Any]) -> Any:
    """Add from the first to the last."""
    return reduce(add, terms)


class Emulator(Context):
    """A profile's machine.

    `total` adds up the terms of a sum, which are never none. A `fused` machine rounds a product
    together with the sum it is added to, and divides by integers by means of their reciprocals.
    """

    def __init__(
        self,
        profile: Profile,
        total: Callable[[Sequence[Any]], Any] = sequential,
        fused: bool = False,
    ) -> None:
        self.profile, self.total, self.fused = profile, total, fused
        self.native = profile.is_half and not profile.narrows
        working = "float32" if self.native else profile.working.name
        self.working, self.step = np.dtype(working), np.dtype(profile.step.name)

    def tensor(self, value: Any) -> Float:
        return Float(self, self.rounded(value, TENSOR), TENSOR)

    def scalar(self, value: float) -> Float:
        return Float(self, np.float64(value), SCALAR)

    def sqrt(self, x: Any) -> Any:
        return each(lambda a: self.compute(np.sqrt, a), x)

    def max(self, x: Any, y: Any) -> Any:
        return each(lambda a, b: self.compute(np.maximum, a, b), x, y)

    def fsum(self, xs: Values) -> Any:
        return self.total(entries(xs)) if len(xs) else self.tensor(0.0)

    def fdot(self, xs: Values, ys: Values, among: Values | None = None) -> Any:
        pairs = list(zip(entries(xs), entries(ys), strict=True))
        if not self.fused or len(pairs) < 2:
            return super().fdot(xs, ys, among)
        (x, y), *rest = pairs
        total = x * y
        for x, y in rest:
            total = self.compute(_multiply_and_add, x, y, total)
        return total

    def cast(self, s: Float) -> Float:
        return Float(self, self.at(s, TENSOR), TENSOR)

    def store(self, x: Any) -> Any:
        stores = self.profile.stores
        return each(lambda a: self.returned(self.cast(a)) if stores else self.cast(a), x)

    def returned(self, x: Float) -> Float:
        """Write a tensor to memory."""
        return Float(self, stored(self.profile.storage.name, x.value), TENSOR)

    def reciprocal(self, divisor: int, place: int) -> Float:
        """The reciprocal of an integer, rounded."""
        return Float(self, self.rounded(1 / divisor, place), place)

    def compute(self, operation: Any, *operands: Any) -> Float:
        """Do one operation where its operands meet."""
        place = max(x.place for x in operands if isinstance(x, Float))
        with np.errstate(all="ignore"):
            value = operation(*(self.at(x, place) for x in operands))
        return Float(self, self.rounded(value, place), place)

    def at(self, x: Any, place: int) -> Any:
        """An operand, cast to a place."""
        return self.rounded(x.value if isinstance(x, Float) else x, place)

    def rounded(self, value: Any, place: int) -> Any:
        """Round to the format of a place, and flush there."""
        dtype = {TENSOR: self.working, STEP: self.step}.get(place, np.dtype("float64"))
        with np.errstate(all="ignore"):
            value = np.asarray(value).astype(dtype)
        tiny = np.finfo(dtype).tiny
        if self.native and place == TENSOR:
            value = stored(self.profile.storage.name, value)
            tiny = 2.0**self.profile.storage.emin
        if self.profile.flush and (place == TENSOR or dtype == "float32"):
            value = np.where(abs(value) < tiny, np.copysign(0, value), value)
        return value.astype(dtype)


def _multiply_and_add(x: Any, y: Any, total: Any) -> Any:
    """Multiply and add in one operation, whose operands have 53 bits at most."""
    return np.longdouble(x) * np.longdouble(y) + np.longdouble(total)


def stored(name: str, value: Any) -> Any:
    """Round to a half type and read back; other formats store what they compute."""
    if name == "float16":
        with np.errstate(over="ignore"):
            return np.asarray(value).astype(np.float16).astype(np.float32)
    if name == "bfloat16":
        bits = np.asarray(value, dtype=np.float32).view(np.uint32)
        even = (bits >> 16) & 1
        return ((bits + (0x7FFF + even)) & np.uint32(0xFFFF0000)).view(np.float32)
    return value


def numbers(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """The outputs as arrays of float64."""
    return {
        name: np.asarray([x.value for x in np.atleast_1d(value).flat], dtype=np.float64).reshape(-1)
        for name, value in outputs.items()
        if value is not None
    }
