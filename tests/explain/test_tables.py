"""The tables on the page of a rule: each cell says what the specification and the vectors say."""

import json

import pytest

from goldenrule.conformance.explain.blocks import Math, Table
from goldenrule.conformance.explain.parts import defaults, dialects, symbols, vectors
from goldenrule.conformance.files.discovery import PACKAGED_VECTORS
from goldenrule.spec.catalogue import rules
from goldenrule.spec.symbols import MEANING

EVERY = pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)


def plain(cell):
    pieces = (cell,) if isinstance(cell, str) else cell
    return "".join(piece.text if isinstance(piece, Math) else piece for piece in pieces).strip("`")


def table(blocks):
    """The first table, as rows by their first cells that are not empty, each by its head."""
    found = next(block for block in blocks if isinstance(block, Table))
    head = [plain(cell) for cell in found.head]
    return [dict(zip(head, map(plain, row), strict=True)) for row in found.rows]


@EVERY
def test_defaults_stand_under_their_symbols(rule):
    if not rule.defaults:
        return
    found = {row.pop("function"): row for row in table(defaults.part(rule, ""))}
    assert {name: {k: v for k, v in row.items() if v} for name, row in found.items()} == {
        name: dict(values) for name, values in rule.defaults.items()
    }


@EVERY
def test_symbols_have_their_meanings(rule):
    found = {row["name"]: row["meaning"] for row in table(symbols.part(rule, ""))}
    assert {*map(str, rule.symbols()), *rule.attributes} == {*found}
    for symbol in rule.symbols():
        assert found[str(symbol)] == MEANING[symbol]


@EVERY
def test_dialects_have_their_users_with_releases(rule):
    for dialect, row in zip(rule.dialects, table(dialects.dialects(rule, "")), strict=True):
        assert row["dialect"] == f"[`{dialect.name}`](#dialect-{dialect.name})"
        users = [line.replace("`", "") for line in row["computed by"].split("\n") if line]
        assert users == [
            f"{user} since {dialect.since[user]}" if user in dialect.since else user
            for user in dialect.used_by
        ]


@EVERY
def test_vectors_are_counted(rule):
    for row in table(vectors.vectors(rule, "")):
        text = (PACKAGED_VECTORS / f"{rule.name}/{row['dialect']}.json").read_text("utf-8")
        cases = json.loads(text)["cases"]
        expected = [
            x for case in cases for step in case["steps"] for x in step["expected"].values()
        ]
        assert int(row["cases"]) == len(cases)
        assert int(row["numbers"]) == sum(len(x["exact"].split()) for x in expected)
        kinds = ("step", "trajectory", "objective", "layer", "gradient")
        counted = {kind: sum(case["kind"] == kind for case in cases) for kind in kinds}
        assert {kind: int(row.get(kind) or 0) for kind in kinds} == counted


@EVERY
def test_flags_are_counted(rule):
    documents = [
        json.loads((PACKAGED_VECTORS / f"{rule.name}/{dialect.name}.json").read_text("utf-8"))
        for dialect in rule.dialects
    ]
    flags = [f for document in documents for case in document["cases"] for f in case["flags"]]
    found = {row["flag"]: int(row["cases"]) for row in table(vectors.flags(rule, ""))}
    assert found == {flag: flags.count(flag) for flag in flags}
