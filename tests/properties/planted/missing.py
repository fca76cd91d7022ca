import numpy as np

from .correct import Adam, Momentum


class GlobalCount(Adam):
    """One count for all parameters, as where the state is made with the object."""

    t = 0

    def step(self, gradients):
        self.t += 1
        super().step(gradients)

    def move(self, number, g):
        self.memory[number]["t"] = self.t - 1
        super().move(number, g)


class CountsWithoutGradient(Adam):
    def step(self, gradients):
        super().step(gradients)
        for memory, g in zip(self.memory, gradients, strict=True):
            memory["t"] += g is None


class ZeroForNone(Momentum):
    """A gradient that is missing is taken for zeros: decay and momentum go on."""

    def step(self, gradients):
        zeros = [np.zeros_like(tensor) for tensor in self.theta]
        super().step([z if g is None else g for z, g in zip(zeros, gradients, strict=True)])


class OnlyTheFirst(Momentum):
    """The parameters that move are those that had a gradient in the first step."""

    moving = None

    def step(self, gradients):
        if self.moving is None:
            self.moving = [g is not None for g in gradients]
        super().step([g if on else None for g, on in zip(gradients, self.moving, strict=True)])


class StartsWithAnothersState(Momentum):
    """A late parameter finds the velocity of the one before it, where the shapes allow."""

    def move(self, number, g):
        if self.memory[number]["t"] == 0 and number and self.memory[number - 1]["t"] > 1:
            self.memory[number]["a"] = np.resize(self.memory[number - 1]["a"], g.shape)
        super().move(number, g)


class ForgetsMoments(Adam):
    """Moments go on decaying without a gradient."""

    def step(self, gradients):
        super().step(gradients)
        for number, g in enumerate(gradients):
            if g is None:
                self.memory[number]["m"] = self.hyper(number)["beta1"] * self.memory[number]["m"]


class RepeatsGradient(Momentum):
    """Where a gradient is missing the last one is used again."""

    last: tuple = ()

    def step(self, gradients):
        last = self.last or [None] * len(gradients)
        self.last = [new if old is None else (old if new is None else new)
                     for new, old in zip(gradients, last, strict=True)]  # fmt: skip
        super().step(self.last)


class DecaysWithoutGradient(Adam):
    def step(self, gradients):
        super().step(gradients)
        for number, g in enumerate(gradients):
            if g is None:
                self.theta[number] = self.theta[number] * (1 - 2.0**-6)


PLANTED = {
    "late-gradient-is-fresh": (
        GlobalCount, CountsWithoutGradient, OnlyTheFirst, StartsWithAnothersState,
        ZeroForNone, DecaysWithoutGradient,
    ),
    "no-gradient-rests": (
        GlobalCount, CountsWithoutGradient, ZeroForNone, ForgetsMoments, RepeatsGradient,
        DecaysWithoutGradient,
    ),
}  # fmt: skip
