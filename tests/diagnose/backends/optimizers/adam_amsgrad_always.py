import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adam_amsgrad_always")


@backend.trajectory("optimizers/adam", dialect="paper", profile="float64")
def adam(theta, steps, alpha, beta1, beta2, eps):
    m = v = v_max = 0
    for t, step in enumerate(steps, start=1):
        m = beta1 * m + (1 - beta1) * step.g
        v = beta2 * v + (1 - beta2) * step.g**2
        v_max = np.maximum(v_max, v)
        root = np.sqrt(v_max / (1 - beta2**t))
        yield (theta := theta - step.alpha * m / (1 - beta1**t) / (root + eps))
