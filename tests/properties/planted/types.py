import numpy as np

from .correct import Adam, Momentum


class DoubleParameters(Adam):
    def add_group(self, theta, **hyper):
        super().add_group([tensor.astype(np.float64) for tensor in theta], **hyper)
        self.theta = [tensor.astype(np.float64) for tensor in self.theta]


class DoubleState(Adam):
    def fresh(self, shape, group):
        memory = super().fresh(shape, group)
        return {**memory, "v": memory["v"].astype(np.float64)}

    def move(self, number, g):
        super().move(number, g)
        self.theta[number] = self.theta[number].astype(self.dtype)


class DriftsToDouble(Momentum):
    """A hyper-parameter that is a NumPy number takes the velocity along."""

    def change(self, g, memory, h):
        step = super().change(g, memory, h)
        memory["a"] = np.float64(1.0) * memory["a"]
        return step.astype(self.dtype)


class FlatState(Adam):
    def state(self):
        return [{name: x.ravel() for name, x in tensors.items()} for tensors in super().state()]


class RestoresDouble(Adam):
    def load(self, saved):
        super().load(saved)
        for memory in self.memory:
            memory.update({symbol: np.float64(1) * memory[symbol] for symbol in self.symbols})


PLANTED = {
    "types-kept": (DoubleParameters, DoubleState, DriftsToDouble, FlatState, RestoresDouble),
}


class SingleState(Adam):
    """In half types: the state is of float32, the parameter of float16."""

    def fresh(self, shape, group):
        memory = super().fresh(shape, group)
        return {name: np.float32(0) + x if name in "mv" else x for name, x in memory.items()}

    def move(self, number, g):
        super().move(number, g)
        self.theta[number] = self.theta[number].astype(self.dtype)
