"""Proofs that the reference implements the spec, for all inputs.

A reference function runs on the spec's own symbols, in SymPy's arithmetic, and every output is
shown to equal what the spec's steps compose to: for every dialect, form and choice of options. An
output that is not shown to be equal is an error, whether it differs or SymPy cannot tell. Layers
are proved in `proofs.layers`, for tensors of several shapes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from inspect import getsource
from random import Random
from textwrap import dedent

from sympy import Basic, Expr, Integer, N, Rational, S, Symbol

from goldenrule.reference.catalogue import Function, forms, parameters
from goldenrule.reference.contexts.sym import SymContext
from goldenrule.spec.catalogue import rules
from goldenrule.spec.proofs.decide import is_zero
from goldenrule.spec.symbols import DOMAIN, Gradient, gradient, name_corrections, t
from goldenrule.spec.tensors.layer import Layer

from .proofs import layers
from .proofs.statement import Obligation, Proof, ProofError, applies, check_parameters

_POINTS = 4
__all__ = ["Obligation", "Proof", "ProofError", "obligations", "prove", "prove_equal"]

_N = Symbol("n", integer=True, positive=True)


def obligations() -> Iterator[Obligation]:
    """Yield all there is to prove, in the order of the spec."""
    for name, rule in rules().items():
        for dialect in rule.dialects:
            for kind in ("layer", "gradient") if isinstance(dialect, Layer) else ("step",):
                for function in forms(name, kind)[dialect.name]:
                    chosen = (
                        Obligation(name, dialect, function, options, kind)
                        for options in dialect.option_sets()
                    )
                    yield from filter(applies, chosen)


def prove(obligation: Obligation) -> tuple[Proof, ...]:
    """Prove every output of a form equal to the spec's.

    Raises ProofError, naming rule, dialect, form, options and output; where the two differ, with
    the difference at a point.
    """
    if obligation.kind != "step":
        return layers.prove(obligation)
    who, dialect, options = obligation, obligation.dialect, obligation.options
    _check_signature(who)
    expected = dialect.outputs(options)
    how, counts = _counts(who)
    for step in counts:
        computed = _compute(who, step)
        if computed.keys() != expected.keys():
            raise ProofError(f"{who}: gives {', '.join(computed)}, not {', '.join(expected)}")
        for output, value in expected.items():
            _show_zero(f"{who}: {output}", value.subs(t, step) - computed[output])
    return tuple(who.proof(name, how) for name in expected)


def prove_equal(who: Obligation, right: Obligation) -> None:
    """Prove a function, whose text may be anything, equal to one that has been proved.

    A layer is compared with its spec. An update rule is for the first steps one by one, as far as
    its text treats any of them by itself, and then for all that follow.

    Raises ProofError, naming what differs or is not shown to be equal.
    """
    if who.kind != "step":
        layers.compare(who)
        return
    last = max((_named(who, text) for text in _compared(who.function)), default=0) + 1
    for step in (*map(Integer, range(1, last + 1)), _N + last):
        try:
            computed, expected = _compute(who, step), _compute(right, step)
        except Exception as error:
            raise ProofError(f"{who}: cannot be computed with: {error}") from error
        if computed.keys() != expected.keys():
            raise ProofError(f"{who}: gives {', '.join(computed)}, not {', '.join(expected)}")
        for output, value in expected.items():
            _show_zero(f"{who}: {output}", value - computed[output])


def _named(who: Obligation, comparison: str) -> int:
    """Give the step that a comparison is about."""
    name, _, number = comparison.partition(" == ")
    if name != "t" or not number.isdecimal():
        raise ProofError(f"{who}: branches on {comparison}")
    return int(number)


def _compared(function: Function) -> set[str]:
    """Give every comparison of a text, but those with None."""
    nodes = ast.walk(ast.parse(dedent(getsource(function))))
    compares = [node for node in nodes if isinstance(node, ast.Compare)]
    return {ast.unparse(x) for x in compares if not isinstance(x.ops[0], ast.Is | ast.IsNot)}


def _check_signature(who: Obligation) -> None:
    """Check that a form takes what its dialect does, and may be given its options' symbols."""
    always = {s.name for s in who.dialect.symbols()}
    if Gradient in who.dialect.functions():
        always.add("gradient")
    optional = {s.name for option in who.dialect.options for s in option.symbols}
    check_parameters(who, always, optional)
    if who.dialect.counts(who.options) and "t" not in parameters(who.function):
        raise ProofError(f"{who}: does not take the step count t")


def _counts(who: Obligation) -> tuple[str, Sequence[Expr]]:
    """Give the step counts that stand for all, and how to say so.

    A text that compares anything but the step count with 1 could hide a case from its proof.
    """
    texts = _compared(who.function)
    if texts - {"t == 1"}:
        raise ProofError(f"{who}: branches on {', '.join(sorted(texts - {'t == 1'}))}")
    return ("t = 1 and t > 1", (Integer(1), _N + 1)) if texts else ("for all t", (t,))


def _compute(who: Obligation, step: Expr) -> dict[str, Expr]:
    """Run a form on the spec's symbols."""
    arguments = {s.name: s for s in who.dialect.symbols(who.options)}
    takes = parameters(who.function)
    arguments |= {name: x for name, x in (("t", step), ("gradient", gradient)) if name in takes}
    outputs = who.function(SymContext(), **arguments)
    return {name: value for name, value in outputs.items() if value is not None}


def _show_zero(what: str, difference: Expr) -> None:
    """Return if the difference is shown to be 0; raise ProofError otherwise."""
    for point in _points(difference):
        here = difference.xreplace(point).replace(Gradient, lambda x: 3 * x - S.Half)
        size = N(here, 30)
        if not size.is_finite or abs(size) > Rational(1, 10**20):
            values = ", ".join(f"{symbol} = {value}" for symbol, value in point.items())
            raise ProofError(f"{what} differs from the spec by {N(-size, 6)} at {values}")
    if not is_zero(name_corrections(difference)):
        raise ProofError(f"{what} is not shown to equal the spec's; left over: {difference}")


def _points(expression: Expr) -> Iterator[dict[Basic, Expr]]:
    """Yield exact rational points, inside every domain, from t = 1 on."""
    random = Random(0)
    chosen = sorted(expression.free_symbols, key=str)
    for step in range(1, _POINTS + 1):
        yield {s: Integer(step) if s in (t, _N) else _value(s, random) for s in chosen}


def _value(symbol: Basic, random: Random) -> Expr:
    """Choose a value in the symbol's domain: every scalar may be less than 1."""
    sign = 1 if symbol.is_nonnegative else random.choice((-1, 1))
    return sign * Rational(random.randint(1, 15), 16 if symbol in DOMAIN else 4)
