"""Layers: dialects over tensors with indices, with a layout and the closed form of their gradient.

The equations are written for one element, one group or one place; the layout says of which. The
backward steps follow the forward ones and may use what those set. They are checked on construction
like every dialect's, and shown elsewhere to be the derivative of the sum of dy y.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sympy import Expr, Function

from ..dialect import Dialect, Option
from ..source import Source
from ..steps import Step, amended, require_unique
from . import symbols
from .flow import check, names, parts_of, reads, tensor
from .layout import Layout


@dataclass(frozen=True, kw_only=True)
class Layer(Dialect):
    """A dialect whose tensors have shapes of their own."""

    layout: Layout
    backward: tuple[Step, ...]

    def __post_init__(self) -> None:
        """Check the forward and backward steps, alone and with every choice of options."""
        self.require_users()
        require_unique(self.name, "option", (option.name for option in self.options))
        for chosen in self.option_sets():
            forward, backward = self.steps_with(chosen), self.backward_with(chosen)
            check(" + ".join((self.name, *chosen)), forward, backward, self.layout.known())
        for option in self.options:
            added = {str(s) for s in {*self.symbols((option.name,))} - {*self.symbols()}}
            if added != {str(symbol) for symbol in option.symbols}:
                takes = ", ".join(sorted(added)) or "nothing"
                raise ValueError(f"{self.name}: option {option.name} takes {takes}")

    def amend(  # type: ignore[override]
        self,
        name: str,
        source: Source,
        *steps: Step,
        summary: str,
        before: str | None = None,
        after: str | None = None,
        drop: tuple[str, ...] = (),
        options: tuple[Option, ...] | None = None,
        used_by: tuple[str, ...] = (),
        since: Mapping[str, str] | None = None,
        layout: Layout | None = None,
        backward: tuple[Step, ...] | None = None,
    ) -> Layer:
        """Derive a dialect as `Dialect.amend` does; backward steps are inherited unless given."""
        return replace(
            self,
            name=name,
            source=source,
            steps=amended(name, self.steps, steps, before, after, drop),
            summary=summary,
            options=self.options if options is None else options,
            used_by=used_by,
            since=since or {},
            layout=layout or self.layout,
            backward=self.backward if backward is None else backward,
        )

    def backward_with(self, options: Iterable[str] = ()) -> tuple[Step, ...]:
        """Give the backward steps with the named options: what an option adds comes last."""
        chosen = {self.option(name).name for name in options}
        steps = self.backward
        for option in self.options:
            if option.name in chosen and option.backward:
                last = steps[-1].name
                steps = amended(f"{self.name} + {option.name}", steps, option.backward, after=last)
        return steps

    def outputs(self, options: Iterable[str] = ()) -> dict[str, Expr]:  # type: ignore[override]
        """Give what the forward pass returns, by name: the output, then the state."""
        targets = [tensor(step.target) for step in self.steps_with(options)]
        named = {str(s): s for s in targets if s in symbols.OLD or s == symbols.y}
        return {symbols.before(name): named[name] for name in sorted(named, key=lambda n: n != "y")}

    def gradients(self, options: Iterable[str] = ()) -> tuple[str, ...]:
        """Name the gradients that the backward pass returns."""
        found = {str(tensor(step.target)) for step in self.backward_with(options)}
        return tuple(name for name in symbols.GRADIENTS if name in found)

    def results(self, options: Iterable[str] = ()) -> tuple[str, ...]:
        """Name all results: the forward ones, then the gradients."""
        chosen = tuple(options)
        return (*self.outputs(chosen), *self.gradients(chosen))

    def inputs(self, options: Iterable[str] = ()) -> tuple[Any, ...]:
        """Give the tensors that the forward pass is given: x, gamma, beta; state apart."""
        chosen = tuple(options)
        read, state = reads(self.steps_with(chosen)), self.state(chosen)
        return tuple(s for n, s in symbols.TENSORS.items() if n in read and s not in state)

    def state(self, options: Iterable[str] = ()) -> tuple[Any, ...]:
        """Give the tensors carried from batch to batch, in the order they are updated."""
        targets = (tensor(step.target) for step in self.steps_with(options))
        return tuple(symbols.OLD[s] for s in targets if s in symbols.OLD)

    def hyper(self, options: Iterable[str] = ()) -> tuple[Any, ...]:
        """Give the hyper-parameters."""
        read = reads(self.steps_with(options))
        return tuple(s for s in symbols.SCALARS if s.name in read)

    def counts(self, options: Iterable[str] = ()) -> bool:
        """Tell whether the count of the batch matters."""
        return symbols.t.name in reads(self.steps_with(options))

    def functions(self, options: Iterable[str] = ()) -> tuple[type[Function], ...]:  # noqa: ARG002
        """Give nothing: layers evaluate no unknown functions."""
        return ()

    def taken_backward(self, options: Iterable[str] = ()) -> tuple[Any, ...]:
        """Give what the backward pass is given: dy first, tensors, hyper-parameters.

        What matters only to the gradients of an option is given without it, too.
        """
        chosen = tuple(options)
        read = reads(self.backward_steps(option.name for option in self.options))
        left_out = {s for o in self.options if o.name not in chosen for s in o.symbols}
        given = (s for name, s in symbols.VALUES.items() if name in read)
        return tuple(s for s in given if s not in left_out)

    def backward_steps(self, options: Iterable[str] = ()) -> tuple[Step, ...]:
        """Give the backward steps with those forward ones before them that they use."""
        chosen = tuple(options)
        backward = self.backward_with(chosen)
        return (*needed(self.steps_with(chosen), names(backward)), *backward)

    def mentioned(self) -> tuple[Any, ...]:
        """Give all that the equations set or use, but for indices and what a caller gives."""
        everything = [option.name for option in self.options]
        steps = (*self.steps, *self.steps_with(everything), *self.backward_with(everything))
        found: dict[Any, None] = {}
        for step in steps:
            parts = (tensor(step.target), *sorted(parts_of(step.value), key=str))
            found |= dict.fromkeys(part for part in parts if part in symbols.MEANING)
        given = {*self.symbols(everything), *symbols.OLD}
        others = (s for s in found if s not in given and symbols.MEANING[s] != symbols.INDEX)
        named: dict[str, Any] = {}
        for symbol in others:
            named.setdefault(symbol.name, symbol)
        return tuple(named.values())

    @property
    def attributes(self) -> tuple[str, ...]:
        """The integer arguments."""
        return self.layout.attributes


def needed(steps: Sequence[Step], wanted: set[str]) -> tuple[Step, ...]:
    """Keep the steps that the wanted values follow from."""
    kept: list[Step] = []
    missing = set(wanted)
    for step in reversed(steps):
        if str(tensor(step.target)) in missing:
            kept.insert(0, step)
            missing |= names((step,))
    return tuple(kept)
