"""What claims about scaling share: a rule whose gradient, and state with it, is multiplied by c."""

from sympy import Symbol

from ..dialect import Dialect
from ..proofs.evidence import Each
from ..proofs.fact import Equal
from ..proofs.relation import substitute
from ..symbols import eps, g, theta

c = Symbol("c", positive=True)


def scale_invariant(dialect: Dialect, powers: dict[Symbol, int]) -> Each:
    """Say that g -> c g leaves the step alone, with eps = 0 and every choice of options but decay.

    `powers` says what power of c each state takes, before the step and hence after it.
    """
    return Each(
        f"with {dialect.name} the step, and with it the state, whatever options are on but weight "
        "decay",
        tuple(
            _scaled(dialect, options, powers, name)
            for options in dialect.option_sets()
            if "weight_decay" not in options
            for name in dialect.outputs(options)
        ),
    )


def _scaled(
    dialect: Dialect, options: tuple[str, ...], powers: dict[Symbol, int], name: str
) -> Equal:
    """Compare one output of the scaled rule with the output scaled."""
    state = dialect.state(options)
    scaled = {g: c * g, **{s: c ** powers[s] * s for s in state}}
    output = dialect.outputs(options)[name].subs(eps, 0)
    power = 0 if name == theta.name else next(powers[s] for s in state if s.name == name)
    what = " + ".join((f"{dialect.name}: {name}", *options))
    return Equal(what, substitute(output, scaled), c**power * output)
