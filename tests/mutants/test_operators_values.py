"""Texts that compute the same are told from those that do not, whatever is rounded in between."""

from __future__ import annotations

import ast

import pytest

from goldenrule.conformance.mutants.values import Values

FIRST = "m = beta * m + (1 - beta) * g"


def defined(*statements: str) -> ast.FunctionDef:
    body = "".join(f"    {line}\n" for text in statements for line in text.split("\n"))
    (node,) = ast.parse(f'def rule(ctx, m, g, v, *, beta, eps):\n    """."""\n{body}').body
    assert isinstance(node, ast.FunctionDef)
    return node


def same(one: tuple[str, ...], other: tuple[str, ...], **fixed: int) -> bool:
    values = Values(fixed)
    return values.of(defined(*one, "return m")) == values.of(defined(*other, "return m"))


@pytest.mark.parametrize(
    "other",
    [
        ("m = (1 - beta) * g + m * beta",),
        ("m = ctx.store(ctx.store(beta) * m) + ctx.cast(1 - beta) * g",),
        ("keep = beta", "m = keep * m + (1 - keep) * g"),
        ("m = beta * m - (beta - 1) * g",),
        ("m = beta * m + g * (1 - beta) * v / v",),
        ("old = m", "m = beta * old + 0 * v + (1 - beta) * g * 1"),
    ],
)
def test_what_is_arranged_otherwise_is_the_same(other: tuple[str, ...]) -> None:
    assert same((FIRST,), other)


@pytest.mark.parametrize(
    "other",
    [
        ("m = beta * m + (1 + beta) * g",),
        ("m = beta * m + (1 - beta) * v",),
        ("m = beta * m + (1 - beta) / g",),
        ("m = beta * m + (1 - beta) * g * g",),
        (FIRST, FIRST),
        ("m = g", FIRST),
        (f"if v is not None:\n    {FIRST}",),
    ],
)
def test_what_computes_something_else_is_not(other: tuple[str, ...]) -> None:
    assert not same((FIRST,), other)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("m = ctx.max(m, g)", "m = ctx.max(g, m)", True),
        ("m = ctx.max(m, g)", "m = ctx.max(g, g)", False),
        ("m = -(m - g)", "m = g - m", True),
        ("m = 2 * (m + g)", "m = m + g + g + m", True),
        ("m = m ** 3", "m = m * m * m", True),
        ("m = m / 2", "m = m / 3", False),
        ("m = g if v is None else g", "m = g", True),
        ("m = [g + k for k in v]", "m = [k + g for k in v]", True),
        ("m = [g + k for k in v]", "m = [g - k for k in v]", False),
        ("for k in v:\n    m = m + k", "for k in v:\n    m = k + m", True),
        ("for k in v:\n    m = m + k", "for k in v:\n    m = m - k", False),
    ],
)
def test_equality_of_two_statements(one: str, other: str, is_same: bool) -> None:
    assert same((one,), (other,)) == is_same


def test_what_is_fixed_makes_no_difference() -> None:
    assert same(("m = eps * m // eps + v",), ("m = m + v",), eps=1)
    assert not same(("m = eps * m // eps + v",), ("m = m + v",), eps=2)
