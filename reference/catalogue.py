"""Find the reference functions of a rule by its name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from . import convolutions, normalizations, optimizers

Function = Callable[..., dict[str, Any]]

_FAMILIES = {
    "convolutions": convolutions,
    "normalizations": normalizations,
    "optimizers": optimizers,
}


def names() -> tuple[str, ...]:
    """Every rule with a reference, as `optimizers/adam`, sorted."""
    return tuple(
        f"{family}/{module.name}"
        for family, package in sorted(_FAMILIES.items())
        for module in sorted(iter_modules(package.__path__), key=lambda module: module.name)
    )


def forms(rule: str, kind: str = "step") -> Mapping[str, tuple[Function, ...]]:
    """The functions of a rule: dialect -> its forms, the canonical one first.

    Those of the kind `gradient` are a layer's backward functions; a rule without has no dialects.
    Raises ValueError for an unknown rule.
    """
    if rule not in names():
        raise ValueError(f"unknown rule {rule!r}; known: {', '.join(names())}")
    module = import_module("." + rule.replace("/", "."), package=__package__)
    return getattr(module, "BACKWARD", {}) if kind == "gradient" else module.FORMS


@cache
def parameters(function: Function) -> Mapping[str, bool]:
    """What a reference function takes after its context: name -> whether it must be given."""
    _, *rest = inspect.signature(function).parameters.values()
    return {p.name: p.default is inspect.Parameter.empty for p in rest}
