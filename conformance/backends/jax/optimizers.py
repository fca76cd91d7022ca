"""optax, called eagerly: every operation is compiled on its own, as written.

Without 64-bit types all scalars that depend on the step count are float32. A hyper-parameter that
changes makes a new transformation, which goes on with the old state.

Source: optax 0.2.8, optax/_src/{alias,transform}.py, optax/transforms/{_accumulation,_adding}.py.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from ... import Backend
from ..table import bare, declare

Array = NDArray[np.floating]
Outputs = dict[str, Array]
Make = Callable[[SimpleNamespace], optax.GradientTransformation]


@dataclass(frozen=True)
class Dialect:
    """How optax spells one dialect of a rule; symbols that end in ``?`` belong to an option."""

    rule: str
    name: str
    hyper: str
    state: Mapping[str, str]  # symbol: field of optax's state, after a minus sign if negated
    make: Make  # the transformation, from an object with the hyper-parameters
    input: str = "g"
    output: str = "theta"  # the parameter that the updates move, or what the updates are


def l2(make: Make) -> Make:
    """Add an optional L2 penalty: the decayed weights join the gradient before anything else."""

    def decayed(h: SimpleNamespace) -> optax.GradientTransformation:
        if hasattr(h, "weight_decay"):
            return optax.chain(optax.add_decayed_weights(h.weight_decay), make(h))
        return make(h)

    return decayed


def rmsprop(h: SimpleNamespace, **constants: Any) -> optax.GradientTransformation:
    """Return RMSprop with the options that the hyper-parameters and the state call for."""
    options = {"centered": hasattr(h, "m"), "momentum": getattr(h, "beta", None)}
    return optax.rmsprop(h.alpha, h.rho, h.eps, **options, **constants)


rate = optax.scale_by_learning_rate
COUNT = {"t": "count"}
MOMENTS = {"m": "mu", "v": "nu", **COUNT}
SQUARES = {"v": "nu", "m?": "mu", "b?": "-trace"}
ADAM = "alpha beta1 beta2 eps"
L2 = "weight_decay?"

# fmt: off
DIALECTS = (
    Dialect("sgd", "l2", f"alpha {L2}", {},
            l2(lambda h: optax.sgd(h.alpha))),
    Dialect("sgd", "decoupled", "alpha weight_decay", {},
            lambda h: optax.chain(optax.add_decayed_weights(h.weight_decay), rate(h.alpha))),
    Dialect("momentum", "outside", f"alpha beta {L2}", {"a": "trace"},
            l2(lambda h: optax.sgd(h.alpha, momentum=h.beta))),
    Dialect("momentum", "inside", "alpha beta", {"a": "trace"},
            lambda h: optax.chain(rate(h.alpha), optax.trace(h.beta))),
    Dialect("momentum", "averaged", "alpha beta", {"a": "ema"},
            lambda h: optax.chain(optax.ema(h.beta, debias=False), rate(h.alpha))),
    Dialect("nesterov", "shifted", f"alpha beta {L2}", {"a": "trace"},
            l2(lambda h: optax.sgd(h.alpha, momentum=h.beta, nesterov=True))),
    Dialect("nesterov", "keras", "alpha beta", {"a": "trace"},
            lambda h: optax.chain(rate(h.alpha), optax.trace(h.beta, nesterov=True))),
    Dialect("adagrad", "inside", "alpha eps", {"a": "sum_of_squares"},
            lambda h: optax.adagrad(h.alpha, eps=h.eps)),
    Dialect("rmsprop", "inside", "alpha rho eps beta?", SQUARES,
            rmsprop),
    Dialect("rmsprop", "optax", "alpha rho eps beta?", SQUARES,
            partial(rmsprop, eps_in_sqrt=False)),
    Dialect("adadelta", "paper", f"alpha rho eps {L2}", {"v": "e_g", "u": "e_x"},
            l2(lambda h: optax.adadelta(h.alpha, h.rho, h.eps))),
    Dialect("adam", "paper", f"{ADAM} {L2}", MOMENTS,
            l2(lambda h: optax.adam(h.alpha, h.beta1, h.beta2, h.eps))),
    Dialect("adam", "inside", f"{ADAM} {L2}", MOMENTS,
            l2(lambda h: optax.adam(h.alpha, h.beta1, h.beta2, eps=0.0, eps_root=h.eps))),
    Dialect("adam", "corrected_max", f"{ADAM} {L2}", {**MOMENTS, "v_max": "nu_max"},
            l2(lambda h: optax.amsgrad(h.alpha, h.beta1, h.beta2, h.eps))),
    Dialect("adam", "uncorrected", f"{ADAM} {L2}", {**MOMENTS, "v_max": "nu_max"},  # AMSGrad only
            l2(lambda h: optax.amsgrad(h.alpha, h.beta1, h.beta2, h.eps,
                                       bias_correction_mu=False, bias_correction_nu=False))),
    Dialect("adamw", "before", f"{ADAM} weight_decay", MOMENTS,
            lambda h: optax.adamw(h.alpha, h.beta1, h.beta2, h.eps, weight_decay=h.weight_decay)),
    Dialect("ewma", "uncorrected", "beta", {"v": "ema", **COUNT},
            lambda h: optax.ema(h.beta, debias=False), input="x", output="v"),
    Dialect("ewma", "corrected", "beta", {"v": "ema", **COUNT},
            lambda h: optax.ema(h.beta, debias=True), input="x", output="average"),
)
# fmt: on


def set_state(state: Any, fields: Mapping[str, str], given: Mapping[str, Any]) -> Any:
    """Return optax's state with the given tensors, and the count of the steps already taken."""
    values: dict[str, jax.Array] = {}
    for symbol, name in fields.items():
        value = jnp.asarray(given["t"] - 1, jnp.int32) if symbol == "t" else given[symbol]
        values[name.removeprefix("-")] = jnp.asarray(-value if name[0] == "-" else value)
    return optax.tree.set(state, **values) if values else state


def get_state(state: Any, fields: Mapping[str, str]) -> Outputs:
    """Return the tensors of optax's state by their symbols."""
    tensors = {}
    for symbol, name in fields.items():
        if symbol != "t":
            tensor = np.asarray(optax.tree.get(state, name.removeprefix("-")))
            tensors[symbol] = -tensor if name[0] == "-" else tensor
    return tensors


def drive(dialect: Dialect, steps: list[SimpleNamespace], **given: Any) -> Iterator[Outputs]:
    """Run a transformation from the given state; yield the tensors after every step."""
    fields = {bare(s): name for s, name in dialect.state.items() if bare(s) in given}
    parameter = jnp.asarray(given["theta" if "theta" in given else "v"])
    state = None
    for step in steps:
        # What is given decides the options; the step has its own hyper-parameters.
        transformation = dialect.make(SimpleNamespace(**{**given, **vars(step)}))
        if state is None:
            state = set_state(transformation.init(parameter), fields, given)
        value = jnp.asarray(getattr(step, dialect.input))
        updates, state = transformation.update(value, state, parameter)
        if dialect.output == "theta":
            parameter = updates = optax.apply_updates(parameter, updates)
        yield {dialect.output: np.asarray(updates), **get_state(state, fields)}


def add_optimizers(backend: Backend, profiles: tuple[str, ...]) -> None:
    """Declare what optax computes."""
    for dialect in DIALECTS:
        parameter = ("theta",) if dialect.output == "theta" else ()
        symbols = (*parameter, "steps", "t", *dialect.state, *dialect.hyper.split())
        function = partial(drive, dialect)
        declare(backend, dialect.rule, dialect.name, profiles, symbols, function)
