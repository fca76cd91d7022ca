"""Wrong signs, and step counts that are off."""

from .alter import chain, given, negated, negative, takes, where
from .edit import flipped_update
from .mistake import VELOCITIES, Mistake

_GITHUB = "https://github.com"

SIGNS = (
    Mistake(
        "update-sign",
        "the update has the wrong sign: it climbs",
        flipped_update,
        links=(f"{_GITHUB}/PaddlePaddle/Paddle/issues/4184",),
    ),
    Mistake("rate-sign", "the learning rate has the wrong sign", negative("alpha")),
    Mistake("gradient-sign", "the gradient has the wrong sign", negative("g")),
    Mistake("decay-sign", "weight decay has the wrong sign: it grows", negative("weight_decay")),
    *(
        Mistake(
            "momentum-sign",
            f"the old {state} is subtracted where it should be added",
            where(takes(decay), negative(state)),
        )
        for decay, state in VELOCITIES
    ),
    *(
        Mistake(
            "velocity-sign",
            f"{state} is kept with the opposite sign",
            where(takes(decay), chain(negative(state), negated(state))),
        )
        for decay, state in VELOCITIES
    ),
)

COUNTS = (
    Mistake("t-from-0", "the step count t starts at 0, not at 1", given(t=lambda s: s.t - 1)),
    Mistake(
        "t-from-2",
        "the step count t starts at 2, not at 1",
        given(t=lambda s: s.t + 1),
        links=(f"{_GITHUB}/cs231n/cs231n.github.io/issues/179",),
    ),
    Mistake(
        "t-stuck",
        "the step count t stays at 1",
        given(t=lambda _: 1),
        links=(f"{_GITHUB}/eriklindernoren/ML-From-Scratch/issues/35",),
    ),
    Mistake(
        "t-twice",
        "t counts every parameter that is updated, here two in a step, not every step",
        given(t=lambda s: 2 * s.t),
        links=(
            f"{_GITHUB}/flashlight/flashlight/issues/143",
            f"{_GITHUB}/DiffSharp/DiffSharp/issues/292",
            f"{_GITHUB}/NVIDIA/DeepLearningExamples/issues/391",
        ),
    ),
)
