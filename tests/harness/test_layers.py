"""Layers and their gradients: what is asked of whom, and what becomes of the answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goldenrule.conformance import Backend
from goldenrule.conformance.files.discovery import Location, VectorFileError
from goldenrule.conformance.files.vector_file import load
from goldenrule.conformance.harness.plan import Selection
from goldenrule.conformance.harness.results import EntryResult, Report, Status
from goldenrule.conformance.harness.verify import verify
from goldenrule.conformance.reports.json import render as render_json
from goldenrule.conformance.reports.junit import render as render_junit
from goldenrule.conformance.reports.terminal import console, show

from . import toy_layer

Verified = Callable[..., Report]


@pytest.fixture
def verified(tmp_path: Path) -> Verified:
    """Verify a backend of the toy layer with these bodies of its functions."""

    def run(text: str | None = None, **bodies: str) -> Report:
        toy_layer.write(tmp_path / "vectors")
        path = tmp_path / "mine.py"
        path.write_text(text or toy_layer.source(**bodies), encoding="utf-8")
        return verify([str(path)], Selection(root=tmp_path / "vectors"), diagnose=False)

    return run


def statuses(entry: EntryResult) -> dict[str, str]:
    return {case.case.id: case.status.value for case in entry.cases}


def test_a_layer_and_its_gradient_conform_each_by_its_own_cases(verified: Verified) -> None:
    report = verified()
    layer, gradient = report.entries
    assert set(statuses(layer).items()) == {
        (name, "passed") for name in ("whole", "strided", "empty", "batches")
    }
    assert statuses(gradient) == {"backward": "passed"}
    assert report.exit_code == 0
    assert layer.id == "mine/normalizations/toy/plain/float64"
    assert gradient.id == "mine/normalizations/toy/plain/gradient/float64"
    assert (layer.missing, gradient.missing) == ((), ())


def test_an_attribute_that_changes_nothing_need_not_be_taken(verified: Verified) -> None:
    layer, _ = verified(takes="x, gamma", forward="return x * gamma").entries
    reasons = {case.case.id: case.reason for case in layer.cases}
    assert reasons["strided"] == "takes no stride"
    assert reasons["batches"] == "takes no running"
    assert statuses(layer)["whole"] == statuses(layer)["empty"] == "passed"


def test_attributes_are_integers_and_tuples(verified: Verified) -> None:
    takes = "x, gamma, stride, padding, running=None"
    seen = "assert (padding, type(stride), type(stride[0])) == (((0, 0),), tuple, int)"
    report = verified(takes=takes, forward=seen + toy_layer.FORWARD)
    assert report.exit_code == 0


def test_a_bare_array_is_the_main_output_of_its_case(verified: Verified) -> None:
    bare = verified(forward="return x[::stride[0]] * gamma", backward="return dy / 2")
    layer, gradient = bare.entries
    assert layer.verdict == gradient.verdict == "conforms"


def test_what_is_not_returned_is_said(verified: Verified, capsys: Any) -> None:
    report = verified(backward="return dy * gamma")
    _, gradient = report.entries
    assert gradient.missing == ("dgamma",)
    show(report, console())
    line = "not returned, so not judged: mine  normalizations/toy/plain gradient: dgamma"
    assert line in capsys.readouterr().out
    cases = json.loads(render_json(report))["entries"][1]["cases"]
    assert [case["not_returned"] for case in cases] == [["dgamma"]]
    assert "not returned: dgamma" in render_junit(report)


@pytest.mark.parametrize(
    ("backward", "status", "message"),
    [
        ("return {'dx': dy[:2] * gamma}", Status.DEVIATES, "shape [2], not [3]"),
        ("return {'dx': dy * gamma, 'dgamma': (dy * x).sum()}", Status.DEVIATES, "shape [], not"),
        ("return dy * np.nan", Status.DEVIATES, "NaN"),
        ("return {'dgamma': x[:1], 'dx': dy * gamma}", Status.DEVIATES, "outside"),
        ("return {'y': x}", Status.ERROR, "unknown output 'y' (outputs: dx, dgamma)"),
        ("return dy, x", Status.ERROR, "name the outputs, as in {'dx': ..., 'dgamma': ...}"),
        ("raise Unsupported('three axes at most')", Status.NOT_APPLICABLE, "three axes at most"),
        ("raise Unsupported", Status.NOT_APPLICABLE, "not supported"),
    ],
)
def test_answers(verified: Verified, backward: str, status: Status, message: str) -> None:
    (case,) = verified(backward=backward).entries[1].cases
    assert case.status is status
    assert message in (case.failure.message if case.failure else case.reason)


def test_a_refusal_of_every_case_is_not_checked(verified: Verified) -> None:
    report = verified(backward="raise Unsupported('no gradients here')")
    assert report.entries[1].reason == "no case is applicable: no gradients here"
    assert report.exit_code == 2


def test_state_must_come_back_to_go_on(verified: Verified) -> None:
    layer, _ = verified(forward="return x[::stride[0]] * gamma").entries
    (batches,) = [case for case in layer.cases if case.case.id == "batches"]
    assert batches.reason == "several steps, but running is not returned"


def test_a_function_of_another_kind_is_told(verified: Verified) -> None:
    text = toy_layer.source().replace("backend.layer", "backend.step")
    layer, _ = verified(text).entries
    assert layer.reason == "no case is for a step function: declare a layer or gradient function"


def test_a_declaration_is_for_a_layer_once_and_for_its_gradient_once() -> None:
    backend = Backend("mine")
    for kind in ("layer", "gradient"):
        backend.add("a/b", dialect="c", profile="float32", function=dict, kind=kind, accepts=())
    with pytest.raises(ValueError, match="declared twice"):
        backend.add("a/b", dialect="c", profile="float32", function=dict, kind="layer", accepts=())


def test_a_table_tells_the_gradient_from_the_layer(verified: Verified, capsys: Any) -> None:
    show(verified(backward="return -dy"), console())
    out = capsys.readouterr().out
    assert "  toy/plain           float64" in out
    assert "  toy/plain gradient  float64" in out
    assert "mine  normalizations/toy/plain gradient  float64: 1 of 1 cases fail" in out


@pytest.mark.parametrize(
    ("name", "value"),
    [("stride", "one"), ("stride", []), ("stride", [1, True]), ("padding", [[0, 1, 2]]), ("p", {})],
)
def test_attributes_that_are_none(tmp_path: Path, name: str, value: Any) -> None:
    content = toy_layer.document()
    content["cases"][0]["steps"][0]["attributes"][name] = value
    toy_layer.write(tmp_path, content)
    with pytest.raises(VectorFileError, match=f"attribute {name}: not integers"):
        load(Location(tmp_path, toy_layer.RULE, toy_layer.DIALECT))


def test_an_empty_tensor_has_no_values(tmp_path: Path) -> None:
    content = toy_layer.document()
    content["cases"][2]["steps"][0]["given"]["x"]["data"] = "0x1p+0"
    toy_layer.write(tmp_path, content)
    with pytest.raises(VectorFileError, match="data has 1 values, but the shape has 0"):
        load(Location(tmp_path, toy_layer.RULE, toy_layer.DIALECT))


def test_a_truncated_file(tmp_path: Path) -> None:
    path = toy_layer.write(tmp_path)
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    with pytest.raises(VectorFileError, match="truncated"):
        load(Location(tmp_path, toy_layer.RULE, toy_layer.DIALECT))
