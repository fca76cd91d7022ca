"""Fuzzing update rules: what is said of right and of wrong ones."""

import numpy as np
import pytest

from goldenrule.conformance.fuzz import fuzz, judge
from goldenrule.conformance.harness.plan import Selection

ELEMENTS = 2000
UPDATES = Selection("optimizers/*")


def test_numpy_stays_within_its_bounds():
    report = fuzz(["numpy"], UPDATES, elements=ELEMENTS, seed=2)
    assert report.exit_code == 0
    assert report.total.violations == 0 and report.total.elements >= ELEMENTS
    assert 0.9 < report.total.worst <= 1
    assert 0.03 < report.total.median < 0.3
    again = fuzz(["numpy"], UPDATES, elements=ELEMENTS, seed=2)
    assert [(r.key, r.elements, r.worst) for r in again.rows] == [
        (r.key, r.elements, r.worst) for r in report.rows
    ]


def test_halved_bounds_are_exceeded(monkeypatch):
    bounds = judge.trajectory_bounds

    def halved(*arguments):
        steps = bounds(*arguments)
        return [[{n: x * 0.5 for n, x in errors.items()} for errors in step] for step in steps]

    monkeypatch.setattr(judge, "trajectory_bounds", halved)
    report = fuzz(["numpy"], UPDATES, elements=ELEMENTS, shrink=False)
    assert report.exit_code == 1 and report.total.violations > 10


ADAM = """
import numpy as np
from goldenrule.conformance import Backend

backend = Backend("mine")

@backend.{kind}("optimizers/adam", dialect="paper", profile="{profile}")
def adam(theta, g, m, v, t, alpha, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    {body}
    return {{"theta": theta, "m": m, "v": v}}
"""
GOOD = "theta = theta - alpha * m_hat / (np.sqrt(v_hat) + eps)"


@pytest.fixture
def fuzzed(tmp_path):
    """Fuzz an Adam with this last line."""

    def run(body, profile="float32"):
        path = tmp_path / "mine.py"
        path.write_text(ADAM.format(kind="step", profile=profile, body=body), encoding="utf-8")
        return fuzz([str(path)], elements=ELEMENTS, shrink=False)

    return run


@pytest.mark.parametrize("profile", ["float32", "float64"])
def test_a_correct_backend(fuzzed, profile):
    assert fuzzed(GOOD, profile).exit_code == 0


@pytest.mark.parametrize(
    ("profile", "body"),
    [
        ("float64", "theta = theta - alpha * m_hat / np.sqrt(v_hat + eps)"),
        ("float64", GOOD.replace("m_hat", "m_hat.astype(np.float32)")),
        ("float32", GOOD.replace("np.sqrt(v_hat)", "np.sqrt(v_hat) * np.float32(1 - 2**-20)")),
        ("float32", GOOD.replace("alpha", "alpha * (1 + 2**-20)")),
    ],
    ids=["eps moved", "an intermediate in float32", "root off by 1e-6", "rate off by 1e-6"],
)
def test_a_wrong_backend(fuzzed, profile, body):
    report = fuzzed(body, profile)
    assert report.exit_code == 1 and report.total.violations > 0
    first, given, step, got, error = list(report.findings[0].lines())[:5]
    assert first.startswith(f"mine optimizers/adam/paper {profile}, ")
    assert "theta=" in given and "m=" in given and "alpha=0x1." in step
    assert "bound" in "".join(report.findings[0].lines())
    assert got and error


def test_a_result_that_is_no_number(fuzzed):
    report = fuzzed("theta = theta * np.nan")
    assert report.exit_code == 1 and report.total.worst == np.inf


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("theta = theta.astype(np.float64)", "theta is float64 (333,), not float32 (333,)"),
        ("m = m[:-1]", "m is float32 (332,), not float32 (333,)"),
    ],
)
def test_a_result_of_another_type_or_shape(fuzzed, body, message):
    report = fuzzed(body)
    assert report.exit_code == 1
    assert message in [problem.message for problem in report.problems]


LOOKAHEAD = """
from goldenrule.conformance import Backend

backend = Backend("mine")

@backend.step("optimizers/nesterov", dialect="lookahead", profile="float32")
def lookahead(theta, a, gradient, alpha, beta):
    a = beta * a + gradient(theta {sign} (alpha * beta) * a)
    return {{"theta": theta - alpha * a, "a": a}}
"""


@pytest.mark.parametrize(("sign", "code"), [("-", 0), ("+", 1)])
def test_a_rule_that_takes_the_gradient_itself(tmp_path, sign, code):
    path = tmp_path / "mine.py"
    path.write_text(LOOKAHEAD.format(sign=sign), encoding="utf-8")
    report = fuzz([str(path)], elements=500, shrink=False)
    assert report.exit_code == code
    if report.findings:
        assert "A b theta a [2] = " in "\n".join(report.findings[0].lines())


def test_a_backend_that_raises(fuzzed):
    report = fuzzed("raise RuntimeError('planted')")
    assert report.exit_code == 1 and not report.rows
    assert "planted" in report.problems[0].message


TRAJECTORY = """
from goldenrule.conformance import Backend

backend = Backend("mine")

@backend.trajectory("optimizers/momentum", dialect="averaged", profile="float32")
def momentum(theta, steps, alpha, beta):
    a = 0
    for step in steps:
        a = beta * a + (1 - beta) * step.g
        theta = theta - step.alpha * a
        yield theta
"""


def test_a_backend_without_state_runs_trajectories(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(TRAJECTORY, encoding="utf-8")
    report = fuzz([str(path)], elements=200, shrink=False)
    assert report.exit_code == 0
    assert [row.key.family for row in report.rows] == ["trajectory"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("optimizers/momentum", "optimizers/nothing", "unknown rule 'optimizers/nothing'"),
        ("averaged", "nothing", "unknown dialect optimizers/momentum/nothing"),
        ("float32", "float33", "unknown profile 'float33'"),
        ("alpha, beta", "alpha, beta, rho", "cannot be called with what the rule takes"),
    ],
)
def test_a_declaration_of_something_unknown(tmp_path, old, new, message):
    path = tmp_path / "mine.py"
    path.write_text(TRAJECTORY.replace(old, new), encoding="utf-8")
    report = fuzz([str(path)], elements=200, shrink=False)
    assert report.exit_code == 2 and message in report.problems[0].message


def test_a_framework_that_is_missing(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("import framework_of_nobody", encoding="utf-8")
    report = fuzz([str(path)], elements=200, shrink=False)
    assert report.exit_code == 2
    assert report.problems[0].message == "not checked: framework_of_nobody is not installed"


def test_no_such_backend():
    report = fuzz(["nothing"], elements=10, shrink=False)
    assert report.exit_code == 2 and not report.rows
