"""What claims about quadratics share: a quadratic, seen along one eigenvector of its matrix.

Measured from the minimum, f = lam theta^2 / 2 and the gradient is lam theta. A rule that is linear
and elementwise acts on each such coordinate alone, in the eigenvectors' basis as in any other.
"""

from sympy import Expr, Matrix, Symbol, factor, symbols

from ..dialect import Dialect
from ..symbols import Gradient, g, theta, velocity

lam = Symbol("λ", real=True)
mu, L, kappa = symbols("μ L κ", positive=True)
r = Symbol("r", positive=True)
s = Symbol("s", nonnegative=True)
z = Symbol("z", real=True)
R = Symbol("R", positive=True)
between = (mu + s * L) / (1 + s)
"""Any curvature from mu to L, the latter apart."""


def value(point: Expr) -> Expr:
    """Give f at a point."""
    return lam * point**2 / 2


def transition(dialect: Dialect) -> Matrix:
    """Give the matrix that takes (theta, a) through one step."""
    state = (theta, velocity)
    outputs = dialect.outputs()
    after = [
        outputs[symbol.name].subs(g, lam * theta).replace(Gradient, lambda point: lam * point)
        for symbol in state
    ]
    return Matrix([[result.diff(symbol) for symbol in state] for result in after])


def characteristic(dialect: Dialect) -> Expr:
    """Give the characteristic polynomial of one step, in z: its roots say how fast errors fade.

    It is the determinant of z times the identity less the step's matrix, not multiplied out.
    """
    (stay, drift), (push, fade) = transition(dialect).tolist()
    return (z - 1 + factor(1 - stay)) * (z - factor(fade)) - factor(drift * push)
