"""Cases of convolution of plain arrays."""

from .plain import cases

CASES = cases(
    y="nan -inf . -inf nan +inf nan nan nan",
    dx=". -inf +inf .",
    dw="-inf +inf",
    met="+inf -inf",
    sent="+inf",
)
