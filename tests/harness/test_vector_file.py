"""Vector files: canonical text, and every way in which one can be bad."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goldenrule.conformance.files.canonical import dump
from goldenrule.conformance.files.discovery import Location, discover
from goldenrule.conformance.files.vector_file import VectorFileError, load
from goldenrule.conformance.harness.results import Report

from . import toy


def location(root: Path) -> Location:
    return Location(root, toy.RULE, toy.DIALECT)


def test_a_file_comes_back_whole(vectors: Path) -> None:
    file = load(location(vectors))
    assert [case.id for case in file.cases] == ["step", "decay", "run"]
    assert file.cases[0].given["theta"].array(toy_dtype()).tolist() == [0.0, 1.0, -0.5]
    assert file.cases[0].profiles == {"float64", "float32", "bfloat16"}
    assert file.always_given == {"theta", "m"}
    assert file.flags["sign"].note == "catches a wrong sign"


def toy_dtype() -> Any:
    import numpy as np

    return np.dtype(np.float32)


def test_the_text_is_canonical() -> None:
    text = dump(toy.document())
    assert dump(json.loads(text)) == text
    assert text.endswith("}\n")
    assert '\n        "theta": {"shape": [3], "data": "0x0p+0 0x1p+0 -0x1p-1"},\n' in text


STEP = ("cases", 0, "steps", 0)
THETA = (*STEP, "expected", "theta")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("schema",), "3.0", "unknown schema version '3.0'"),
        (("schema",), None, "missing key 'schema'"),
        (("cases",), None, "missing key 'cases'"),
        (("cases",), [], "no outputs or no cases"),
        (("cases",), {}, "'cases' is not of JSON type array"),
        (("cases", 0, "id"), None, "case 0: missing key 'id'"),
        (("cases", 0, "kind"), "stop", "case 'step': unknown kind 'stop'"),
        (("cases", 0, "kind"), "objective", "case 'step': missing key 'objective'"),
        (("cases", 0, "flags"), ["sing"], "case 'step': unknown flag 'sing'"),
        (("cases", 0, "flags"), 3, "case 'step': 'flags' is not of JSON type array"),
        (("cases", 0, "t"), "three", "case 'step': 't' is not of JSON type integer"),
        (("cases", 0, "id"), "run", "case 'run': its id occurs twice"),
        ((*THETA, "accept"), {}, "accepts nothing in any profile"),
        (("cases", 0, "given", "m", "data"), "0x1p+0", "data has 1 values, but the shape has 3"),
        (("cases", 0, "given", "m", "data"), "0x1p+0 0x1p+0 one", "given m: not a hex float"),
        (("cases", 0, "given", "m", "shape"), [-3], "the shape is not a list of numbers"),
        ((*STEP, "hyper"), None, "step 1: missing key 'hyper'"),
        ((*STEP, "hyper", "alpha"), 0.125, "step 1, hyper alpha: not a hex float"),
        ((*STEP, "expected"), {}, "expects nothing"),
        ((*THETA, "exact"), "0x1p+0", "exact has 1 values"),
        ((*THETA, "accept", "float32", "lo"), "00000000", "float32 lo has 1 values"),
        ((*THETA, "accept", "float32", "bound"), None, "missing key 'bound'"),
        ((*THETA, "accept", "float32"), None, "has other profiles than its case"),
        ((*THETA, "accept", "float32"), {"same_as": "float16"}, "a profile that is not there"),
        ((*THETA, "accept", "float31"), {"same_as": "float32"}, "unknown profile 'float31'"),
        (("profiles", "float32", "format"), "float31", "unknown profile or format"),
        (("rule",), "optimizers/other", "rule is 'optimizers/other', but the file stands in"),
        (("dialect",), "other", "dialect is 'other', but the file stands in"),
    ],
)
def test_bad_content(tmp_path: Path, path: tuple[Any, ...], value: Any, message: str) -> None:
    toy.write(tmp_path, toy.changed(path, value))
    with pytest.raises(VectorFileError) as caught:
        load(location(tmp_path))
    text = str(caught.value)
    assert text.startswith(str(tmp_path / "optimizers" / "toy" / "plain.json"))
    assert message in text
    assert "\n" not in text


def edited() -> str:
    return dump(toy.document()).replace("0x1p+0 -0x1p-1", "0x1p+1 -0x1p-1")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (dump(toy.document())[:2000], "not valid JSON, perhaps truncated"),
        ("", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "not an object"),
        (edited(), "does not match its sha256: the file was edited or damaged"),
    ],
)
def test_bad_text_fails_the_run(
    judged: Callable[..., Report], vectors: Path, text: str, message: str
) -> None:
    toy.write(vectors, text=text)
    report = judged()
    (problem,) = report.problems
    assert message in problem.message
    assert report.exit_code == 1
    assert {entry.reason for entry in report.entries} == {"its vector file cannot be used"}


@pytest.mark.parametrize("key", ["exact", "lo", "bound"])
def test_golden_values_that_are_not_numbers(
    judged: Callable[..., Report], vectors: Path, key: str
) -> None:
    place = THETA if key == "exact" else (*THETA, "accept", "float64")
    toy.write(vectors, toy.changed((*place, key), "one two three"))
    entry = judged(selection={"profile": "float64"}).entries[0]
    assert "cannot be read" in entry.cases[0].reason
    assert [case.case.id for case in entry.wrong] == ["step"]


def test_a_bad_file_leaves_the_others_alone(judged: Callable[..., Report], vectors: Path) -> None:
    bad = vectors / "optimizers" / "toy" / "bad.json"
    bad.write_text("{")
    report = judged()
    assert [entry.verdict for entry in report.entries] == ["conforms", "conforms"]
    assert report.exit_code == 1


def test_a_link_out_of_the_folder(vectors: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    path = toy.write(vectors)
    path.rename(outside)
    path.symlink_to(outside)
    with pytest.raises(VectorFileError, match="leads outside its folder"):
        load(location(vectors))


def test_a_misplaced_file(vectors: Path) -> None:
    path = toy.write(vectors)
    misplaced = path.rename(vectors / "plain.json")
    (place,) = discover(vectors)
    assert place.path == misplaced
    with pytest.raises(VectorFileError, match="misplaced"):
        load(place)
