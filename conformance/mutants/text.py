"""A function's text as an operator sees it: every place where an expression stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from goldenrule.reference.catalogue import Function

from ..mistakes.text import definition
from .trees import names

Statements = list[ast.stmt]

SCALARS = frozenset(
    """alpha beta beta1 beta2 rho eps momentum dampening lr_decay weight_decay""".split()
)
"""Every hyper-parameter that is a real number."""


@dataclass(frozen=True, eq=False)
class Place:
    """An expression, what it stands in (the nearest first) and what is assigned from it."""

    node: ast.expr
    parents: tuple[ast.AST, ...]
    statement: ast.stmt
    target: str
    known: frozenset[str]

    @property
    def parent(self) -> ast.AST:
        """What the expression stands in."""
        return self.parents[0]


@dataclass(frozen=True, eq=False)
class Text:
    """A function and its definition, which no one changes.

    A helper is part of many functions' texts; its name stands before what is assigned in it, and
    some of its symbols may be fixed: the same whenever this rule calls it.
    """

    function: Function
    is_helper: bool = False
    fixed: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def definition(self) -> ast.FunctionDef:
        """The definition as parsed."""
        return definition(self.function)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """What the function takes after its context."""
        arguments = self.definition.args
        every = (*arguments.args, *arguments.kwonlyargs)
        return tuple(each.arg for each in every if each.arg not in ("ctx", "_"))

    @cached_property
    def hyper(self) -> frozenset[str]:
        """The scalars that are given by name."""
        only = frozenset(each.arg for each in self.definition.args.kwonlyargs)
        return only & SCALARS

    @cached_property
    def returned(self) -> ast.Dict | None:
        """What is returned by name, if anything is."""
        match self.body[-1]:
            case ast.Return(value=ast.Dict() as outputs):
                return outputs
        return None

    @property
    def is_of_group(self) -> bool:
        """Whether this is what is put to each group: vectors and numbers come out, unnamed."""
        return self.returned is None and "x" in self.parameters

    @cached_property
    def state(self) -> tuple[str, ...]:
        """What is given and returned."""
        outputs = self.returned.keys if self.returned else ()
        keys = (str(key.value) for key in outputs if isinstance(key, ast.Constant))
        return tuple(key for key in keys if key in self.parameters)

    @cached_property
    def optional(self) -> frozenset[str]:
        """What may be None."""
        compares = (x for x in ast.walk(self.definition) if isinstance(x, ast.Compare))
        return frozenset(name for x in compares for name in _may_be_none(x))

    @cached_property
    def body(self) -> Statements:
        """The statements after the sentence that says what it is."""
        return self.definition.body[1:]

    @cached_property
    def assigned(self) -> frozenset[str]:
        """What is given another value."""
        return frozenset(x for s in ast.walk(self.definition) for x in targets(s))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every place in the text, in order; an expression comes before its parts."""
        known = frozenset(self.parameters) - self.optional
        return tuple(self._in_block(self.body, known))

    def _in_block(self, statements: Statements, known: frozenset[str]) -> Iterator[Place]:
        for statement in statements:
            if isinstance(statement, ast.If):
                yield from self._in_block(statement.body, known | _present(statement.test, True))
                yield from self._in_block(statement.orelse, known | _present(statement.test, False))
            elif isinstance(statement, ast.For):
                inside = known | frozenset(names(statement.target))
                yield from _inside(statement.iter, (statement,), statement, "", known)
                yield from self._in_block(statement.body, inside)
            else:
                yield from self._in_statement(statement, known)
            known |= frozenset(targets(statement)) - self.optional

    def _in_statement(self, statement: ast.stmt, known: frozenset[str]) -> Iterator[Place]:
        match statement:
            case ast.Return(value=ast.Dict(keys=keys, values=values) as outputs):
                for key, value in zip(keys, values, strict=True):
                    if isinstance(key, ast.Constant) and not isinstance(value, ast.Name):
                        yield from _inside(
                            value, (outputs, statement), statement, str(key.value), known
                        )
            case ast.Return(value=ast.expr() as value) | ast.Expr(value=value):
                yield from _inside(value, (statement,), statement, self.definition.name, known)
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
                target = shown_target(statement)
                yield from _inside(value, (statement,), statement, target, known)


def targets(statement: ast.AST) -> Iterator[str]:
    """The names that a statement assigns."""
    match statement:
        case ast.Assign(targets=found):
            for target in found:
                yield from names(target)
        case ast.AnnAssign(target=target):
            yield from names(target)
        case ast.If(body=body, orelse=orelse):
            for each in (*body, *orelse):
                yield from targets(each)


def shown_target(statement: ast.stmt) -> str:
    """What a statement assigns, the last name of several for the same."""
    target = statement.targets[-1] if isinstance(statement, ast.Assign) else statement
    found = names(target) if isinstance(target, ast.expr) else targets(target)
    return ", ".join(name for name in found if name != "_")


def _inside(
    node: ast.AST,
    parents: tuple[ast.AST, ...],
    statement: ast.stmt,
    target: str,
    known: frozenset[str],
) -> Iterator[Place]:
    if isinstance(node, ast.Compare) or isinstance(getattr(node, "ctx", None), ast.Store):
        return
    if isinstance(node, ast.expr):
        yield Place(node, parents, statement, target, known)
    above = (node, *parents)
    if isinstance(node, ast.IfExp):
        yield from _inside(node.body, above, statement, target, known | _present(node.test, True))
        yield from _inside(
            node.orelse, above, statement, target, known | _present(node.test, False)
        )
        return
    for bound in getattr(node, "generators", ()):
        known |= frozenset(names(bound.target))
    for child in ast.iter_child_nodes(node):
        yield from _inside(child, above, statement, target, known)


def _may_be_none(test: ast.Compare) -> Iterator[str]:
    if isinstance(test.ops[0], ast.Is | ast.IsNot):
        yield from names(test.left)


def _present(test: ast.expr, holds: bool) -> frozenset[str]:
    """What is not None where a test holds, or does not."""
    match test:
        case ast.Compare(left=ast.Name(id=name), ops=[ast.IsNot()]) if holds:
            return frozenset({name})
        case ast.Compare(left=ast.Name(id=name), ops=[ast.Is()]) if not holds:
            return frozenset({name})
    return frozenset()
