"""Rules that take the gradient themselves: many small quadratic objectives at once.

The reference sees a vector of n rows, each row an array with an element for every objective of the
batch. A backend sees one long vector, objective after objective (the rows transposed), and a
block-diagonal matrix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from goldenrule.reference.bounds import bounds
from goldenrule.reference.catalogue import Function
from goldenrule.reference.contexts.context import Context
from goldenrule.reference.contexts.numbers import ArrayNumbers
from goldenrule.reference.contexts.tape import TapeContext
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem, Quadratic, Step, call

from .scene import Array, Scene, Tensors
from .two_float import TwoFloat, TwoFloatContext

ROWS = 3
LARGEST_BATCH = 32


def quadratic(scene: Scene) -> Problem:
    """N(0, 1) matrices, made symmetric, and vectors of the subject."""
    batch = min(max(scene.size // ROWS, 1), LARGEST_BATCH)
    A, b, theta, a = (
        scene.stored({"": scene.rng.standard_normal((*shape, batch))})[""]
        for shape in ((ROWS, ROWS), (ROWS,), (ROWS,), (ROWS,))
    )
    A = np.where(np.tri(ROWS, dtype=bool)[:, :, None], A, A.swapaxes(0, 1))
    objective = Quadratic(_rows(A), _rows(b))
    state = {name: theta if name == "theta" else a for name in ("theta", *scene.subject.state)}
    return Problem(state, [Step({}, scene.hyper)], scene.t, objective)


def _rows(tensor: Array) -> np.ndarray:
    """An object array of arrays, the last axis inside."""
    rows = np.empty(tensor.shape[:-1], dtype=object)
    for index in np.ndindex(rows.shape):
        rows[index] = tensor[index]
    return rows


def flat(rows: Any) -> Array:
    """The batch's vectors one after the other."""
    return np.stack(list(rows)).T.ravel()


def block_diagonal(objective: Quadratic) -> Tensors:
    """The batch as one objective."""
    batch = len(objective.b[0])
    matrix = np.zeros((batch, ROWS, batch, ROWS))
    for i, j in np.ndindex(ROWS, ROWS):
        matrix[range(batch), i, range(batch), j] = objective.A[i, j]
    return {"A": matrix.reshape(batch * ROWS, batch * ROWS), "b": flat(objective.b)}


def describe(problem: Problem, element: int) -> Iterator[str]:
    """The objective that a flat element belongs to, and its vectors, row by row."""
    objective, which = problem.objective, element // ROWS
    assert objective is not None
    for i in range(ROWS):
        row = [x[which] for x in (*objective.A[i], objective.b[i])]
        row += [x[i, which] for x in problem.given.values()]
        yield f"A b {' '.join(problem.given)} [{i}] = {' '.join(float(x).hex() for x in row)}"


def exact(function: Function, problem: Problem) -> dict[str, TwoFloat]:
    """The outputs of the step, flat."""
    outputs = step(function, TwoFloatContext(), problem)
    return {
        name: TwoFloat(flat([x.hi for x in rows]), flat([x.lo for x in rows]))
        for name, rows in outputs.items()
    }


def bound(functions: tuple[Function, ...], problem: Problem, profile: Profile) -> dict[str, Array]:
    """The largest of the forms' bounds, flat."""
    of_forms = [_bound(function, problem, profile) for function in functions]
    return {name: np.max([found[name] for found in of_forms], axis=0) for name in of_forms[0]}


def _bound(function: Function, problem: Problem, profile: Profile) -> dict[str, Array]:
    tape = TapeContext(ArrayNumbers())
    outputs = step(function, tape, problem)
    nodes = {
        (name, i): tape.returned(node)
        for name, rows in outputs.items()
        for i, node in enumerate(rows)
    }
    found = bounds(tape, nodes, profile, {})
    return {name: flat([found[name, i] for i in range(ROWS)]) for name in outputs}


def step(function: Function, ctx: Context, problem: Problem) -> dict[str, Any]:
    """Take the step in an arithmetic."""

    def make(rows: Array) -> Any:
        return np.array([ctx.tensor(x) for x in rows], dtype=object)

    state = {name: make(rows) for name, rows in problem.given.items()}
    return call(function, ctx, problem, 0, state, make)
