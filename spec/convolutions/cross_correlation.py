"""Cross-correlation: one array slides along another; each place sums the products that meet.

x and w are arrays of one to three axes, w no longer than x on any of them; x is 0 beyond its ends.
y at offset k is the sum over n of x[n + k] w[n]. Elements of y count from 0; padding tells where
offset 0 is.

The layers that frameworks call convolutions compute it. J. G. Proakis and D. G. Manolakis, Digital
Signal Processing, 4th edition (2007), section 2.6. The names of the three lengths of y are those of
NumPy and SciPy.
"""

from sympy import Piecewise, S, Sum, evaluate, floor

from ..rule import Rule, Source, Step
from ..tensors.layer import Layer
from ..tensors.symbols import K, L, M, dw, dx, dy, dye, i, j, k, lo, w, x, xe, y
from ..tensors.windows import Windows

NUMPY = Source("NumPy", "numpy/_core/numeric.py:726, correlate", "2.4.6")
SCIPY = Source("SciPy", "scipy/signal/_signaltools.py:104, correlate", "1.17.1")

PLAIN = Windows({x: (L,), w: (K,), y: (M,), dy: (M,), dx: (L,), dw: (K,)})

with evaluate(False):
    INSIDE, WITHIN = (0 <= j) & (j < L), (0 <= j) & (j < M)
    READ, SENT = xe[i + k - lo], dye[j + lo - k]
    KERNEL, LENGTH = (k, 0, K - 1), L - K + 1
    BEFORE = K - 1 - floor((K - 1) / 2)

full = Layer(
    "full",
    "Every offset at which w and x meet.",
    NUMPY,
    (
        Step("before", lo, K - 1),
        Step("length", M, L + K - 1),
        Step("extension", xe[j], Piecewise((x[j], INSIDE), (0, True))),
        Step("output", y[i], Sum(READ * w[k], KERNEL)),
    ),
    used_by=("numpy.correlate('full')", "scipy.signal.correlate"),
    layout=PLAIN,
    backward=(
        Step("gradient-extension", dye[j], Piecewise((dy[j], WITHIN), (0, True))),
        Step("input-gradient", dx[j], Sum(SENT * w[k], KERNEL)),
        Step("kernel-gradient", dw[k], Sum(READ * dy[i], (i, 0, M - 1))),
    ),
)

same = full.amend(
    "same",
    SCIPY,
    Step("before", lo, BEFORE),
    Step("length", M, L),
    summary="The middle of full, as long as x; an odd element is cut off at the end.",
    used_by=("scipy.signal.correlate('same')", "numpy.correlate('same')"),
)

valid = full.amend(
    "valid",
    NUMPY,
    Step("before", lo, S.Zero),
    Step("length", M, LENGTH),
    summary="The offsets at which w lies within x.",
    used_by=("numpy.correlate", "scipy.signal.correlate('valid')"),
)

RULE = Rule(
    "convolutions/cross_correlation",
    __doc__,
    (full, same, valid),
    defaults={},
    see_also=("convolutions/convolution", "convolutions/conv"),
)
