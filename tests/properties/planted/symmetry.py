import numpy as np

from .correct import Adam, Momentum


class NoEps(Adam):
    def change(self, g, memory, h):
        with np.errstate(all="ignore"):
            return super().change(g, memory, {**h, "eps": 0.0})


class EpsAbove(Adam):
    """eps is added to the numerator, too."""

    def change(self, g, memory, h):
        return super().change(g, memory, h) + h["alpha"] * h["eps"]


class AlwaysDecays(Momentum):
    def direction(self, g, theta, h):
        return super().direction(g, theta, h) + 2.0**-6 * theta


class SignOfZero(Momentum):
    def change(self, g, memory, h):
        super().change(g, memory, h)
        return h["alpha"] * np.where(memory["a"] >= 0, 1, -1).astype(self.dtype)


class NotFresh(Momentum):
    """The velocity starts from ones."""

    def fresh(self, shape, group):
        return {**super().fresh(shape, group), "a": np.ones(shape, self.dtype)}


class IgnoresMaximize(Adam):
    def direction(self, g, theta, h):
        return g + h["weight_decay"] * theta


class TurnsDecay(Adam):
    def direction(self, g, theta, h):
        g = g + h["weight_decay"] * theta
        return -g if self.maximize else g


class TurnsTheStep(Momentum):
    def direction(self, g, theta, h):
        return g + h["weight_decay"] * theta

    def change(self, g, memory, h):
        step = super().change(g, memory, h)
        return -step if self.maximize else step


class TurnsTheFirst(Momentum):
    """Only the gradient of the first step is turned."""

    def change(self, g, memory, h):
        return super().change(-g if self.maximize and memory["t"] > 1 else g, memory, h)


class TurnsInOneImplementation(Adam):
    def direction(self, g, theta, h):
        turned = super().direction(g, theta, h)
        return turned if self.implementation == "for-loop" else g + h["weight_decay"] * theta


PLANTED = {
    "zero-gradient-rests": (NoEps, EpsAbove, AlwaysDecays, SignOfZero, NotFresh),
    "maximize-mirrors": (
        IgnoresMaximize, TurnsDecay, TurnsTheStep, TurnsTheFirst, TurnsInOneImplementation,
    ),
}  # fmt: skip
