import numpy as np

from .correct import Adam, Momentum


class Foreach:
    """Wrong in the second implementation only."""

    def change(self, g, memory, h):
        step = super().change(g, memory, h)
        return step if self.implementation == "for-loop" else self.other(step, memory, h)


class NoCorrection(Foreach, Adam):
    def other(self, _step, memory, h):
        return h["alpha"] * memory["m"] / (np.sqrt(memory["v"]) + h["eps"])


class EpsInside(Foreach, Adam):
    def other(self, _step, memory, h):
        m = memory["m"] / (1 - h["beta1"] ** memory["t"])
        v = memory["v"] / (1 - h["beta2"] ** memory["t"])
        return h["alpha"] * m / np.sqrt(v + h["eps"])


class SkipsTheTail(Foreach, Momentum):
    """What is left over after whole vectors of eight does not move."""

    def other(self, step, _memory, _h):
        flat = step.flatten()
        flat[len(flat) // 8 * 8 :] = 0
        return flat.reshape(step.shape)


class TailInHalf(Foreach, Momentum):
    def other(self, step, _memory, _h):
        flat = step.flatten()
        tail = slice(len(flat) // 32 * 32, None)
        flat[tail] = flat[tail].astype(np.float16)
        return flat.reshape(step.shape)


class SkipsScalars(Foreach, Adam):
    def other(self, step, _memory, _h):
        return step if step.ndim else 0 * step


class Transposes(Foreach, Momentum):
    """A matrix is walked through in the other order."""

    def other(self, step, _memory, _h):
        return step.T.reshape(step.shape)


PLANTED = {
    "implementations-agree": (
        NoCorrection, EpsInside, SkipsTheTail, TailInHalf, SkipsScalars, Transposes,
    ),
}  # fmt: skip
