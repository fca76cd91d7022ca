"""What a mutant is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from goldenrule.reference.catalogue import Function
from goldenrule.reference.run import Problem

from ..mistakes.mistake import as_asked
from ..mistakes.text import compiled


@dataclass(frozen=True, eq=False)
class Mutant:
    """A slip in a form: the edit itself is its name, a person's words for it the sentence.

    The operator is the kind of slip; symbols are those of the form that the edit touches.
    """

    name: str
    sentence: str
    operator: str
    symbols: tuple[str, ...]
    form: Function
    definitions: Mapping[Function, ast.FunctionDef]
    restate: Callable[[Problem], Problem] = as_asked

    def transform(self, form: Function) -> Function | None:
        """Give the mutated function for the form that it was made from; None for others."""
        return self._function if form is self.form else None

    @cached_property
    def _function(self) -> Function:
        return compiled(self.form, self.definitions)
