"""Rules: one operator, its dialects, and what frameworks start from."""

from collections.abc import Mapping
from dataclasses import dataclass

from sympy import Symbol

from .dialect import Dialect, Option
from .source import GOLDENRULE, Source
from .steps import Step, require_unique
from .symbols import SCALARS, t
from .tensors.symbols import SCALARS as LAYER_SCALARS

__all__ = ["GOLDENRULE", "Dialect", "Option", "Rule", "Source", "Step"]


@dataclass(frozen=True)
class Rule:
    """One operator and its dialects; the first dialect is the one others are told against.

    `doc` is the docstring of the rule's file: a first line "Title: one sentence." and paragraphs
    on shapes and domains. `defaults` maps a framework's function to the values it starts from, as
    typed in its source, by the name of the symbol or attribute; a state's name gives its initial
    value where that is not 0.
    """

    name: str
    doc: str | None
    dialects: tuple[Dialect, ...]
    defaults: Mapping[str, Mapping[str, str]]
    see_also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the names and the docstring."""
        require_unique(self.name, "dialect", (dialect.name for dialect in self.dialects))
        if ": " not in (self.doc or "").partition("\n")[0]:
            raise ValueError(f"{self.name}: the first line of the docstring is not 'Title: ...'")
        known = {*(s.name for s in self.symbols()), *self.attributes}
        for framework, values in self.defaults.items():
            if unknown := set(values) - known:
                raise ValueError(f"{self.name}: {framework} sets unknown {', '.join(unknown)}")

    @property
    def title(self) -> str:
        """The name people know the rule by."""
        return str(self.doc).partition(": ")[0]

    @property
    def summary(self) -> str:
        """One sentence on what the rule does."""
        sentence = str(self.doc).partition("\n")[0].partition(": ")[2]
        return sentence[:1].upper() + sentence[1:]

    @property
    def domains(self) -> str:
        """Shapes and domains, in words."""
        return str(self.doc).partition("\n")[2].strip()

    @property
    def attributes(self) -> tuple[str, ...]:
        """The integer arguments that some dialect takes."""
        return tuple(dict.fromkeys(name for d in self.dialects for name in d.attributes))

    def dialect(self, name: str) -> Dialect:
        """Find a dialect by name; ValueError, with the known names, if there is none."""
        for dialect in self.dialects:
            if dialect.name == name:
                return dialect
        known = ", ".join(dialect.name for dialect in self.dialects)
        raise ValueError(f"{self.name}: no dialect {name!r}; dialects: {known}")

    def symbols(self) -> tuple[Symbol, ...]:
        """Give every symbol that some dialect takes with some options: tensors, t, scalars."""
        found = dict.fromkeys(
            symbol
            for dialect in self.dialects
            for chosen in dialect.option_sets()
            for symbol in dialect.symbols(chosen)
        )
        last = tuple(dict.fromkeys((t, *SCALARS, *LAYER_SCALARS)))
        return (*(s for s in found if s not in last), *(s for s in last if s in found))
