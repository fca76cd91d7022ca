"""An optimizer object on the test bench: fresh arrays in, copies out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..files.formats import Array
from ..harness.call import BadOutput, NotApplicable
from ..optimizer_object import OptimizerObject
from .tensors import Held, read

Gradients = Sequence[Array | None]

COUNT = "t"
"""What ``state()`` may also hold; a count has a type of its own."""


class Driven:
    """An optimizer object and the number of its parameters.

    A method that the object lacks raises NotApplicable.
    """

    def __init__(self, made: OptimizerObject, parameters: int) -> None:
        """Take the object that an adapter made of so many parameters."""
        self._object = made
        self._count = parameters

    def has(self, method: str) -> bool:
        """Whether the object has an optional method."""
        return callable(getattr(self._object, method, None))

    def parameters(self) -> list[Array]:
        """Return copies of the parameters."""
        return [held.array for held in self.held_parameters()]

    def held_parameters(self) -> list[Held]:
        """Return copies of the parameters, with their types."""
        tensors = self._tensors("parameters", self._call("parameters"))
        return [read(f"parameter {number}", tensor) for number, tensor in enumerate(tensors)]

    def step(self, gradients: Gradients) -> None:
        """Take a step."""
        self._call("step", [None if g is None else g.copy() for g in gradients])

    def live_gradients(self) -> list[Any]:
        """Return the gradients as the object holds them."""
        return self._tensors("gradients", self._call("gradients"))

    def gradients(self) -> list[Array | None]:
        """Return copies of the gradients."""
        return [
            None if tensor is None else read(f"gradient {number}", tensor).array
            for number, tensor in enumerate(self.live_gradients())
        ]

    def state(self) -> Iterator[tuple[int, str, Held]]:
        """Yield copies of the state's tensors: parameter, symbol, tensor."""
        for number, tensors in enumerate(self._tensors("state", self._call("state"))):
            for symbol, tensor in tensors.items():
                if symbol != COUNT:
                    yield number, symbol, read(f"{symbol} of parameter {number}", tensor)

    def set_hyper(self, **hyper: float) -> None:
        """Change hyper-parameters."""
        self._call("set_hyper", **hyper)

    def add_group(self, theta: Sequence[Array], hyper: dict[str, float]) -> None:
        """Add a group of parameters."""
        self._call("add_group", [tensor.copy() for tensor in theta], **hyper)
        self._count += len(theta)

    def save(self) -> Any:
        """Return the state to go on from."""
        return self._call("save")

    def load(self, saved: Any) -> None:
        """Go on from a saved state."""
        self._call("load", saved)

    def _call(self, method: str, *arguments: Any, **keywords: Any) -> Any:
        if not self.has(method):
            raise NotApplicable(f"has no {method}()")
        return getattr(self._object, method)(*arguments, **keywords)

    def _tensors(self, method: str, value: Any) -> list[Any]:
        """Return what a method returned for every parameter."""
        try:
            items = list(value)
        except TypeError:
            raise BadOutput(f"{method}() returns no list") from None
        if len(items) != self._count:
            raise BadOutput(f"{method}() returns {len(items)} items for {self._count} parameters")
        return items
