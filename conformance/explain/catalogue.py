"""The parts that a page of a rule may have, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from goldenrule.spec.rule import Rule

from .blocks import Block
from .parts import (
    claims,
    code,
    defaults,
    dialects,
    distances,
    equations,
    mistakes,
    symbols,
    vectors,
)

PARTS: dict[str, Callable[[Rule, str], Iterator[Block]]] = {
    "symbols": symbols.part,
    "dialects": dialects.dialects,
    "differences": dialects.differences,
    "distances": distances.part,
    "equations": equations.part,
    "defaults": defaults.part,
    "code": code.part,
    "vectors": vectors.vectors,
    "flags": vectors.flags,
    "mistakes": mistakes.part,
}


def checks(name: str) -> Callable[[Rule, str, bool], Iterator[Block]]:
    """Find the part `claim`, `claims` or `proof`, which checks what it shows where it is told."""
    return claims.proof if name == "proof" else claims.claims
