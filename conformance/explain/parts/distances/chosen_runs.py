"""The runs of optimizers in which their dialects are compared: chosen to show where they part."""

from __future__ import annotations

from .runs import DROP, Setting

EPS = 1e-8
_ADAM = {"alpha": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": EPS}
_DECAY = {"weight_decay": 0.01}
_MOMENTUM = {"alpha": 0.01, "beta": 0.9}

HYPER = {
    "optimizers/adagrad": {"alpha": 0.01, "eps": EPS},
    "optimizers/adam": _ADAM,
    "optimizers/adamw": _ADAM | _DECAY,
    "optimizers/ewma": {"beta": 0.9},
    "optimizers/momentum": _MOMENTUM,
    "optimizers/nesterov": _MOMENTUM,
    "optimizers/rmsprop": {"alpha": 1e-3, "rho": 0.99, "eps": EPS},
    "optimizers/sgd": {"alpha": 0.01} | _DECAY,
}
"""What every run of a rule has, unless it says otherwise."""

_ADAGRAD, _RMSPROP = HYPER["optimizers/adagrad"], HYPER["optimizers/rmsprop"]
_DRAWN = "The gradients are drawn from N(1, 1), the same for all"
_SCALED = f"{_DRAWN}, as they are (g ≈ 1) or scaled to the size of √eps or eps."
_FALLS = f"alpha falls tenfold after step {DROP}"

RUNS: dict[str, tuple[str, *tuple[Setting, ...]]] = {
    "optimizers/adagrad": (
        _SCALED,
        Setting("g ≈ 1", _ADAGRAD),
        Setting("g ≈ √eps", _ADAGRAD, size=1e-4),
        Setting("g ≈ eps", _ADAGRAD, size=EPS),
    ),
    "optimizers/adam": (
        _SCALED,
        Setting("g ≈ 1", _ADAM),
        Setting("g ≈ √eps", _ADAM, size=1e-4),
        Setting("g ≈ eps", _ADAM, size=EPS),
        Setting("AMSGrad, g ≈ 1", _ADAM, state=("v_max",)),
    ),
    "optimizers/adamw": (
        _SCALED,
        Setting("g ≈ 1", _ADAM | _DECAY),
        Setting("g ≈ eps", _ADAM | _DECAY, size=EPS),
    ),
    "optimizers/ewma": (
        "The numbers averaged are drawn from N(1, 1), the same for both.",
        Setting("x ≈ 1", {"beta": 0.9}),
    ),
    "optimizers/momentum": (
        f"{_DRAWN}.",
        Setting("alpha stays", _MOMENTUM),
        Setting(_FALLS, _MOMENTUM, falls=True),
        Setting("dampening 0.5", _MOMENTUM | {"dampening": 0.5}),
    ),
    "optimizers/nesterov": (
        "The gradient is that of a quadratic, at the point where each dialect takes it.",
        Setting("alpha stays", _MOMENTUM, is_quadratic=True),
        Setting(_FALLS, _MOMENTUM, is_quadratic=True, falls=True),
    ),
    "optimizers/rmsprop": (
        f"{_SCALED} NaN is the root of a variance that has rounded below 0.",
        Setting("g ≈ 1", _RMSPROP),
        Setting("g ≈ √eps", _RMSPROP, size=1e-4),
        Setting("g ≈ eps", _RMSPROP, size=EPS),
        Setting(f"momentum 0.9, {_FALLS}", _RMSPROP | {"beta": 0.9}, state=("b",), falls=True),
        Setting(
            "centered, rho 0.9, a constant gradient",
            _RMSPROP | {"rho": 0.9},
            state=("m",),
            is_constant=True,
        ),
    ),
    "optimizers/sgd": (f"{_DRAWN}.", Setting("weight decay", {"alpha": 0.01} | _DECAY)),
}
"""What is said of a rule's gradients, and the runs, of all with more than one dialect."""
