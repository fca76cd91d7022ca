"""Families of inputs: elements drawn at random, each family hard in its own way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from .scene import Scene, Tensors
from .subjects import Subject

Family = Callable[[Scene], Tensors]


def normal(scene: Scene) -> Tensors:
    """N(0, 1) parameters and gradients, states as such gradients leave them."""
    return scene.tensors(scene.normal(), scene.normal(), np.ones(scene.size))


def decades(scene: Scene) -> Tensors:
    """Magnitudes log-uniform over thirty decades (float16: three), states likewise."""
    reach = min(50.0, -0.35 * scene.subject.format.min_exponent)
    theta = scene.sign() * scene.power(10, -10, 3)
    gradient = scene.sign() * scene.power(2, -reach, reach)
    return scene.tensors(theta, gradient, scene.power(2, -reach, reach))


def adversarial(scene: Scene) -> Tensors:
    """Parameters 0, 1e-3 and 1, gradients 0 or around eps, its root and 1, states tiny or 0."""
    eps = scene.hyper.get("eps", 1e-8)
    near = scene.mixed(eps, np.sqrt(eps), 1.0) * scene.power(10, -1, 1)
    gradient = near * scene.mixed(0.0, -1.0, 1.0, -1.0, 1.0)
    past = scene.mixed(1.0, near, 0.0) * scene.power(10, -3, 0)
    return scene.tensors(scene.mixed(0.0, 1e-3, 1.0), gradient, past)


def cancellation(scene: Scene) -> Tensors:
    """The parameter nearly equals its update; the gradient nearly cancels the signed state."""
    tensors = normal(scene)
    (name,) = scene.subject.stepwise
    signed = next(
        (x for x in sorted(scene.subject.state, reverse=True) if scene.is_signed(x)), None
    )
    if signed:
        at_0 = scene.after({**tensors, name: np.zeros(scene.size)})[signed]
        at_1 = scene.after({**tensors, name: np.ones(scene.size)})[signed]
        tensors[name] = scene.mixed(tensors[name], at_0 / (at_0 - at_1))
        tensors = scene.stored(tensors)
    if "theta" in tensors:
        update = -scene.after({**tensors, "theta": np.zeros(scene.size)})["theta"]
        tensors["theta"] = scene.nudged(update)
    return scene.stored(tensors)


def ties(scene: Scene) -> Tensors:
    """Both sides of a maximum, or the two terms of a centered variance, nearly equal."""
    tensors = normal(scene)
    if "v_max" in tensors:
        tensors["v_max"] = np.zeros(scene.size)
        tensors["v_max"] = scene.nudged(scene.after(tensors)["v_max"])
    else:
        precision = scene.subject.format.precision
        tensors["v"] = tensors["m"] ** 2 * (1 + scene.power(2, -precision, 0))
        tensors["g"] = tensors["m"] * (1 + scene.sign() * scene.power(2, -precision, 0))
    return scene.stored(tensors)


def underflow(scene: Scene) -> Tensors:
    """Gradients and states subnormal, or with subnormal squares."""
    tiny = 2.0**scene.subject.format.min_exponent
    theta = scene.mixed(0.0, 1e-3, 1.0, tiny, -tiny)
    gradient = scene.sign() * scene.power(tiny, 0.4, 1.1)
    past = scene.mixed(scene.power(tiny, 0.3, 1.1), scene.power(tiny, 0.4, 0.6))
    return scene.tensors(theta, gradient, past)


FAMILIES: Mapping[str, Family] = {
    family.__name__: family
    for family in (normal, decades, adversarial, cancellation, ties, underflow)
}


def families_of(subject: Subject) -> tuple[str, ...]:
    """The families that suit a subject: ties need a maximum or a centered variance."""
    has_kink = "v_max" in subject.symbols or "centered" in subject.options
    return tuple(name for name in FAMILIES if has_kink or name != "ties")
