"""The JSON Schema: the toy's file is valid, and strangers in a file are not."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from goldenrule.conformance.files.canonical import dump

from . import toy, toy_layer

SCHEMA = json.loads((files("goldenrule.conformance.schema") / "vectors.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def errors(document: dict[str, Any]) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(json.loads(dump(document)))]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_toy_is_valid() -> None:
    assert errors(toy.document()) == []
    assert errors(toy_layer.document()) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("surprise",), 1),
        (("cases", 0, "surprise"), 1),
        (("cases", 0, "steps", 0, "hyper", "alpha"), "0.125"),
        (("cases", 0, "given", "m", "data"), "0x1p+0 0x1p+0 0x1p+0 "),
        (("cases", 0, "given", "m", "data"), "0x1p+0 0.5 0x1p+0"),
        (("cases", 0, "steps", 0, "expected", "m", "accept", "float32", "lo"), "123"),
        (("cases", 0, "steps", 0, "expected", "m", "accept", "float32", "bound"), "1e-7 0 0"),
        (("profiles", "float32+fast"), {"format": "float32"}),
        (("flags", "sign", "links"), None),
    ],
)
def test_what_the_schema_refuses(path: tuple[Any, ...], value: Any) -> None:
    assert errors(toy.changed(path, value))


@pytest.mark.parametrize("value", ["one", [], 1.5, [[1, 2, 3]], [[1, 2], 3], {}])
def test_attributes_are_integers_or_pairs(value: Any) -> None:
    content = toy_layer.document()
    content["cases"][0]["steps"][0]["attributes"]["stride"] = value
    assert errors(content)
