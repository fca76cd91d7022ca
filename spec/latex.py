"""LaTeX: expressions and steps, each equation as its source arranges it."""

# ruff: noqa: N802 - SymPy finds printing methods by the name of the class

from itertools import takewhile

from sympy import Add, And, Expr, Indexed, IndexedBase, Pow, S, Sum
from sympy.printing.latex import LatexPrinter
from sympy.printing.printer import Printer

from .conditions import chains
from .factors import ordered, quotient
from .steps import Step
from .symbols import LATEX


def is_subtracted(term: Expr) -> bool:
    """Tell whether a term is written with a minus: sums in parentheses are not."""
    return bool(term.could_extract_minus_sign()) and not term.is_Add


class PositiveFirst(Printer):
    """A printer of sums whose terms with a minus come last, unless the author's order is kept."""

    def _as_ordered_terms(self, expr: Add, order: str | None = None) -> list[Expr]:
        terms = super()._as_ordered_terms(expr, order=order)
        if self.order == "none":
            first, *others = terms
            whole = [*self._as_ordered_terms(first), *others] if first.is_Add else terms
            leading = list(takewhile(is_subtracted, whole))  # where SymPy has sorted the terms
            return [*whole[len(leading) :], *leading]
        return sorted(terms, key=lambda term: term.could_extract_minus_sign())


SIGNS = {"<": "<", "<=": r"\le"}


def summand(total: Sum) -> Expr:
    """Give what is summed, without the factor 1 that SymPy puts before it."""
    body = total.function
    return body.args[1] if body.is_Mul and body.args[0] is S.One else body


class _Printer(PositiveFirst, LatexPrinter):
    """LaTeX, in the author's order or tidied."""

    def _needs_mul_brackets(self, expr: Expr, first: bool = False, last: bool = False) -> bool:
        """Elements need none, whatever their indices are."""
        return not expr.is_Indexed and super()._needs_mul_brackets(expr, first, last)

    def _print_Add(self, expr: Add, order: str | None = None) -> str:
        """Write terms with their signs; a sum over an index needs no brackets at the end."""
        terms = self._as_ordered_terms(expr, order=order)
        written = ""
        for place, term in enumerate(terms):
            minus = is_subtracted(term)
            shown = self._print(-term if minus else term)
            last = place == len(terms) - 1
            if term.is_Add or (self._needs_add_brackets(term) and not (last and term.has(Sum))):
                shown = rf"\left({shown}\right)"
            sign = "- " if minus else "+ " * bool(written)
            written += (" " if written else "") + sign + shown
        return written

    def _print_And(self, e: And) -> str:
        """Write inequalities as chains."""
        written = (" ".join(SIGNS.get(str(p)) or self._print(p) for p in c) for c in chains(e))
        return r" \wedge ".join(written)

    def _print_IndexedBase(self, expr: IndexedBase) -> str:
        return LATEX.get(expr) or self._print(expr.label)

    def _print_Indexed(self, expr: Indexed) -> str:
        indices = ", ".join(map(self._print, expr.indices))
        return f"{self._print(expr.base)}_{{{indices}}}"

    def _print_Sum(self, expr: Sum) -> str:
        signs = "".join(map(self._sign, expr.limits))
        body = summand(expr)
        return signs + (rf"\left({self._print(body)}\right)" if body.is_Add else self._print(body))

    def _sign(self, limits: tuple[Expr, Expr, Expr]) -> str:
        """Write one sign of summation."""
        index, first, last = map(self._print, limits)
        return rf"\sum_{{{index}={first}}}^{{{last}}} "

    def _print_Mul(self, expr: Expr) -> str:
        """Write a mean as a fraction before its sum; tidied, scalars before tensors."""
        if self.order != "none":
            sign, above, below = quotient(expr)
            written = self._product(above)
            if below:
                written = rf"\frac{{{written}}}{{{self._product(below)}}}"
            return f"- {written}" if sign else written
        if len(expr.args) == 2:
            factor, total = expr.args
            if isinstance(total, Sum) and isinstance(factor, Pow) and factor.exp == -1:
                return rf"\frac{{1}}{{{self._print(factor.base)}}} {self._print(total)}"
        return super()._print_Mul(expr)

    def _product(self, factors: list[Expr]) -> str:
        """Join factors in their order, with a dot between numbers."""
        sorted_factors = ordered(factors)
        written = ""
        for place, factor in enumerate(sorted_factors, start=1):
            shown, last = self._print(factor), place == len(sorted_factors)
            if len(factors) > 1 and self._needs_mul_brackets(factor, place == 1, last):
                shown = rf"\left({shown}\right)"
            numbers = written[-1:].isdigit() and shown[:1].isdigit()
            written += (r" \cdot " if numbers else " " * bool(written)) + shown
        return written or "1"


def tex(expression: Expr, tidy: bool = False) -> str:
    r"""Write an expression in the author's order, or tidied: tensors last, and terms with a minus.

    >>> from sympy import evaluate
    >>> from .symbols import beta, eps, v_t
    >>> with evaluate(False):
    ...     print(tex(v_t + eps), tex(eps + v_t), sep=", ")
    v_{t} + \varepsilon, \varepsilon + v_{t}
    >>> print(tex(v_t - beta + 1, tidy=True))
    v_{t} + 1 - \beta
    """
    settings = {"symbol_names": LATEX} if tidy else {"symbol_names": LATEX, "order": "none"}
    return _Printer(settings).doprint(expression)


def equation(step: Step, colour: str | None = None) -> str:
    r"""Write a step as `target &\leftarrow value`, in a colour where one is given."""
    left, right = tex(step.target), rf"\leftarrow {tex(step.value)}"
    if colour is not None:
        left, right = (rf"\textcolor{{{colour}}}{{{part}}}" for part in (left, right))
    return f"{left} &{right}"
