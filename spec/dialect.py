"""Dialects: ordered steps, derived from one another as deltas, and what they compute.

A step gives a symbol a value, or a new value (`g <- g + weight_decay theta`). Nothing is declared
twice: which tensors, state and hyper-parameters a dialect takes is read off its steps and the
vocabulary in `symbols`. Everything is checked on construction; a mistake is a ValueError of one
line.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from sympy import Expr, Function, Symbol

from . import symbols
from .source import Source
from .steps import Step, amended, check, reads, require_unique

Change = Literal["replaced", "added", "dropped"]


@dataclass(frozen=True)
class Option:
    """An argument frameworks expose: a delta to the steps, switched on by giving its symbols.

    Steps whose name exists replace that step; the others go before or after the step named. Of a
    layer, it changes the backward steps too: what is new there comes last.
    """

    name: str
    symbols: tuple[Symbol, ...]
    steps: tuple[Step, ...]
    before: str | None = None
    after: str | None = None
    drop: tuple[str, ...] = ()
    note: str = ""
    backward: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Dialect:
    """One way of computing a rule, pinned to its source.

    Options apply in the order in which they are listed. `used_by` names the functions that compute
    it, with the arguments that make them do so; `since` gives the release from which on a function
    does, where that is known.
    """

    name: str
    summary: str
    source: Source
    steps: tuple[Step, ...]
    options: tuple[Option, ...] = ()
    used_by: tuple[str, ...] = ()
    since: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Check the steps, alone and with every choice of options, and who uses them since when."""
        self.require_users()
        require_unique(self.name, "option", (option.name for option in self.options))
        for chosen in self.option_sets():
            check(" + ".join((self.name, *chosen)), self.steps_with(chosen))
        for option in self.options:
            added = set(self.symbols((option.name,))) - set(self.symbols()) - {symbols.t}
            if added != set(option.symbols):
                names = ", ".join(sorted(s.name for s in added)) or "nothing"
                raise ValueError(f"{self.name}: option {option.name} takes {names}")

    def require_users(self) -> None:
        """Raise ValueError where a release is told of a function that does not compute this."""
        if unknown := self.since.keys() - {*self.used_by}:
            raise ValueError(f"{self.name}: since names {', '.join(sorted(unknown))}, no user")

    def amend(
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
    ) -> "Dialect":
        """Derive a dialect: replace steps by name, insert new ones where told, drop others.

        Options are inherited unless given.
        """
        changed = amended(name, self.steps, steps, before, after, drop)
        kept = self.options if options is None else options
        return Dialect(name, summary, source, changed, kept, used_by, since or {})

    def option_sets(self) -> Iterator[tuple[str, ...]]:
        """Yield the names of every choice of options, none first."""
        names = [option.name for option in self.options]
        for size in range(len(names) + 1):
            yield from combinations(names, size)

    def option(self, name: str) -> Option:
        """Find an option by name; ValueError, with the known names, if there is none."""
        for option in self.options:
            if option.name == name:
                return option
        known = ", ".join(option.name for option in self.options) or "none"
        raise ValueError(f"{self.name}: no option {name!r}; options: {known}")

    def steps_with(self, options: Iterable[str] = ()) -> tuple[Step, ...]:
        """Give the steps with the named options switched on."""
        chosen = {self.option(name).name for name in options}
        steps = self.steps
        for o in self.options:
            if o.name in chosen:
                who = f"{self.name} + {o.name}"
                steps = amended(who, steps, o.steps, o.before, o.after, o.drop)
        return steps

    def outputs(self, options: Collection[str] = ()) -> dict[str, Expr]:
        """Compose the steps: each result in terms of what is given, the state last.

        The keys are the tensors' names before the step: 'theta', 'm', 'v'.
        """
        values: dict[Symbol, Expr] = {}
        for step in self.steps_with(options):
            values[step.target] = step.value.xreplace(values).doit()
        results = {symbols.OLD[s].name: e for s, e in values.items() if s in symbols.OLD}
        state = {s.name for s in self.state(options)}
        return dict(sorted(results.items(), key=lambda item: item[0] in state))

    def inputs(self, options: Iterable[str] = ()) -> tuple[Symbol, ...]:
        """Give the tensors that every step is given: theta, g."""
        read = reads(self.steps_with(options))
        return tuple(s for s in symbols.INPUTS if s in read)

    def state(self, options: Iterable[str] = ()) -> tuple[Symbol, ...]:
        """Give the tensors carried from step to step, in the order they are updated."""
        steps = self.steps_with(options)
        read = reads(steps) - set(symbols.INPUTS)
        old = (symbols.OLD[step.target] for step in steps if step.target in symbols.OLD)
        return tuple(dict.fromkeys(s for s in old if s in read))

    def hyper(self, options: Iterable[str] = ()) -> tuple[Symbol, ...]:
        """Give the hyper-parameters; the step count t is not one of them."""
        read = reads(self.steps_with(options))
        return tuple(s for s in symbols.SCALARS if s in read)

    def counts(self, options: Iterable[str] = ()) -> bool:
        """Tell whether the step count t matters."""
        return symbols.t in reads(self.steps_with(options))

    def functions(self, options: Iterable[str] = ()) -> tuple[type[Function], ...]:
        """Give the functions evaluated during the step: the gradient, where a rule takes it."""
        used = {f.func for step in self.steps_with(options) for f in step.value.atoms(Function)}
        return tuple(f for f in (symbols.Gradient,) if f in used)

    @property
    def attributes(self) -> tuple[str, ...]:
        """Name the integer arguments; only layers have any."""
        return ()

    def symbols(self, options: Iterable[str] = ()) -> tuple[Symbol, ...]:
        """Give everything the dialect takes, as signatures order it: tensors, t, scalars."""
        chosen = tuple(options)
        count = (symbols.t,) if self.counts(chosen) else ()
        return (*self.inputs(chosen), *self.state(chosen), *count, *self.hyper(chosen))

    def changes(self, other: "Dialect") -> tuple[tuple[Change, Step], ...]:
        """List the steps that differ from another dialect's, in order."""
        before = {step.name: step for step in other.steps}
        here = {step.name for step in self.steps}
        changed: list[tuple[Change, Step]] = []
        for step in self.steps:
            if before.get(step.name) != step:
                changed.append(("replaced" if step.name in before else "added", step))
        changed.extend(("dropped", step) for step in other.steps if step.name not in here)
        return tuple(changed)
