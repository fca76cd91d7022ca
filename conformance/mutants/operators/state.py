"""A tensor from before is read, from after, or is never written."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change
from ..text import Place, Text, targets
from ..trees import Replacement, expression, substituted


def state_unsaved(text: Text) -> Iterator[Change]:
    """Return a tensor as it was given."""
    if text.returned is None:
        return
    first = text.body[0]
    for key, value in zip(text.returned.keys, text.returned.values, strict=True):
        match key, value:
            case ast.Constant(value=name), ast.Name() if name in text.assigned:
                if name not in text.parameters:
                    continue
                replacements = {
                    first: [_kept(name), first],
                    value: ast.Name(f"{name}_old", ast.Load()),
                }
                said = f"{name} is returned as it was given"
                if first is not text.definition.body[-1]:
                    yield Change(
                        text,
                        "state-unsaved",
                        replacements,
                        f"return: {name} -> old {name}",
                        said,
                        (name,),
                    )


def state_stale(text: Text) -> Iterator[Change]:
    """Read a tensor from before the step where the new one should be read: here or everywhere."""
    for name in text.parameters:
        reads = [place for place in text.places if _reads_new(text, place, name)]
        if len(reads) > 1:
            said = f"{name} from before the step is used wherever the new one should be"
            yield _stale(text, name, reads, f"{name} -> old {name} throughout", said)
        for place in reads:
            said = f"{name} from before the step is used in {place.target}"
            yield _stale(text, name, [place], f"{place.target}: {name} -> old {name}", said)


def _stale(text: Text, name: str, places: list[Place], title: str, sentence: str) -> Change:
    first = text.body[0]
    old = ast.Name(f"{name}_old", ast.Load())
    inside: dict[ast.AST, Replacement] = {place.node: old for place in places}
    starts = substituted(first, inside)
    rest = {node: new for node, new in inside.items() if node not in set(ast.walk(first))}
    replacements = {first: [_kept(name), starts], **rest}
    return Change(text, "state-stale", replacements, title, sentence, (name,))


def _reads_new(text: Text, place: Place, name: str) -> bool:
    """Whether a place reads what the text has assigned before it."""
    if not isinstance(place.node, ast.Name) or place.node.id != name:
        return False
    line = place.statement.lineno
    return any(
        name in targets(each) and each.lineno < line
        for each in ast.walk(text.definition)
        if isinstance(each, ast.Assign) and not isinstance(each.targets[0], ast.Tuple)
    )


def order_exchanged(text: Text) -> Iterator[Change]:
    """Take two steps in the opposite order."""
    for first, second in zip(text.body[:-1], text.body[1:-1], strict=False):
        if set(targets(second)) & set(text.parameters) and _can_move(text, first, second):
            a, b = (list(targets(each))[-1] for each in (first, second))
            touched = dict.fromkeys((*targets(first), *targets(second)))
            yield Change(
                text,
                "order-exchanged",
                {first: [second, first], second: []},
                f"{b} before {a}",
                f"{b} is assigned before {a}, not after",
                tuple(name for name in touched if name in text.parameters),
            )


def _can_move(text: Text, first: ast.stmt, second: ast.stmt) -> bool:
    """Whether what the second reads is there before the first."""
    made = set(targets(first)) - (set(text.parameters) - text.optional)
    read = {x.id for x in ast.walk(second) if isinstance(x, ast.Name)}
    return not made & read - set(targets(second))


def _kept(name: str) -> ast.stmt:
    return ast.Assign([ast.Name(f"{name}_old", ast.Store())], expression(name), lineno=0)
