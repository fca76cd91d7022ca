"""The worked bound: the page's own sweep gives the library's numbers, and its prose tells them."""

import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from struct import pack, unpack

import pytest

from goldenrule.reference.bounds import bounds
from goldenrule.reference.bounds.machine import Machine
from goldenrule.reference.bounds.sensitivities import Sensitivities
from goldenrule.reference.bounds.sweep import _errors
from goldenrule.reference.profile import Profile

PAGE = (Path(__file__).parents[2] / "docs/theory/bounds.md").read_text(encoding="utf-8")
PROSE = PAGE.replace("\n", " ")
FLOAT32 = Profile.parse("float32")


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The page's first program, as a module."""
    path = tmp_path_factory.mktemp("page") / "one_element.py"
    path.write_text(re.search(rf"```python\n# {path.name}\n(.*?)```", PAGE, re.DOTALL)[1])
    spec = spec_from_file_location(path.stem, path)
    module = module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def close(value, expected):
    return float(value) == pytest.approx(float(expected), rel=1e-9, abs=0)


def test_every_operation_has_the_error_that_the_library_gives_it(example):
    tape, theta = example.record(example.FORMS["paper"][0])
    slope, own, forward, linear = example.sweep(tape, theta)
    sensitivities = Sensitivities(tape)
    errors = _errors(sensitivities, Machine(FLOAT32, tape.numbers), {})
    for node in tape.nodes:
        assert close(forward[node], errors[node].forward), node.operation
        assert close(linear[node], errors[node].linear), node.operation
        assert close(own[node], errors[node].local), node.operation
    first_order = sum(own[node] * slope[node] for node in tape.nodes)
    known = sum(errors[x].local * weight for x, weight in sensitivities.of(theta, errors))
    assert close(first_order, known)


def test_the_bound_is_the_library_s(example):
    tape, theta = example.record(example.FORMS["paper"][0])
    found = bounds(tape, {"theta": theta}, FLOAT32, {})["theta"]
    assert f"\nbound  {float(found):.7e}\n" in PAGE


def test_what_the_prose_says_of_the_numbers(example):
    tape, theta = example.record(example.FORMS["paper"][0])
    slope, own, forward, linear = example.sweep(tape, theta)
    one = 2**-24 * abs(float(theta.value))
    total = sum(own[node] * slope[node] for node in tape.nodes)
    assert round(float(total) / one, 1) == 13.5
    assert "about 13.5 such roundings" in PROSE
    assert 0.45e-6 < float((forward[theta] - linear[theta]) / forward[theta]) < 0.55e-6
    assert "one part in two million" in PROSE
    found = [bounds(tape, {"": theta}, Profile.parse(f"float32{x}"), {})[""] for x in STEP32]
    assert 55 < float(found[1] / found[0]) < 65
    assert "some sixty times larger" in PROSE


STEP32 = ("", "+ftz+step32")


def test_how_far_off_a_cast_beta_is():
    (cast,) = unpack("f", pack("f", 0.999))
    assert f"{cast:.8f}" == "0.99900001"
    assert round((cast - 0.999) / (0.001 * 2**-24)) == 216
    assert "`1 - beta2` is off by 216 float32 roundings" in PROSE
