"""Formulas of the specification, each in LaTeX and in plain text."""

from __future__ import annotations

from sympy import Symbol

from goldenrule.spec import latex, text
from goldenrule.spec.proofs.relation import Relation
from goldenrule.spec.steps import Step

from .blocks import Equation, Line, Math


def symbol(name: Symbol) -> Math:
    """Write a symbol."""
    return Math(latex.tex(name), text.name(name))


def domain(name: Symbol) -> Line:
    """Write what a symbol ranges over, or nothing where all real numbers are meant."""
    plain = text.domain(name)
    return (Math(plain.replace(text.name(name), latex.tex(name)), plain),) if plain else ""


def relation(stated: Relation, display: bool = False) -> Math:
    """Write an equation or an order."""
    return Math(stated.latex(), stated.text(), display)


def assigned(step: Step) -> tuple[Math, Math]:
    """Write a step as its target and the value that is assigned to it."""
    target, value = text.equation(step)
    return Math(latex.tex(step.target), target), Math(latex.tex(step.value), value)


def equation(step: Step, anchor: str, change: str = "") -> Equation:
    """Write a step as a row of equations; where it is dropped, its name alone."""
    target, value = assigned(step)
    if change == "dropped":
        return Equation(step.name, target, None, "dropped", anchor)
    return Equation(step.name, target, value, change, anchor)  # type: ignore[arg-type]
