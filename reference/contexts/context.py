"""The closed vocabulary in which reference functions are written.

A reference function takes a context first and uses nothing but ``+ - * /``, integer powers, the
methods of `Context`, and `if` on integers and options; those of layers loop over indices, too. A
tensor is a NumPy array of numbers of the arithmetic; that of an optimizer, which acts element by
element, may be one number: a single element, or many at once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Values = Sequence[Any] | np.ndarray


def each(function: Callable[..., Any], *arguments: Any) -> Any:
    """Apply a function of numbers to tensors, element by element, with broadcasting."""
    if any(isinstance(argument, np.ndarray) for argument in arguments):
        return np.frompyfunc(function, len(arguments), 1)(*arguments)
    return function(*arguments)


def entries(xs: Values) -> list[Any]:
    """The numbers of a sequence, or of an array of any shape, in a list."""
    return list(xs.flat) if isinstance(xs, np.ndarray) else list(xs)


class Context(ABC):
    """An arithmetic: what its numbers are, and how the named operations act on them."""

    @abstractmethod
    def tensor(self, value: Any) -> Any:
        """One element of a tensor, from an exact number of this arithmetic or a float."""

    @abstractmethod
    def scalar(self, value: Any) -> Any:
        """A hyper-parameter, from its exact value (a float means its binary64 value)."""

    @abstractmethod
    def sqrt(self, x: Any) -> Any:
        """Square root."""

    @abstractmethod
    def max(self, x: Any, y: Any) -> Any:
        """The larger of two numbers."""

    def fsum(self, xs: Values) -> Any:
        """Sum of numbers, in any order of summation; 0 if there are none.

        The numbers are a sequence, or an array of any shape, here and in `fdot`.
        """
        first, *rest = entries(xs) or [self.tensor(0.0)]
        return sum(rest, first)

    def fdot(self, xs: Values, ys: Values, among: Values | None = None) -> Any:  # noqa: ARG002
        """Dot product of two vectors, in any order of summation; 0 if they are empty.

        `among` are the numbers that a transformed algorithm (Winograd's, FFT) may mix with `xs`;
        they do not change the value, only the bound.
        """
        return self.fsum(
            [self._product(*pair) for pair in zip(entries(xs), entries(ys), strict=True)]
        )

    def cast(self, s: Any) -> Any:
        """Mark a scalar that is rounded to the tensors' working format before it is used."""
        return s

    def store(self, x: Any) -> Any:
        """Mark a tensor written to memory, or a scalar rounded as if it were, in a half type."""
        return x

    def _product(self, x: Any, y: Any) -> Any:
        return x * y
