from .correct import Adam, Momentum


class CachesRate(Adam):
    def add_group(self, theta, **hyper):
        super().add_group(theta, **hyper)
        self.rate = hyper["alpha"]

    def hyper(self, number):
        return {**super().hyper(number), "alpha": self.rate}


class LateRate(Adam):
    """A new rate holds from the step after the next."""

    def step(self, gradients):
        self.now = self.__dict__.get("coming", self.groups[0]["alpha"])
        super().step(gradients)
        self.coming = self.groups[0]["alpha"]

    def hyper(self, number):
        return {**super().hyper(number), "alpha": self.now}


class RateInVelocity(Momentum):
    """The velocity carries the rates of all earlier steps."""

    def change(self, g, memory, h):
        memory["b"] = h["beta"] * memory.get("b", 0 * g) + h["alpha"] * g
        memory["a"] = memory["b"] / h["alpha"]
        return memory["b"]


class FirstGroupOnly(Adam):
    """Only in one implementation is the rate read again."""

    def hyper(self, number):
        h = super().hyper(number)
        first = self.__dict__.setdefault("first", dict(h))
        return h if self.implementation == "for-loop" else first


class ForgetsOnChange(Momentum):
    """A new rate starts the velocity afresh."""

    def set_hyper(self, **hyper):
        super().set_hyper(**hyper)
        for number, tensor in enumerate(self.theta):
            group = self.memory[number]["group"]
            self.memory[number] = self.fresh(tensor.shape, group)


PLANTED = {
    "rate-change": (CachesRate, LateRate, RateInVelocity, FirstGroupOnly, ForgetsOnChange),
}
