import numpy as np

from goldenrule.conformance import Backend

backend = Backend("cross_correlation_reversed")


@backend.layer("convolutions/cross_correlation", dialect="full", profile="float64")
def correlate(x, w):
    y = np.zeros([n + k - 1 for n, k in zip(x.shape, w.shape, strict=True)])
    x = np.pad(x, [(k - 1, k - 1) for k in w.shape])
    for at in np.ndindex(w.shape):
        y += w[at] * x[tuple(slice(k, k + n) for k, n in zip(at, y.shape, strict=True))]
    return np.flip(y)
