"""The sweep over a tape that carries errors forward, and the bounds that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from ..contexts.tape import Node, TapeContext
from ..profile import Profile
from .error import NO_ERROR, Error, Errors
from .inherit import inherit
from .machine import Machine
from .sensitivities import Sensitivities

Key = TypeVar("Key")

_MARGIN = 1 + 2.0**-30


def bounds(
    tape: TapeContext,
    outputs: Mapping[Key, Node],
    profile: Profile,
    input_errors: Mapping[Node, Any],
) -> dict[Key, Any]:
    """Bound the absolute error of every output under a profile, given those of the inputs.

    An infinite bound means that nothing can be said of the element.
    """
    return bounds_of_profiles(tape, outputs, [profile], [input_errors])[0]


def bounds_of_profiles(
    tape: TapeContext,
    outputs: Mapping[Key, Node],
    profiles: Sequence[Profile],
    input_errors: Sequence[Mapping[Node, Any]],
) -> list[dict[Key, Any]]:
    """Bound the error of every output under many profiles, whose sensitivities are the same.

    They are not where a node is cut, which profiles with larger errors do first. Profiles of one
    arithmetic are bounded once, as long as the inputs have no errors.
    """
    pairs = list(zip(profiles, input_errors, strict=True))
    ways = [(*profile.arithmetic, profile.name if given else "") for profile, given in pairs]
    distinct = dict(zip(ways, pairs, strict=True))
    found = dict(zip(distinct, _bounds(tape, outputs, [*distinct.values()]), strict=True))
    return [found[way] for way in ways]


def _bounds(
    tape: TapeContext,
    outputs: Mapping[Key, Node],
    pairs: Sequence[tuple[Profile, Mapping[Node, Any]]],
) -> list[dict[Key, Any]]:
    sensitivities = Sensitivities(tape)
    errors = [
        _errors(sensitivities, Machine(profile, tape.numbers), given) for profile, given in pairs
    ]
    found: list[dict[Key, Any]] = [{} for _ in pairs]
    for name, node in outputs.items():
        for bound, of_profile in zip(found, errors, strict=True):
            total = _total(sensitivities, node, of_profile) * _MARGIN
            bound[name] = tape.numbers.where(of_profile[node].void, tape.numbers.infinity, total)
        sensitivities.forget(node)
    return found


def _errors(
    sensitivities: Sensitivities, machine: Machine, input_errors: Mapping[Node, Any]
) -> Errors:
    """Sweep forward. A pivot's E becomes its own bound, and E - L stays what it was."""
    errors: dict[Node, Error] = {}
    for node in sensitivities.tape.nodes:
        error = errors[node] = _forward(node, errors, machine, input_errors)
        if node.pivot and any(x.arguments for x in node.arguments):
            total = _total(sensitivities, node, errors)
            rest = error.forward - error.linear
            errors[node] = error._replace(forward=total, linear=total - rest)
    return errors


def _forward(
    node: Node, errors: Errors, machine: Machine, input_errors: Mapping[Node, Any]
) -> Error:
    numbers = machine.numbers
    if node.operation == "input":
        return _given(node, input_errors.get(node, 0), machine)

    def error_of(x: Node) -> Any:
        return errors.get(x, NO_ERROR).forward

    given = [errors.get(x, NO_ERROR) for x in node.arguments]
    passed = [e.forward for e in given]
    inherited = inherit(node, passed, numbers)
    target = machine.target(node)
    rounding = machine.rounding(node, target, passed, inherited.error, error_of)
    slope: Any = 0
    for partial, error in zip(node.partials, given, strict=True):
        if error is not NO_ERROR:
            slope = slope + abs(partial) * error.linear
    overflow = rounding.reach > machine.largest(node, target)
    own = inherited.void | machine.loses(node, passed, overflow)
    local = rounding.local
    if inherited.cut is not False:
        slope = numbers.where(inherited.cut, inherited.error, slope)
        local = local + numbers.where(inherited.cut, inherited.error, 0)
    return Error(
        forward=inherited.error + rounding.local + rounding.products,
        linear=slope + rounding.local,
        local=local,
        cut=inherited.cut,
        void=_void(node, given, own),
        overflow=overflow,
    )


def _given(node: Node, given: Any, machine: Machine) -> Error:
    """The error of an input: what came with it, and what is lost in reading it."""
    flushed = machine.flushed(node)
    if isinstance(given, int) and isinstance(flushed, int):
        return NO_ERROR
    void = given == machine.numbers.infinity
    error = machine.numbers.where(void, 0, given) + flushed
    return Error(error, error, error, void=void)


def _void(node: Node, given: Sequence[Error], own: Any) -> Any:
    """Whether nothing can be said, by its own doing or because an argument is void or overflows."""
    passes_overflow_on = node.operation in ("store", "return")
    for error in given:
        own = own | error.void
        if not passes_overflow_on:
            own = own | error.overflow
    return own


def _total(sensitivities: Sensitivities, node: Node, errors: Errors) -> Any:
    """The smaller of E and A + max(E - L, 0)."""
    numbers = sensitivities.tape.numbers
    total: Any = 0
    for x, weight in sensitivities.of(node, errors):
        local = errors[x].local
        if not isinstance(local, int):
            total = total + local * weight
    last = errors[node]
    total = total + numbers.maximum(last.forward - last.linear, 0)
    return numbers.where(last.forward < total, last.forward, total)
