"""Calling an entry's function with the inputs of a case (in the child process)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..backend import Entry
from ..files.formats import FORMATS, Array, format_of
from ..files.tensors import Tensor, attribute

Outputs = dict[str, NDArray]


class NotApplicable(Exception):  # noqa: N818  (an outcome, not an error)
    """The function cannot run this case; the message says what it lacks."""


class BadOutput(Exception):  # noqa: N818
    """What the function returned cannot be judged; the message is one line."""


def run(entry: Entry, profile: str, case: Mapping[str, Any], names: list[str]) -> Iterator[Outputs]:
    """Run a case and yield the outputs of every step.

    ``names`` are the outputs that may come; a bare array is the first of them. Raises
    NotApplicable, BadOutput, or whatever the function raises.
    """
    dtype = (format_of(profile) or FORMATS["float64"]).dtype
    steps = [_step(case, number, dtype) for number in range(len(case["steps"]))]
    context: dict[str, Any] = {"profile": profile}
    if "objective" in case:
        context["gradient"] = _gradient(case["objective"], dtype)
    state = _tensors(case["given"], dtype)
    if entry.kind == "trajectory":
        yield from _trajectory(entry, context, state, steps, names)
    else:
        yield from _steps(entry, context, state, steps, names)


def _trajectory(
    entry: Entry,
    context: dict[str, Any],
    state: dict[str, Array],
    steps: list[dict[str, Any]],
    names: list[str],
) -> Iterator[Outputs]:
    """Drive a generator through all steps; hyper-parameters are those of the first step."""
    scalars = {name: x for name, x in steps[0].items() if not isinstance(x, np.ndarray)}
    ahead = {"steps": [SimpleNamespace(**step) for step in steps]}
    arguments = _taken(entry, {**context, **scalars, **state, **ahead})
    results = entry.function(**arguments)
    if not isinstance(results, Iterator):
        raise BadOutput(f"returns {_kind(results)}: a trajectory function yields after every step")
    count = 0
    for result in results:
        if count == len(steps):
            raise BadOutput(f"yields more than the {len(steps)} steps of the case")
        yield _outputs(result, names)
        count += 1
    if count < len(steps):
        raise BadOutput(f"yields {count} times in a case of {len(steps)} steps")


def _steps(
    entry: Entry,
    context: dict[str, Any],
    state: dict[str, Array],
    steps: list[dict[str, Any]],
    names: list[str],
) -> Iterator[Outputs]:
    """Call a step function for every step, its own outputs fed back."""
    for number, step in enumerate(steps):
        fresh = {name: array.copy() for name, array in state.items()}
        outputs = _outputs(entry.function(**_taken(entry, {**context, **step, **fresh})), names)
        if number + 1 < len(steps):
            if missing := [name for name in state if name not in outputs]:
                raise NotApplicable(f"several steps, but {missing[0]} is not returned")
            state = {name: outputs[name] for name in state}
        yield outputs


def _step(case: Mapping[str, Any], number: int, dtype: np.dtype) -> dict[str, Any]:
    """Return what a step gives: its tensors, hyper-parameters, attributes and t."""
    step = case["steps"][number]
    hyper = {name: float.fromhex(text) for name, text in step["hyper"].items()}
    attributes = {name: attribute(value) for name, value in step.get("attributes", {}).items()}
    tensors = _tensors(step["given"], dtype)
    return {**tensors, **hyper, **attributes, "t": case.get("t", 1) + number}


def _tensors(items: Mapping[str, Any], dtype: np.dtype) -> dict[str, Array]:
    return {name: Tensor.read(item).array(dtype) for name, item in items.items()}


def _gradient(objective: Mapping[str, Any], dtype: np.dtype) -> Callable[[Array], Array]:
    """Return the gradient A w - b of the quadratic w'Aw/2 - b'w, in the profile's type."""
    tensors = _tensors({"A": objective["A"], "b": objective["b"]}, dtype)
    return lambda w: tensors["A"] @ w - tensors["b"]


def _taken(entry: Entry, arguments: dict[str, Any]) -> dict[str, Any]:
    """Keep the arguments that the function takes."""
    return {name: value for name, value in arguments.items() if entry.signature.takes(name)}


def _outputs(result: Any, names: list[str]) -> Outputs:
    """Name the outputs and copy them; None stands for an output that is not there."""
    if result is None or isinstance(result, tuple):
        example = ", ".join(f"{name!r}: ..." for name in names)
        raise BadOutput(f"returns {_kind(result)}: name the outputs, as in {{{example}}}")
    items = result if isinstance(result, Mapping) else {names[0]: result}
    outputs: Outputs = {}
    for name, value in items.items():
        if value is None:
            continue
        if name not in names:
            raise BadOutput(f"returns an unknown output {name!r} (outputs: {', '.join(names)})")
        outputs[name] = _array(name, value)
    if not outputs:
        raise BadOutput("returns no output")
    return outputs


def _array(name: str, value: Any) -> NDArray:
    """Copy an output into an array; a tensor that records gradients is detached from them."""
    try:
        array = np.array(value.detach() if hasattr(value, "detach") else value)
    except Exception as error:
        raise BadOutput(f"output {name} cannot become an array: {error}") from None
    if array.dtype.kind not in "fiub":
        what = _kind(value) if array.dtype == object else f"of dtype {array.dtype}"
        raise BadOutput(f"output {name} is not a real array but {what}")
    return array


def _kind(value: Any) -> str:
    return "None" if value is None else f"a {type(value).__name__}"
