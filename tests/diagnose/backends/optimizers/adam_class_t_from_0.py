import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adam_class_t_from_0")


class Adam:
    t = m = v = 0

    def step(self, theta, g, alpha, beta1, beta2, eps):
        t, self.t = self.t, self.t + 1
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * g**2
        return theta - alpha * self.m / (1 - beta1**t) / (np.sqrt(self.v / (1 - beta2**t)) + eps)


@backend.trajectory("optimizers/adam", dialect="paper", profile=("float64", "float32"))
def adam(theta, steps, alpha, beta1, beta2, eps):
    optimizer = Adam()
    for step in steps:
        yield (theta := optimizer.step(theta, step.g, step.alpha, beta1, beta2, eps))
