"""Plain text: expressions, steps and domains, each as one line of Unicode, for terminals."""

# ruff: noqa: N802 - SymPy finds printing methods by the name of the class

from typing import Any

from sympy import (
    Abs,
    Derivative,
    Expr,
    Indexed,
    IndexedBase,
    Interval,
    Piecewise,
    Sum,
    Symbol,
    log,
)
from sympy.core.relational import Relational
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

from .conditions import chains
from .factors import is_negative, ordered, quotient
from .latex import PositiveFirst, summand
from .steps import Step
from .symbols import DOMAIN, LATEX, Gradient, t
from .unicode import raised, unicode

SIGNS = {"<": "<", "==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "->": "→"}


def text(expression: Expr, tidy: bool = False) -> str:
    """Write an expression in the author's order, or tidied: tensors last, and terms with a minus.

    >>> from sympy import evaluate
    >>> from .symbols import alpha, beta, eps, g, v_t
    >>> with evaluate(False):
    ...     text(alpha * g / (v_t**2 + eps))
    'α·gₜ / (vₜ² + ε)'
    >>> text((1 - beta ** (t + 1)) * v_t**2 / (beta * (1 + beta)), tidy=True)
    '(1 - β^(t + 1))·vₜ² / (β·(β + 1))'
    """
    return _Printer({} if tidy else {"order": "none"}).doprint(expression)


def equation(step: Step) -> tuple[str, str]:
    """Write a step: its target and its value."""
    return text(step.target), text(step.value)


def name(symbol: Symbol | IndexedBase) -> str:
    """Write a symbol as its LaTeX says, without the LaTeX.

    >>> from .symbols import m_hat, theta, v_max_t
    >>> name(theta), name(m_hat), name(v_max_t)
    ('θₜ₋₁', 'm̂ₜ', 'vᵐᵃˣₜ')
    """
    return unicode(LATEX.get(symbol, symbol.name))


def domain(symbol: Symbol) -> str:
    """Write the values that a symbol ranges over, or nothing where all real numbers are meant.

    >>> from .symbols import alpha, beta1, t
    >>> domain(alpha), domain(beta1), domain(t)
    ('α > 0', '0 ≤ β₁ < 1', 't = 1, 2, 3, …')
    """
    values, written = DOMAIN.get(symbol), name(symbol)
    if symbol == t:
        return "t = 1, 2, 3, …"
    if not isinstance(values, Interval):
        return f"{written} ≥ 0" if symbol.is_nonnegative else ""
    low, high = values.start, values.end
    if high.is_infinite:
        return f"{written} {'>' if values.left_open else '≥'} {low}"
    below, above = ("<" if open_ else "≤" for open_ in (values.left_open, values.right_open))
    return f"{low} {below} {written} {above} {high}"


class _Printer(PositiveFirst, StrPrinter):
    """Unicode on one line: √ for roots, a dot between factors, one slash for all that divides."""

    printmethod = "_plain"  # not the methods that indexed expressions bring for StrPrinter

    def _print_Symbol(self, expr: Symbol) -> str:
        return name(expr)

    def _print_Infinity(self, expr: Expr) -> Any:  # noqa: ARG002
        return "∞"

    def _print_Exp1(self, expr: Expr) -> Any:  # noqa: ARG002
        return "e"

    def _print_Abs(self, expr: Abs) -> str:
        return f"|{self._print(expr.args[0])}|"

    def _print_Max(self, expr: Expr) -> str:
        return f"max({', '.join(map(self._print, expr.args))})"

    def _print_Gradient(self, expr: Gradient) -> str:
        return f"∇f({self._print(expr.args[0])})"

    def _print_Derivative(self, expr: Derivative) -> str:
        return f"d/d{self._print(expr.variables[0])} ({self._print(expr.expr)})"

    def _print_log(self, expr: log) -> str:
        return f"ln({self._print(expr.args[0])})"

    def _print_Sum(self, expr: Sum) -> str:
        ranges = (tuple(map(self._print, limits)) for limits in expr.limits)
        shown = ", ".join(f"{index} = {first}…{last}" for index, first, last in ranges)
        return f"Σ({self._print(summand(expr))}; {shown})"

    def _print_IndexedBase(self, expr: IndexedBase) -> str:
        return name(expr)

    def _print_Indexed(self, expr: Indexed) -> str:
        return f"{self._print(expr.base)}[{', '.join(map(self._print, expr.indices))}]"

    def _print_floor(self, expr: Expr) -> str:
        return f"⌊{self._print(expr.args[0])}⌋"

    def _print_ceiling(self, expr: Expr) -> str:
        return f"⌈{self._print(expr.args[0])}⌉"

    def _print_Mod(self, expr: Expr) -> str:
        return " mod ".join(self.parenthesize(x, PRECEDENCE["Mul"]) for x in expr.args)

    def _print_Min(self, expr: Expr) -> str:
        return f"min({', '.join(map(self._print, expr.args))})"

    def _print_And(self, expr: Expr) -> str:
        signed = ([SIGNS.get(str(p)) or self._print(p) for p in chain] for chain in chains(expr))
        return " and ".join(map(" ".join, signed))

    def _print_Piecewise(self, expr: Piecewise) -> str:
        *cases, (last, _) = [[self._print(part) for part in piece.args] for piece in expr.args]
        return "".join(f"{value} if {when}, else " for value, when in cases) + last

    def _print_Relational(self, expr: Relational) -> str:
        sign = SIGNS.get(expr.rel_op, expr.rel_op)
        return f"{self._print(expr.lhs)} {sign} {self._print(expr.rhs)}"

    def _print_exp(self, expr: Expr) -> str:
        return self._print_Pow(expr)

    def _print_Pow(self, expr: Expr, rational: bool = False) -> str:  # noqa: ARG002
        base, exponent = expr.as_base_exp()
        if is_negative(exponent):
            return self._print_Mul(expr)
        text = self.parenthesize(base, PRECEDENCE["Pow"])
        if exponent.is_Rational and exponent.q == 2:
            return f"√{text}" + (raised(str(exponent.p)) if exponent.p != 1 else "")
        return text + raised(self._print(exponent))

    def _print_Mul(self, expr: Expr) -> str:
        sign, above, below = quotient(expr)
        if self.order != "none":
            above, below = ordered(above), ordered(below)
        text = sign + self._product(above)
        if not below:
            return text
        divisor = self._product(below)
        return f"{text} / ({divisor})" if len(below) > 1 else f"{text} / {divisor}"

    def _product(self, factors: list[Expr]) -> str:
        """Join factors by dots."""
        level = PRECEDENCE["Mul"]
        return "·".join(self.parenthesize(f, level, strict=True) for f in factors) or "1"
