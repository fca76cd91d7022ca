import numpy as np

from .correct import Adam, Momentum


class LastRate(Adam):
    def hyper(self, _number):
        return self.groups[-1]


class FirstRate(Adam):
    def hyper(self, number):
        return {**super().hyper(number), "alpha": self.groups[0]["alpha"]}


class CountsEveryGroup(Adam):
    """One count, which every group advances."""

    t = 0

    def move(self, number, g):
        if number == 0 or self.memory[number]["group"] != self.memory[number - 1]["group"]:
            self.t += 1
        self.memory[number]["t"] = self.t - 1
        super().move(number, g)


class StateByShape(Momentum):
    """Parameters of the same shape share their state."""

    def add_group(self, theta, **hyper):
        super().add_group(theta, **hyper)
        by_shape = {}
        for number, tensor in enumerate(self.theta):
            a = by_shape.setdefault(tensor.shape, self.memory[number]["a"])
            self.memory[number]["a"] = a

    def change(self, g, memory, h):
        memory["a"] *= h["beta"]
        memory["a"] += g
        return h["alpha"] * memory["a"]


class CachesTheStepSize(Adam):
    """The size of the step is kept by its number, whatever the group."""

    def change(self, g, memory, h):
        sizes = self.__dict__.setdefault("sizes", {})
        alpha = sizes.setdefault(memory["t"], h["alpha"])
        return super().change(g, memory, {**h, "alpha": alpha})


class SharedMemory(Momentum):
    """The state belongs to the class and is never cleared."""

    shared: dict = {}  # noqa: RUF012

    def change(self, g, memory, h):
        a = h["beta"] * self.shared.get(g.shape, np.zeros_like(g)) + g
        self.shared[g.shape] = memory["a"] = a
        return h["alpha"] * a


class SharedCount(Adam):
    count = 0

    def step(self, gradients):
        type(self).count += 1
        super().step(gradients)

    def change(self, g, memory, h):
        memory["t"] = self.count
        return super().change(g, memory, h)


class SharedScratch(Momentum):
    """The velocities of two optimizers are written to the same arrays."""

    scratch: dict = {}  # noqa: RUF012

    def fresh(self, shape, group):
        memory = super().fresh(shape, group)
        key = (len(self.memory), shape, self.dtype)
        memory["a"] = self.scratch.setdefault(key, memory["a"])
        memory["a"][...] = 0
        return memory

    def change(self, g, memory, h):
        memory["a"] *= h["beta"]
        memory["a"] += g
        return h["alpha"] * memory["a"]


PLANTED = {
    "groups-independent": (
        LastRate, FirstRate, CountsEveryGroup, StateByShape, CachesTheStepSize,
    ),
    "objects-independent": (SharedMemory, SharedCount, SharedScratch),
}  # fmt: skip
