"""An adapter for a shared library: adam_float32 of shared.cpp, called with ctypes."""

import ctypes
from pathlib import Path

from goldenrule.conformance import Backend

library = ctypes.CDLL(str(Path(__file__).with_name("adam.so")))
tensor, number = ctypes.c_void_p, ctypes.c_double
library.adam_float32.argtypes = [ctypes.c_size_t, *4 * [tensor], ctypes.c_long, *4 * [number]]
library.adam_float32.restype = None
backend = Backend("library")


@backend.step("optimizers/adam", dialect="paper", profile="float32")
def adam(theta, g, m, v, t, alpha, beta1, beta2, eps):
    """Take a step in place: the arrays are fresh."""
    pointers = [x.ctypes.data for x in (theta, g, m, v)]
    library.adam_float32(theta.size, *pointers, t, alpha, beta1, beta2, eps)
    return {"theta": theta, "m": m, "v": v}
