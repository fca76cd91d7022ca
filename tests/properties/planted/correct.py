"""Two small optimizers in NumPy that have every property; the planted ones are made from them."""

from __future__ import annotations

import copy

import numpy as np


class Optimizer:
    """Groups, states and steps; what a step computes is for the subclasses."""

    symbols: tuple[str, ...] = ()

    def __init__(self, theta, profile, implementation, maximize, **hyper):
        self.dtype = np.dtype(profile)
        self.implementation = implementation
        self.maximize = maximize
        self.theta, self.memory, self.groups = [], [], []
        self.add_group(theta, **hyper)

    def add_group(self, theta, **hyper):
        self.groups.append(dict(hyper))
        for tensor in theta:
            self.theta.append(tensor.astype(self.dtype))
            self.memory.append(self.fresh(tensor.shape, len(self.groups) - 1))

    def fresh(self, shape, group):
        zeros = {symbol: np.zeros(shape, self.dtype) for symbol in self.symbols}
        return {"group": group, "t": 0, **zeros}

    def step(self, gradients):
        self.g = [None if g is None else g.astype(self.dtype) for g in gradients]
        for number, g in enumerate(self.g):
            if g is not None:
                self.move(number, g)

    def hyper(self, number):
        return self.groups[self.memory[number]["group"]]

    def move(self, number, g):
        h, memory = self.hyper(number), self.memory[number]
        g = self.direction(g, self.theta[number], h)
        memory["t"] += 1
        self.theta[number] = self.theta[number] - self.change(g, memory, h)

    def direction(self, g, theta, h):
        g = -g if self.maximize else g
        return g + h["weight_decay"] * theta if h.get("weight_decay") else g

    def parameters(self):
        return self.theta

    def gradients(self):
        return self.g

    def state(self):
        return [{symbol: memory[symbol] for symbol in self.symbols} for memory in self.memory]

    def set_hyper(self, **hyper):
        for group in self.groups:
            group.update(hyper)

    def save(self):
        return copy.deepcopy(self.memory)

    def load(self, saved):
        self.memory = copy.deepcopy(saved)


class Adam(Optimizer):
    symbols = ("m", "v")

    def __init__(
        self, theta, alpha, beta1, beta2, eps, profile, implementation,
        weight_decay=0.0, maximize=False,
    ):  # fmt: skip
        hyper = {"alpha": alpha, "beta1": beta1, "beta2": beta2, "eps": eps}
        super().__init__(
            theta, profile, implementation, maximize, **hyper, weight_decay=weight_decay
        )

    def change(self, g, memory, h):
        m = memory["m"] = h["beta1"] * memory["m"] + (1 - h["beta1"]) * g
        v = memory["v"] = h["beta2"] * memory["v"] + (1 - h["beta2"]) * g * g
        m = m / (1 - h["beta1"] ** memory["t"])
        v = v / (1 - h["beta2"] ** memory["t"])
        return h["alpha"] * m / (np.sqrt(v) + h["eps"])


class Momentum(Optimizer):
    symbols = ("a",)

    def __init__(
        self, theta, alpha, beta, profile, implementation, weight_decay=0.0, maximize=False
    ):
        hyper = {"alpha": alpha, "beta": beta, "weight_decay": weight_decay}
        super().__init__(theta, profile, implementation, maximize, **hyper)

    def change(self, g, memory, h):
        memory["a"] = h["beta"] * memory["a"] + g
        return h["alpha"] * memory["a"]
