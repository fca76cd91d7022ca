"""True convolution: cross-correlation with one array turned around, so that the two may swap.

x and w are arrays of one to three axes, w no longer than x on any of them; x is 0 beyond its ends.
y at offset k is the sum over n of x[k - n] w[n]. Elements of y count from 0; padding before x is
what cross-correlation needs.

A. V. Oppenheim and R. W. Schafer, Discrete-Time Signal Processing, 3rd edition (2010), section
2.3. The names of the three lengths of y are those of NumPy and SciPy.
"""

from sympy import Sum, evaluate

from ..rule import Rule, Source, Step
from ..tensors.symbols import K, M, dw, dx, dy, dye, i, j, k, lo, w, xe, y
from . import cross_correlation

NUMPY = Source("NumPy", "numpy/_core/numeric.py:806, convolve", "2.4.6")
SCIPY = Source("SciPy", "scipy/signal/_signaltools.py:1377, convolve", "1.17.1")

with evaluate(False):
    READ, SENT = xe[i + (K - 1 - k) - lo], dye[j + lo - (K - 1 - k)]
    KERNEL, PLACES = (k, 0, K - 1), (i, 0, M - 1)

TURNED = Step("output", y[i], Sum(READ * w[k], KERNEL))
BACKWARD = (
    cross_correlation.full.backward[0],
    Step("input-gradient", dx[j], Sum(SENT * w[k], KERNEL)),
    Step("kernel-gradient", dw[k], Sum(READ * dy[i], PLACES)),
)

full = cross_correlation.full.amend(
    "full",
    NUMPY,
    TURNED,
    summary="Every offset at which the turned w and x meet.",
    backward=BACKWARD,
    used_by=("numpy.convolve", "scipy.signal.convolve"),
)

same = cross_correlation.same.amend(
    "same",
    SCIPY,
    TURNED,
    summary="The middle of full, as long as x; an odd element is cut off at the end.",
    backward=BACKWARD,
    used_by=("scipy.signal.convolve('same')", "numpy.convolve('same')"),
)

valid = cross_correlation.valid.amend(
    "valid",
    NUMPY,
    TURNED,
    summary="The offsets at which the turned w lies within x.",
    backward=BACKWARD,
    used_by=("numpy.convolve('valid')", "scipy.signal.convolve('valid')"),
)

RULE = Rule(
    "convolutions/convolution",
    __doc__,
    (full, same, valid),
    defaults={},
    see_also=("convolutions/cross_correlation",),
)
