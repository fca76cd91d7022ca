"""What a function of an adapter takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Signature:
    """The symbols a function takes: all it accepts, and those it cannot do without."""

    accepts: tuple[str, ...]
    required: tuple[str, ...] = ()
    accepts_any: bool = False

    @staticmethod
    def of(function: Callable[..., Any]) -> Signature:
        """Read the signature; ``**symbols`` accepts any symbol."""
        parameters = inspect.signature(function).parameters.values()
        named = [p for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
        return Signature(
            accepts=tuple(p.name for p in named),
            required=tuple(p.name for p in named if p.default is p.empty),
            accepts_any=any(p.kind is p.VAR_KEYWORD for p in parameters),
        )

    def takes(self, symbol: str) -> bool:
        """Whether the function can be given this symbol."""
        return self.accepts_any or symbol in self.accepts
