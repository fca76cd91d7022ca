import numpy as np

from goldenrule.conformance import Backend

backend = Backend("accumulated_in_bfloat16")


def narrow(x):
    bits = np.asarray(x, np.float32).view(np.uint32).astype(np.uint64)
    bits += 0x7FFF + (bits >> 16 & 1)
    return (bits & 0xFFFF0000).astype(np.uint32).view(np.float32)


@backend.layer("convolutions/cross_correlation", dialect="full", profile="bfloat16+fused")
def correlate(x, w):
    y = np.zeros([n + k - 1 for n, k in zip(x.shape, w.shape, strict=True)], np.float32)
    x, w = np.pad(x, [(k - 1, k - 1) for k in w.shape]), w.astype(np.float32)
    for at in np.ndindex(w.shape):
        window = x[tuple(slice(k, k + n) for k, n in zip(at, y.shape, strict=True))]
        y = narrow(y + narrow(window * w[at]))
    return y
