"""What a text returns, over the reals: two texts with one value differ in nothing but rounding.

Every expression is a sum of products of atoms with integer coefficients; equal ones get one number.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from .atoms import Atoms, Sum, added, scaled
from .text import targets
from .trees import MARKS, names, operation

Known = Mapping[str, Sum]

_COMMUTATIVE = {"max": 2, "min": 2, "fdot": 2}
_NO_FIELDS = ("ctx", "kind", "type_comment", "type_ignores")


class Values:
    """Numbers for expressions that are equal, and for what texts return."""

    def __init__(self, fixed: Mapping[str, int]) -> None:
        self._fixed = fixed
        self._atoms = Atoms()

    def of(self, definition: ast.FunctionDef) -> int:
        """The number of what a text returns and yields."""
        known: dict[str, Sum] = {}
        return self._atoms.number(self._block(definition.body[1:], known))

    def _block(self, statements: Sequence[ast.stmt], known: dict[str, Sum]) -> Any:
        """Run statements; the key is of what they return and yield, in order."""
        results: list[Any] = []
        for statement in statements:
            match statement:
                case ast.Assign(targets=found, value=value):
                    result = self._sum(value, known)
                    for target in found:
                        self._assign(target, result, known)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self._assign(target, self._sum(value, known), known)
                case ast.If(test=test, body=body, orelse=orelse):
                    which, others = dict(known), dict(known)
                    condition = self._sum(test, known)
                    outcomes = self._block(body, which), self._block(orelse, others)
                    results += [(condition, *outcomes)] if any(outcomes) else []
                    for name in dict.fromkeys(targets(statement)):
                        a, b = (self._read(name, x) for x in (which, others))
                        known[name] = self._choice(condition, a, b)
                case ast.For(target=target, iter=iter, body=body):
                    inside = {k: v for k, v in known.items() if k not in set(names(target))}
                    outcome = self._block(body, inside)
                    ends = {name: inside[name] for each in body for name in targets(each)}
                    key = ("for", ast.dump(target), self._sum(iter, known), outcome, str(ends))
                    results += [self._atoms.number(key)] if outcome else []
                    for name in ends:
                        known[name] = self._atoms.atom(("after", self._atoms.number(key), name))
                case ast.Return(value=ast.expr() as value) | ast.Expr(value=value):
                    results.append(self._sum(value, known))
        return tuple(results)

    def _assign(self, target: ast.expr, value: Sum, known: dict[str, Sum]) -> None:
        if isinstance(target, ast.Name):
            known[target.id] = value
            return
        for place, name in enumerate(names(target)):
            known[name] = self._atoms.atom(("part", value, ast.dump(target), place))

    def _sum(self, node: ast.AST, known: Known) -> Sum:
        match node:
            case ast.Constant(value=int() as value) if not isinstance(value, bool):
                return self._atoms.integer(value)
            case ast.Name(id=name):
                return self._read(name, known)
            case ast.Call(func=ast.Name(id="sum"), args=[ast.Name(id=name)]) if name in self._fixed:
                return self._sum(ast.Name(name), known)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return scaled(self._sum(operand, known), -1)
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                sign = 1 if isinstance(op, ast.Add) else -1
                return added(self._sum(left, known), scaled(self._sum(right, known), sign))
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return self._atoms.product(self._sum(left, known), self._sum(right, known))
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return self._atoms.product(
                    self._sum(left, known), self._atoms.inverse(self._sum(right, known))
                )
            case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=2 | 3 as power)):
                base = self._sum(left, known)
                product = self._atoms.product(base, base)
                return product if power == 2 else self._atoms.product(product, base)
            case ast.BinOp(left=left, op=ast.FloorDiv(), right=right) if self._is_one(right, known):
                return self._sum(left, known)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                a, b = self._sum(body, known), self._sum(orelse, known)
                return self._choice(self._sum(test, known), a, b)
        if operation(node) in MARKS:
            assert isinstance(node, ast.Call)
            return self._sum(node.args[0], known)
        return self._atoms.atom(self._key(node, known))

    def _read(self, name: str, known: Known) -> Sum:
        if name in self._fixed:
            return self._atoms.integer(self._fixed[name])
        return known[name] if name in known else self._atoms.atom(("name", name))

    def _is_one(self, node: ast.expr, known: Known) -> bool:
        return self._sum(node, known) == self._atoms.integer(1)

    def _choice(self, condition: Sum, a: Sum, b: Sum) -> Sum:
        return a if a == b else self._atoms.atom(("if", condition, a, b))

    def _key(self, node: ast.AST, known: Known) -> Any:
        """A key of an expression that is neither sum nor product: its kind and its parts."""
        match node:
            case ast.Call(func=func, args=args, keywords=keywords):
                found = [self._sum(arg, known) for arg in args]
                ordered = _COMMUTATIVE.get(operation(node) or ast.unparse(func), 0)
                found[:ordered] = sorted(found[:ordered])
                rest = [(each.arg, self._sum(each.value, known)) for each in keywords]
                return ("call", self._sum(func, known), tuple(found), tuple(rest))
            case ast.Lambda(args=args, body=body):
                bound = {each.arg for each in args.args}
                return ("lambda", tuple(sorted(bound)), self._sum(body, _without(known, bound)))
        if generators := getattr(node, "generators", ()):
            known = _without(known, {n for each in generators for n in names(each.target)})
        found = []
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.expr):
                found.append(self._sum(value, known))
            elif isinstance(value, ast.AST):
                found.append(() if name in _NO_FIELDS else self._key(value, known))
            elif isinstance(value, list):
                found.append(tuple(self._each(x, known) for x in value))
            else:
                found.append(value)
        return (type(node).__name__, *found)

    def _each(self, value: Any, known: Known) -> Any:
        if isinstance(value, ast.expr):
            return self._sum(value, known)
        return self._key(value, known) if isinstance(value, ast.AST) else value


def _without(known: Known, bound: set[str]) -> Known:
    return {name: value for name, value in known.items() if name not in bound}
