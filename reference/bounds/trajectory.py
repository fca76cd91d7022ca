"""Bounds along a trajectory: each step's bound on the state is the next step's input error.

A recursion over the whole run would multiply bounds that no run reaches; composed step by step, and
with every step starting from the exact state, they stay usable for hundreds of steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..catalogue import Function
from ..contexts.context import each
from ..contexts.numbers import Numbers
from ..contexts.swift import swift
from ..contexts.tape import Node, TapeContext
from ..forms import admits
from ..profile import Profile
from ..run import Problem, applies, call, elements
from .sweep import bounds_of_profiles

Errors = dict[str, np.ndarray]


def trajectory_bounds(
    forms: Sequence[Function],
    problem: Problem,
    exact: Sequence[Mapping[str, np.ndarray]],
    profiles: Sequence[Profile],
    numbers: Numbers,
) -> list[list[Errors]]:
    """Bound every output of every step under every profile: `result[step][profile][output]`.

    `exact` are the exact outputs of every step. The bound is the largest over the forms that take
    what the problem gives and that the profile admits.
    """
    forms = [form for form in forms if applies(form, problem)]
    with swift(numbers) as stand_in:
        found = _trajectory(forms, problem, exact, profiles, stand_in)
        return [[_restored(errors, stand_in) for errors in of_step] for of_step in found]


def _trajectory(
    forms: Sequence[Function],
    problem: Problem,
    exact: Sequence[Mapping[str, np.ndarray]],
    profiles: Sequence[Profile],
    numbers: Numbers,
) -> list[list[Errors]]:
    state = {name: numbers.convert(values) for name, values in problem.given.items()}
    errors: list[Errors] = [{} for _ in profiles]
    result: list[list[Errors]] = []
    for index, outputs in enumerate(exact):
        found: list[list[Errors]] = [[] for _ in profiles]
        for form in forms:
            admitting = [i for i, profile in enumerate(profiles) if admits(profile, form)]
            given = [(profiles[i], errors[i]) for i in admitting]
            of_form = _step(form, problem, index, state, given, numbers)
            for i, bound in zip(admitting, of_form, strict=True):
                found[i].append(bound)
        errors = [_largest(per_form, numbers) for per_form in found]
        result.append(errors)
        state = {name: outputs.get(name, values) for name, values in state.items()}
    return result


def _restored(errors: Errors, numbers: Numbers) -> Errors:
    return {name: np.asarray(numbers.restore(values)) for name, values in errors.items()}


def _largest(errors: Sequence[Errors], numbers: Numbers) -> Errors:
    return {
        name: np.asarray(numbers.convert(np.max([e[name] for e in errors], axis=0)))
        for name in errors[0]
    }


def _step(
    form: Function,
    problem: Problem,
    index: int,
    state: Mapping[str, Any],
    given: Sequence[tuple[Profile, Errors]],
    numbers: Numbers,
) -> list[Errors]:
    """Bound one step of one form. Independent elements share the nodes of one tape."""
    tape = TapeContext(numbers, layer=not problem.elementwise and problem.objective is None)
    make = tape.tensor if problem.elementwise else elements(tape)
    tensors = {name: make(values) for name, values in state.items()}
    outputs = {
        name: np.asarray(each(tape.returned, value), dtype=object)
        for name, value in call(form, tape, problem, index, tensors, make).items()
    }
    nodes = {(name, i): x for name, array in outputs.items() for i, x in enumerate(array.flat)}
    profiles = [profile for profile, _ in given]
    input_errors = [_input_errors(tensors, errors) for _, errors in given]
    found = bounds_of_profiles(tape, nodes, profiles, input_errors)
    return [
        {
            name: _shaped([bound[name, i] for i in range(array.size)], array)
            for name, array in outputs.items()
        }
        for bound in found
    ]


def _input_errors(tensors: Mapping[str, Any], errors: Errors) -> dict[Node, Any]:
    found: dict[Node, Any] = {}
    for name, values in errors.items():
        tensor = tensors.get(name)
        if isinstance(tensor, Node):
            found[tensor] = values
        elif tensor is not None:
            found.update(zip(tensor.flat, values.flat, strict=True))
    return found


def _shaped(bounds: Sequence[Any], nodes: np.ndarray) -> np.ndarray:
    """A bound for every element, also where all of a node's share one."""
    if nodes.ndim == 0:
        return np.broadcast_to(np.asarray(bounds[0], dtype=object), np.shape(nodes.item().value))
    return np.array(bounds, dtype=object).reshape(nodes.shape)
