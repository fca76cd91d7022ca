"""The independent oracle: the spec's steps in ball arithmetic (FLINT's arb), nothing of reference/.

A tensor is a NumPy object array of balls. Nothing is composed or simplified: each step of the spec
is evaluated as it is written, and the state it gives is what the next step starts from.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import reduce
from operator import add, mul
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq
from sympy import Add, Expr, Max, Mul, Piecewise, Pow, Rational, S, Symbol

from goldenrule.conformance.files.hex_float import parse
from goldenrule.conformance.files.vector_file import Case, Tensor
from goldenrule.spec.dialect import Dialect
from goldenrule.spec.symbols import OLD, Gradient, t
from goldenrule.spec.tensors.layer import Layer

from . import layer_oracle

PRECISION = 1024
DIGITS = 160

ctx.prec = PRECISION
_root = np.frompyfunc(lambda x: x.sqrt() if x.upper() < 0 else x.nonnegative_part().sqrt(), 1, 1)
_larger = np.frompyfunc(lambda x, y: x.max(y), 2, 1)
_ball = np.frompyfunc(arb, 1, 1)


def run(dialect: Dialect, case: Case) -> Iterator[dict[str, np.ndarray]]:
    """Yield the outputs of every step of a case, by the names of the tensors before the step."""
    if isinstance(dialect, Layer):
        yield from _layer(dialect, case)
        return
    options = switched_on(dialect, case)
    named = {s.name: s for s in dialect.symbols(options)}
    values = {named[name]: _tensor(x.data) for name, x in case.given.items()}
    objective = _objective(case)
    for count, step in enumerate(case.steps, start=case.t):
        values |= {named[name]: _tensor(x.data) for name, x in step.given.items()}
        values |= {named[name]: arb(x) for name, x in step.hyper.items()}
        for equation in dialect.steps_with(options):
            values[equation.target] = evaluate(equation.value, values, count, objective)
        after = {OLD[s]: value for s, value in values.items() if s in OLD}
        yield {s.name: value for s, value in after.items()}
        values = after


def switched_on(dialect: Dialect, case: Case) -> list[str]:
    """The options whose symbols the case gives: that is what switches one on."""
    given = {*case.given, *case.steps[0].given, *case.steps[0].hyper}
    return [o.name for o in dialect.options if {s.name for s in o.symbols} <= given]


def evaluate(x: Expr, values: Mapping[Symbol, Any], count: int, objective: Any) -> Any:
    """Enclose the value of an expression."""

    def of(y: Expr) -> Any:
        return evaluate(y, values, count, objective)

    match x:
        case Symbol():
            return count if x == t else values[x]
        case Rational():
            return arb(fmpq(int(x.p), int(x.q)))
        case Add():
            return reduce(add, map(of, x.args))
        case Mul():
            return reduce(mul, map(of, x.args))
        case Pow(base=base, exp=S.NegativeOne):
            return 1 / of(base)
        case Pow(base=base, exp=S.Half):
            return _root(of(base))
        case Pow(base=base, exp=exponent) if exponent.is_integer and exponent.is_positive:
            return of(base) ** int(exponent.subs(t, count))
        case Max():
            return reduce(_larger, map(of, x.args))
        case Piecewise():
            return of(next(value for value, when in x.args if when.subs(t, count) == S.true))
        case Gradient():
            A, b = objective
            return (A * of(x.args[0])).sum(axis=1) - b
    raise TypeError(f"the oracle does not know {x.func}")


def agrees(token: str, x: arb) -> bool:
    """Whether a golden token is the one 160-bit number that all of a ball rounds to.

    The value of a token 0 is 0 by proof; the ball must hold it and be tiny.
    """
    if token in ("nan", "+inf", "-inf"):
        return not x.is_finite()
    ends = x.lower(), x.upper()
    if token == "0x0p+0":
        return ends[0] <= 0 <= ends[1] and ends[1] - ends[0] < arb(2) ** -400
    man, exp = parse(token)
    return {rounded(end) for end in ends} == {man * Fraction(2) ** exp}


def rounded(x: arb) -> Fraction:
    """Round the exact number of a ball without radius to 160 bits, to nearest, ties to even.

    >>> rounded(arb(2**160 + 1)) == 2**160, rounded(arb(2**160 + 3)) == 2**160 + 4
    (True, True)
    """
    man, exp = (int(part) for part in x.man_exp())
    cut = max(man.bit_length() - DIGITS, 0)
    return round(Fraction(man, 1 << cut)) * Fraction(2) ** (exp + cut)


def _layer(dialect: Layer, case: Case) -> Iterator[dict[str, np.ndarray]]:
    def arrays(tensors: Mapping[str, Tensor]) -> dict[str, np.ndarray]:
        return {name: _tensor(x.data).reshape(x.shape) for name, x in tensors.items()}

    steps = [({**arrays(step.given), **step.hyper}, step.attributes) for step in case.steps]
    return layer_oracle.run(dialect, case.kind, case.options, arrays(case.given), steps, case.t)


def _tensor(data: str) -> np.ndarray:
    return _ball(np.array([float.fromhex(token) for token in data.split()], dtype=object))


def _objective(case: Case) -> Any:
    if not case.has_objective:
        return None
    A, b = (case.inputs["objective"][name] for name in ("A", "b"))
    return _tensor(A["data"]).reshape(A["shape"]), _tensor(b["data"])
