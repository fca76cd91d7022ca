"""Fuzzing layers: what is said of right and of wrong ones."""

import numpy as np
import pytest

from goldenrule.conformance.fuzz import fuzz, layers, show
from goldenrule.conformance.fuzz.layers.families import FAMILIES
from goldenrule.conformance.fuzz.layers.judge import judge
from goldenrule.conformance.reports.terminal import console

ELEMENTS = 30_000

BACKEND = """
import numpy as np
from goldenrule.conformance import Backend, Unsupported

backend = Backend("mine")
"""
LAYER_NORM = """
@backend.layer("normalizations/layer_norm", dialect="elementwise", profile="{profile}")
def layer_norm(x, axis, eps, gamma=None, beta=None):
    axes = tuple(range(axis, x.ndim))
    n = x[0].size if axis == 1 else np.prod(x.shape[axis:])
    mu = x.mean(axis=axes, keepdims=True)
    v = ((x - mu) ** 2).mean(axis=axes, keepdims=True)
    {body}
    y = (x - mu) / np.sqrt(v + x.dtype.type(eps))
    return y if gamma is None else y * gamma + beta
"""
GRADIENT = """
@backend.gradient("normalizations/rms_norm", dialect="paper", profile="float64")
def rms_norm_gradient(dy, x, axis, eps, gamma=None):
    axes, rest = tuple(range(axis, x.ndim)), tuple(range(axis))
    r = 1 / np.sqrt((x * x).mean(axis=axes, keepdims=True) + eps)
    g = dy if gamma is None else dy * gamma
    dx = r * (g - x * r * r * (g * x).mean(axis=axes, keepdims=True){wrong})
    return {{"dx": dx, "dgamma": None if gamma is None else (dy * x * r).sum(axis=rest)}}
"""


@pytest.fixture
def fuzzed(tmp_path):
    """Fuzz a backend with this source."""

    def run(source, elements=ELEMENTS, seed=0, shrink=False):
        path = tmp_path / "mine.py"
        path.write_text(BACKEND + source, encoding="utf-8")
        return fuzz([str(path)], elements=elements, seed=seed, shrink=shrink)

    return run


def layer_norm(body="pass", profile="float64"):
    return LAYER_NORM.format(body=body, profile=profile)


@pytest.mark.parametrize("profile", ["float64", "float32", "float32+onepass"])
def test_a_correct_layer(fuzzed, profile):
    report = fuzzed(layer_norm(profile=profile), 60_000)
    assert report.exit_code == 0 and report.total.violations == 0
    assert report.total.elements >= 600
    assert {row.key.family for row in report.rows} == set(FAMILIES)
    assert 0.1 < report.total.worst <= 1


def test_a_correct_gradient(fuzzed):
    report = fuzzed(GRADIENT.format(wrong=""))
    assert report.exit_code == 0
    assert {row.key.computes for row in report.rows} == {"gradient"}


ONE_PASS = "v = np.maximum((x * x).mean(axis=axes, keepdims=True) - mu * mu, 0)"


@pytest.mark.parametrize(
    "source",
    [
        layer_norm("v = v * n / max(n - 1, 1)"),
        layer_norm(ONE_PASS, "float32"),
        layer_norm("mu = mu * (1 + 2.0**-48)"),
        GRADIENT.format(wrong=" * 0.5"),
        GRADIENT.format(wrong=" * (1 + 2.0**-44)"),
    ],
    ids=["variance by n - 1", "undeclared one pass", "mean off", "half a term", "a term off"],
)
def test_a_wrong_layer(fuzzed, source):
    report = fuzzed(source)
    assert report.exit_code == 1 and report.total.violations > 0
    lines = list(report.findings[0].lines())
    assert lines[0].startswith("mine normalizations/") and "seed 0 " in lines[0]
    assert lines[-1].startswith("error ") and "bound" in lines[-1]


def test_one_pass_may_be_declared(fuzzed):
    assert fuzzed(layer_norm(ONE_PASS, "float32+onepass")).exit_code == 0


@pytest.mark.parametrize(("bounds", "code"), [(0, 0), (4, 1)])
def test_an_added_error_of_four_bounds(fuzzed, monkeypatch, bounds, code):
    def shifted(trial, got):
        (accept,) = trial.question.expected["y"].accept.values()
        shift = np.array(accept.bound.split(), float).reshape(got["y"].shape)
        return judge(trial, {"y": got["y"] + bounds * shift})

    monkeypatch.setattr(layers.run, "judge", shifted)
    report = fuzzed(layer_norm(), 10_000)
    assert report.exit_code == code
    if code:
        assert report.total.violations > 0.9 * report.total.numbers
        assert 3 <= report.total.worst <= 5


def test_an_output_that_is_no_number(fuzzed):
    report = fuzzed(layer_norm("v = v * np.nan"))
    assert report.exit_code == 1 and report.total.violations > 0


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return x[..., :0]", "not float64"),
        ("return x.astype(np.float32)", "y is float32"),
        ("raise RuntimeError('planted')", "planted"),
    ],
)
def test_a_failure(fuzzed, body, message):
    report = fuzzed(layer_norm(body), 2000)
    assert report.exit_code == 1
    assert any(message in problem.message for problem in report.problems)


def test_refusals_are_counted(capsys, fuzzed):
    body = "if x.ndim > 2: raise Unsupported('no images')"
    report = fuzzed(layer_norm(body))
    assert report.exit_code == 0 and report.total.numbers
    assert report.refused["mine", "no images"] > 5
    show(report, console())
    assert "not applicable: mine, " in capsys.readouterr().out


def test_one_that_refuses_everything_ends(fuzzed):
    report = fuzzed(layer_norm("raise Unsupported('nothing')"), 2000)
    assert report.exit_code == 2 and not report.rows


def test_the_same_seed_finds_the_same(fuzzed):
    one, two, other = (fuzzed(layer_norm(), 20_000, seed) for seed in (1, 1, 2))
    rows = [[(r.key, r.elements, r.worst) for r in report.rows] for report in (one, two, other)]
    assert rows[0] == rows[1] != rows[2]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("normalizations/layer_norm", "normalizations/nothing", "unknown rule"),
        ("elementwise", "nothing", "unknown dialect normalizations/layer_norm/nothing"),
        ("axis, eps", "axis, eps, rho", "cannot be called with what the rule takes"),
    ],
)
def test_a_declaration_of_something_unknown(fuzzed, old, new, message):
    report = fuzzed(layer_norm().replace(old, new), 200)
    assert report.exit_code == 2 and message in report.problems[0].message
