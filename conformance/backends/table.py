"""What the tables of the framework backends share: how symbols and signatures are written.

A symbol that ends in ``?`` belongs to an option: a case may give it or not.
"""

from collections.abc import Callable, Iterable
from functools import partial
from inspect import Parameter, Signature
from typing import Any

from .. import Backend


def bare(symbol: str) -> str:
    """Return the symbol without its mark.

    >>> bare("weight_decay?"), bare("alpha")
    ('weight_decay', 'alpha')
    """
    return symbol.removesuffix("?")


def declare(
    backend: Backend,
    rule: str,
    dialect: str,
    profiles: tuple[str, ...],
    symbols: Iterable[str],
    function: Callable[..., Any],
) -> None:
    """Declare a trajectory function that is to be called with these symbols, by name."""
    entry = taking(symbols, function)
    backend.add(
        f"optimizers/{rule}", dialect=dialect, profile=profiles, function=entry, kind="trajectory"
    )


def taking(symbols: Iterable[str], function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with a signature of these symbols, each by name."""
    parameters = [
        Parameter(
            bare(symbol),
            Parameter.KEYWORD_ONLY,
            default=None if symbol.endswith("?") else Parameter.empty,
        )
        for symbol in dict.fromkeys(symbols)
    ]
    entry = partial(function)
    entry.__signature__ = Signature(parameters)  # pyright: ignore[reportAttributeAccessIssue]
    return entry
