"""Normalize over a partition of the indices: the text of one group, put to every group.

A text takes the elements of one group, each with its gamma and beta (None if there are none), and
gives back the group's elements, and numbers of the whole group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial, reduce, update_wrapper
from inspect import signature
from operator import add, mul
from typing import Any

import numpy as np

from ..contexts.context import Context
from .partition import Blocks, Partition, Shape

Tensor = np.ndarray
Text = Callable[..., Any]
Outputs = dict[str, Any]


def normalized(
    at: Partition,
    text: Text,
    ctx: Context,
    x: Tensor,
    gamma: Tensor | None,
    beta: Tensor | None,
    eps: Any,
) -> list[Tensor]:
    """Put a forward text to every group: y, and numbers of the groups in the groups' shape.

    Where x is empty no group has an element, and so none has numbers.
    """
    if not x.size:
        return [x, *[np.empty(0, dtype=object)] * 2]
    gamma, beta = _each_its_own(at, gamma), _each_its_own(at, beta)
    results = _each_group(at, text, ctx, [x, gamma, beta], eps)
    y, *numbers = zip(*results, strict=True)
    return [_scattered(at.groups, y, at.shape), *(_array(n, at.groups.shape) for n in numbers)]


def gradients(
    at: Partition,
    text: Text,
    ctx: Context,
    dy: Tensor,
    x: Tensor,
    gamma: Tensor | None,
    eps: Any,
) -> Outputs:
    """Put a backward text to every group: dx, dgamma and dbeta.

    The text gives dx and the terms whose sum is xhat, each a vector or the factors of a product;
    the gradients of gamma and beta are sums over the elements that share them.
    """
    if not x.size:
        outputs = {"dx": x, "dgamma": None, "dbeta": None}
        return outputs if gamma is None else outputs | of_parameters(ctx, at.sharing, dy, [x])
    results = _each_group(at, text, ctx, [dy, x, _each_its_own(at, gamma)], eps)
    dx, *xhat = zip(*results, strict=True)
    outputs = {"dx": _scattered(at.groups, dx, at.shape), "dgamma": None, "dbeta": None}
    if gamma is None:
        return outputs
    terms = [_scattered_factors(at, term) for term in xhat]
    return outputs | of_parameters(ctx, at.sharing, dy, terms)


def of_parameters(ctx: Context, sharing: Blocks, dy: Tensor, xhat: Sequence[Any]) -> Outputs:
    """The gradients of gamma and beta, where xhat is a sum of terms.

    Each is a tensor, or the factors of a product, by which dy is multiplied one after the other.
    """
    dgamma, dbeta = [], []
    flat = [
        [np.broadcast_to(factor, dy.shape).ravel() for factor in _factors(term)] for term in xhat
    ]
    for block in sharing.positions:
        dots = []
        for *first, last in flat:
            products = reduce(mul, (factor[block] for factor in first), dy.ravel()[block])
            dots.append(ctx.fdot(products, last[block]))
        dgamma.append(reduce(add, dots))
        dbeta.append(ctx.fsum(dy.ravel()[block]))
    return {"dgamma": _array(dgamma, sharing.shape), "dbeta": _array(dbeta, sharing.shape)}


def _scattered_factors(at: Partition, term: Sequence[Any]) -> tuple[Tensor, ...]:
    """Put the factors of a term, given by every group, to their places."""
    factors = zip(*map(_factors, term), strict=True)
    return tuple(_scattered(at.groups, factor, at.shape) for factor in factors)


def _factors(term: Any) -> tuple[Any, ...]:
    return term if isinstance(term, tuple) else (term,)


def over_samples(ctx: Context, each: Outputs) -> Outputs:
    """Write the gradients of each sample's gamma and beta, of shape (N, C), and sum them up."""
    written = {name: ctx.store(each[name]) for name in ("dgamma", "dbeta")}
    sums = {name: [ctx.fsum(channel) for channel in x.T] for name, x in written.items()}
    return {name: _array(x, each[name].shape[1:]) for name, x in sums.items()}


def channelwise(x: Tensor, *parameters: Tensor | None) -> list[Any]:
    """Shape the numbers of channels as tensors that stand beside x."""
    shape = (-1, *[1] * (x.ndim - 2))
    return [None if parameter is None else parameter.reshape(shape) for parameter in parameters]


def forms(dialect: Text, **parts: Sequence[Text]) -> tuple[Text, ...]:
    """Give the forms of a dialect that is written with parts left open, the canonical one first.

    `parts` gives the texts for each open part, one for each form; a form bears their names after
    the dialect's, the canonical one the dialect's alone.
    """
    chosen = [dict(zip(parts, texts, strict=True)) for texts in zip(*parts.values(), strict=True)]
    names = ["_".join([dialect.__name__, *(t.__name__ for t in c.values())]) for c in chosen]
    return tuple(map(partial(_form, dialect), [dialect.__name__, *names[1:]], chosen))


def _form(dialect: Text, name: str, parts: dict[str, Text]) -> Text:
    """Fill the open parts of a dialect; the form is admitted where all its parts are."""
    whole: Any = update_wrapper(partial(dialect, **parts), dialect)
    whole.__name__ = name
    for text in parts.values():
        whole.__dict__ |= text.__dict__
    whole.parts = parts
    takes = signature(dialect)
    rest = [p for p in takes.parameters.values() if p.name not in parts]
    whole.__signature__ = takes.replace(parameters=rest)
    return whole


def _each_group(
    at: Partition, text: Text, ctx: Context, tensors: Sequence[Tensor | None], eps: Any
) -> list[tuple[Any, ...]]:
    flat = [None if tensor is None else tensor.ravel() for tensor in tensors]
    return [
        text(ctx, *(None if tensor is None else tensor[group] for tensor in flat), eps)
        for group in at.groups.positions
    ]


def _each_its_own(at: Partition, parameter: Tensor | None) -> Tensor | None:
    """Give each element the parameter it shares."""
    return None if parameter is None else _scattered(at.sharing, parameter.ravel(), at.shape)


def _scattered(blocks: Blocks, numbers: Iterable[Any], shape: Shape) -> Tensor:
    """Put a vector, or one number for all, to the places of each block."""
    flat = np.empty(len([place for block in blocks.positions for place in block]), dtype=object)
    for block, values in zip(blocks.positions, numbers, strict=True):
        flat[block] = values
    return flat.reshape(shape)


def _array(numbers: Sequence[Any], shape: Shape) -> Tensor:
    flat = np.empty(len(numbers), dtype=object)
    flat[:] = numbers
    return flat.reshape(shape)
