"""What is to be proved of a reference function, and what has been."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from goldenrule.reference.catalogue import Function, parameters
from goldenrule.spec.dialect import Dialect


class ProofError(Exception):
    """A reference function that differs from its spec, or that is not shown to equal it."""


@dataclass(frozen=True)
class Proof:
    """One output of one form, proved equal to the spec's for all values of its inputs.

    `how` tells what was shown: 'for all t' at once, or 't = 1 and t > 1' apart, where the text
    treats the first step by itself; of a layer, for tensors of which shapes.
    """

    rule: str
    dialect: str
    form: str
    options: tuple[str, ...]
    output: str
    how: str


@dataclass(frozen=True)
class Obligation:
    """What is to be proved: that a function computes a dialect with a choice of options.

    The kind is 'step' for an update rule, 'layer' or 'gradient' for the two passes of a layer.
    """

    rule: str
    dialect: Dialect
    function: Function
    options: tuple[str, ...]
    kind: str = "step"

    def __str__(self) -> str:
        """Name rule, dialect, form and options in one line."""
        named = f"{self.rule}/{self.dialect.name}, form {self.function.__name__}"
        return f"{named}, with {' + '.join(self.options)}" if self.options else named

    def proof(self, output: str, how: str) -> Proof:
        """State that an output is proved."""
        form = self.function.__name__
        return Proof(self.rule, self.dialect.name, form, self.options, output, how)


def applies(obligation: Obligation) -> bool:
    """Tell whether a form can do without the options that are off."""
    required = {name for name, must in parameters(obligation.function).items() if must}
    off = [o for o in obligation.dialect.options if o.name not in obligation.options]
    return not required & {symbol.name for option in off for symbol in option.symbols}


def check_parameters(who: Obligation, always: AbstractSet[str], optional: AbstractSet[str]) -> None:
    """Check that a form must be given what the dialect takes, and may be given the optional.

    Some of the optional may be required of a form for that option alone. The step count may be
    asked for even where it does not matter.
    """
    takes = parameters(who.function)
    required = {name for name, must in takes.items() if must} - optional
    for kind, has, wants in (
        ("required", required - {"t"}, always - {"t"}),
        ("optional", takes.keys() - required, optional),
    ):
        if has != wants:
            wrong = ", ".join(sorted(has ^ wants))
            raise ProofError(f"{who}: {kind} parameters do not agree with the spec in {wrong}")
