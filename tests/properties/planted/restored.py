import copy

from .correct import Adam, Momentum


class LosesCount(Adam):
    def load(self, saved):
        super().load(saved)
        for memory in self.memory:
            memory["t"] = 0


class LosesMomentum(Momentum):
    def save(self):
        return [{**memory, "a": 0 * memory["a"]} for memory in self.memory]


class SavesItself(Adam):
    """What is saved is the state itself, and goes on with it."""

    def save(self):
        return self.memory


class SavesShallowCopy(Momentum):
    """The dictionaries are copied, the arrays are not, and they are updated in place."""

    def save(self):
        return [copy.copy(memory) for memory in self.memory]

    def change(self, g, memory, h):
        memory["a"] *= h["beta"]
        memory["a"] += g
        return h["alpha"] * memory["a"]


class SwapsMoments(Adam):
    def load(self, saved):
        super().load([{**memory, "m": memory["v"], "v": abs(memory["m"])} for memory in saved])


class MixesParametersUp(Adam):
    """The states of the first and the last parameter, which have the same shape."""

    def load(self, saved):
        super().load(saved)
        self.memory[0], self.memory[-1] = self.memory[-1], self.memory[0]


PLANTED = {
    "state-restored": (
        LosesCount, LosesMomentum, SavesItself, SavesShallowCopy, SwapsMoments, MixesParametersUp,
    ),
}  # fmt: skip
