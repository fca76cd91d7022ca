"""Products as they are written: what stands above the line and below it, tensors last."""

from sympy import Expr, Mul, Rational

from .symbols import INPUTS, OLD, d, delta, m_hat, v_hat

TENSORS = frozenset((*INPUTS, *OLD, *OLD.values(), m_hat, v_hat, d, delta))


def quotient(expr: Expr) -> tuple[str, list[Expr], list[Expr]]:
    """Take a product apart, however deep: its sign, and the factors above and below the line."""
    sign, above, below = 1, [], []
    for factor in Mul.make_args(expr):
        base, exponent = factor.as_base_exp()
        if factor.is_Rational:
            sign *= -1 if factor < 0 else 1
            parts = "", [Rational(abs(factor.p))], [Rational(factor.q)]
        elif factor.is_Mul:
            parts = quotient(factor)
        elif is_negative(exponent):
            inverse, under, over = quotient(base if exponent == -1 else base**-exponent)
            parts = inverse, over, under
        else:
            parts = "", [factor], []
        sign *= -1 if parts[0] else 1
        above += [x for x in parts[1] if x != 1]
        below += [x for x in parts[2] if x != 1]
    return "-" if sign < 0 else "", above, below


def is_negative(exponent: Expr) -> bool:
    """Tell whether a power divides."""
    return bool(exponent.as_coeff_Mul()[0].is_negative)


def ordered(factors: list[Expr]) -> list[Expr]:
    """Put factors in SymPy's order, but tensors after scalars, and sums with tensors last.

    >>> from .symbols import beta, g, theta
    >>> ordered([g, 1 - beta, theta + g, beta])
    [beta, 1 - beta, g, g + theta]
    """
    if len(factors) < 2:
        return factors
    return sorted(Mul(*factors, evaluate=False).as_ordered_factors(), key=_rank)


def _rank(factor: Expr) -> int:
    """Tell scalars, 0, from tensors, 1, and from what is made of tensors, 2."""
    if not factor.free_symbols & TENSORS:
        return 0
    return 1 if factor.as_base_exp()[0].is_Symbol else 2
