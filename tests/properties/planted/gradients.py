import numpy as np

from .correct import Adam, Momentum


class ScalesGradients(Adam):
    def direction(self, g, theta, h):
        g *= 0.5
        return super().direction(2 * g, theta, h)


class AddsDecayToGradients(Adam):
    def direction(self, g, theta, h):
        g = -g if self.maximize else g
        g += h["weight_decay"] * theta
        return g


class ZerosGradients(Adam):
    def step(self, gradients):
        super().step(gradients)
        for g in self.g:
            if g is not None:
                g[...] = 0


class DropsGradients(Adam):
    def step(self, gradients):
        super().step(gradients)
        self.g = [None] * len(self.g)


class NegatesGradients(Adam):
    """Only in maximizing."""

    def direction(self, g, theta, h):
        if self.maximize:
            np.negative(g, out=g)
        return g + h["weight_decay"] * theta


class LooksAhead(Momentum):
    """Nesterov's step computed in the gradient's place."""

    def change(self, g, memory, h):
        step = super().change(g, memory, h)
        g += h["beta"] * memory["a"]
        return step


class StartsFromTheGradient(Momentum):
    """The velocity of the first step is the gradient itself, not a copy."""

    def change(self, g, memory, h):
        if memory["t"] == 1:
            memory["a"] = g
        else:
            memory["a"] = h["beta"] * memory["a"] + g
        return h["alpha"] * memory["a"]


class AveragesLate(Adam):
    """The first moment is brought up to date in the next step, from the kept gradient."""

    def change(self, g, memory, h):
        kept = memory.get("g")
        if kept is not None:
            memory["m"] = h["beta1"] * memory["m"] + (1 - h["beta1"]) * kept
        earlier = memory["m"]
        step = super().change(g, memory, h)
        memory["m"], memory["g"] = earlier, g
        return step


class KeepsAllGradients(Momentum):
    """The velocity is summed up from a list of all gradients."""

    def change(self, g, memory, h):
        memory.setdefault("all", []).append(g)
        memory["a"] = np.zeros_like(g)
        for g in memory["all"]:
            memory["a"] = h["beta"] * memory["a"] + g
        return h["alpha"] * memory["a"]


PLANTED = {
    "gradients-unchanged": (
        ScalesGradients, AddsDecayToGradients, ZerosGradients, DropsGradients, NegatesGradients,
        LooksAhead,
    ),
    "gradients-not-kept": (StartsFromTheGradient, AveragesLate, KeepsAllGradients),
}  # fmt: skip
