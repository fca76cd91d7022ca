"""The two sweeps over a tape: errors forward, sensitivities in reverse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ..contexts.tape import Node, Place, TapeContext
from ..profile import Profile
from .inherit import inherit
from .machine import Machine

Key = TypeVar("Key")

_MARGIN = 1 + 2.0**-30


@dataclass(frozen=True, slots=True)
class Error:
    """What the forward sweep knows of a node.

    forward is E and linear is L of the theory; local is what the node itself adds to A.
    """

    forward: Any
    linear: Any
    local: Any
    cut: Any = False
    void: Any = False
    overflow: Any = False


Errors = Mapping[Node, Error]
Sensitivity = tuple[Node, Any]

_NO_ERROR = Error(0, 0, 0)


def bounds(
    tape: TapeContext,
    outputs: Mapping[Key, Node],
    profile: Profile,
    input_errors: Mapping[Node, Any],
) -> dict[Key, Any]:
    """Bound the error of every output under a profile, given the errors of the inputs.

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
    sensitivities = _Sensitivities(tape)
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
    sensitivities: _Sensitivities, machine: Machine, input_errors: Mapping[Node, Any]
) -> Errors:
    """Sweep forward. A pivot's E becomes its own bound, and E - L stays what it was."""
    errors: dict[Node, Error] = {}
    for node in sensitivities.tape.nodes:
        error = errors[node] = _forward(node, errors, machine, input_errors)
        if node.pivot and any(x.arguments for x in node.arguments):
            total = _total(sensitivities, node, errors)
            rest = error.forward - error.linear
            errors[node] = replace(error, forward=total, linear=total - rest)
    return errors


def _forward(
    node: Node, errors: Errors, machine: Machine, input_errors: Mapping[Node, Any]
) -> Error:
    numbers = machine.numbers
    if node.operation == "input":
        return _given(node, input_errors.get(node, 0), machine)

    def error_of(x: Node) -> Any:
        return errors.get(x, _NO_ERROR).forward

    given = [errors.get(x, _NO_ERROR) for x in node.arguments]
    passed = [e.forward for e in given]
    inherited = inherit(node, passed, numbers)
    rounding = machine.rounding(node, passed, inherited.error, error_of)
    slope = sum(
        abs(p) * e.linear for p, e in zip(node.partials, given, strict=True) if e is not _NO_ERROR
    )
    overflow = rounding.reach > machine.largest(node)
    own = inherited.void | machine.loses(node, passed, overflow)
    jump = 0
    if inherited.cut is not False:
        slope = numbers.where(inherited.cut, inherited.error, slope)
        jump = numbers.where(inherited.cut, inherited.error, 0)
    return Error(
        forward=inherited.error + rounding.local + rounding.products,
        linear=slope + rounding.local,
        local=rounding.local + jump,
        cut=inherited.cut,
        void=_void(node, given, own),
        overflow=overflow,
    )


def _given(node: Node, given: Any, machine: Machine) -> Error:
    """The error of an input: what came with it, and what is lost in reading it."""
    flushed = machine.flushed(node)
    if isinstance(given, int) and isinstance(flushed, int):
        return _NO_ERROR
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


class _Sensitivities:
    """How strongly nodes depend on others: the same for all profiles, but where a node is cut."""

    def __init__(self, tape: TapeContext) -> None:
        self.tape = tape
        self._known: dict[Node, list[Sensitivity]] = {}

    def of(self, output: Node, errors: Errors) -> Iterable[Sensitivity]:
        """Give all nodes that a node depends on, itself first, and how strongly."""
        if output not in self._known:
            self._known[output] = list(self._sweep(output, {}))
        known = self._known[output]
        is_cut = any(errors[node].cut is not False for node, _ in known)
        return self._sweep(output, errors) if is_cut else known

    def forget(self, output: Node) -> None:
        """Keep no more of an output that is done with."""
        self._known.pop(output, None)

    def _sweep(self, output: Node, errors: Errors) -> Iterator[Sensitivity]:
        """Go back from an output. Through a node that is cut in these errors nothing passes."""
        adjoints: dict[Node, Any] = {output: 1}
        for node in reversed(self.tape.nodes):
            adjoint = adjoints.pop(node, None)
            if adjoint is None:
                continue
            yield node, abs(adjoint)
            cut = errors.get(node, _NO_ERROR).cut
            if cut is not False:
                adjoint = self.tape.numbers.where(cut, 0, adjoint)
            for argument, partial in zip(node.arguments, node.partials, strict=True):
                if argument.place is not Place.CONSTANT:
                    adjoints[argument] = adjoints.get(argument, 0) + adjoint * partial


def _total(sensitivities: _Sensitivities, node: Node, errors: Errors) -> Any:
    """The smaller of E and A + max(E - L, 0)."""
    numbers = sensitivities.tape.numbers
    parts = ((errors[x].local, weight) for x, weight in sensitivities.of(node, errors))
    total = sum(local * weight for local, weight in parts if not isinstance(local, int))
    last = errors[node]
    total = total + numbers.maximum(last.forward - last.linear, 0)
    return numbers.where(last.forward < total, last.forward, total)
