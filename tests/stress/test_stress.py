"""The stress check: its arithmetic, its inputs, and that it sees what it should."""

import operator
from dataclasses import replace

import mpmath
import numpy as np
import pytest

from goldenrule.conformance.harness.plan import open_targets
from goldenrule.conformance.reports.terminal import console
from goldenrule.conformance.stress import judge, show, stress, trials
from goldenrule.conformance.stress.families import FAMILIES
from goldenrule.conformance.stress.subjects import subjects
from goldenrule.conformance.stress.two_float import TwoFloat, TwoFloatContext, quick_two_sum

ELEMENTS = 2000

# ARITHMETIC


def numbers(seed, size=500):
    rng = np.random.default_rng(seed)
    high = rng.standard_normal(size) * 10.0 ** rng.uniform(-30, 30, size)
    low = high * 2.0**-53 * rng.uniform(-1, 1, size)
    return TwoFloat(*quick_two_sum(high, low))


def exactly(x):
    with mpmath.workprec(400):
        return [
            mpmath.mpf(float(h)) + mpmath.mpf(float(l)) for h, l in zip(x.hi, x.lo, strict=True)
        ]


def worst(got, exact):
    """The largest relative error, in units of 2^-106."""
    with mpmath.workprec(400):
        pairs = zip(exactly(got), exact, strict=True)
        return max(abs(a - b) / abs(b) for a, b in pairs if b) * 2**106


@pytest.mark.parametrize(
    ("operation", "limit"),
    [(operator.add, 3), (operator.sub, 3), (operator.mul, 7), (operator.truediv, 15)],
)
def test_operations_on_two_floats(operation, limit):
    x, y = numbers(1), numbers(2)
    near = TwoFloat(x.hi * (1 + 1e-9 * np.arange(x.hi.size)), x.lo / 2)
    for a, b in ((x, y), (x, near), (x, -near), (near, x)):
        with mpmath.workprec(400):
            exact = [operation(p, q) for p, q in zip(exactly(a), exactly(b), strict=True)]
        assert worst(operation(a, b), exact) <= limit


def test_roots_and_powers_of_two_floats():
    x = numbers(3) ** 2
    with mpmath.workprec(400):
        roots = [mpmath.sqrt(v) for v in exactly(x)]
        powers = [mpmath.mpf(0.999) ** 1000]
    assert worst(TwoFloatContext().sqrt(x), roots) <= 4
    assert worst(TwoFloat(np.array([0.999])) ** 1000, powers) <= 7 * 20
    assert (TwoFloat(3.0) ** 0).hi == 1 and TwoFloatContext().sqrt(TwoFloat(0.0)).hi == 0
    with np.errstate(invalid="ignore"):
        assert np.isnan(TwoFloatContext().sqrt(TwoFloat(-1.0)).hi)


def test_the_larger_two_float():
    ctx = TwoFloatContext()
    tie = ctx.max(TwoFloat([1.0, 1.0, -2.0]), TwoFloat([1.0, 1.0, 3.0], [1e-20, -1e-20, 0.0]))
    assert tie.hi.tolist() == [1, 1, 3] and tie.lo.tolist() == [1e-20, 0, 0]
    assert ctx.max(TwoFloat([-1.0, 2.0]), 0).hi.tolist() == [0, 2]


# INPUTS


@pytest.fixture(scope="module")
def numpy_subjects():
    sessions, _ = open_targets(["numpy"], 60)
    (session,) = sessions
    updates = [entry for entry in session.backend.entries if entry.computes == "update"]
    yield [subject for entry in updates for subject in subjects(session, entry)]
    session.close()


def test_subjects_cover_all_options(numpy_subjects):
    options = {(s.entry.rule, s.entry.dialect, s.options) for s in numpy_subjects}
    assert ("optimizers/rmsprop", "outside", ("centered", "momentum", "weight_decay")) in options
    assert ("optimizers/adam", "corrected_max", ()) in options
    assert ("optimizers/nesterov", "lookahead", ()) in options
    assert len(options) == 69


def test_every_trial_is_in_the_format_and_sane(numpy_subjects):
    seen = set()
    for trial in trials.schedule(numpy_subjects, 40_000, seed=1):
        seen.add(trial.family)
        problem, target = trial.problem, trial.subject.format
        for x in [*problem.given.values(), *(x for s in problem.steps for x in s.given.values())]:
            assert np.isfinite(x).all() and target.represents(x.astype(target.dtype)).all()
            assert (x.astype(target.dtype) == x).all()
        assert set(problem.steps[0].hyper) == trial.subject.hyper
        assert set(problem.given) == trial.subject.state | (trial.subject.symbols & {"theta"})
    assert seen == {*FAMILIES, "trajectory", "quadratic"}


def test_half_types_are_representable(numpy_subjects):
    from goldenrule.reference.profile import Profile

    for name in ("bfloat16", "float16"):
        subject = replace(numpy_subjects[-1], profile=Profile.parse(name))
        for family in ("normal", "decades", "underflow"):
            trial = trials.draw(np.random.default_rng(0), subject, family, 100)
            for x in trial.problem.given.values():
                assert subject.format.represents(x.astype(np.float32)).all()


def test_every_family_says_what_it_is():
    assert all(family.__doc__ and "\n" not in family.__doc__ for family in FAMILIES.values())


def test_both_ways_to_judge_agree(numpy_subjects):
    """NumPy's exact values and bounds are mpmath's."""
    rng = np.random.default_rng(3)
    for subject in numpy_subjects:
        if subject.has_objective or subject.profile.name != "float32":
            continue
        trial = trials.draw(rng, subject, rng.choice(["adversarial", "cancellation"]), 4)
        quick, precise = next(judge.quickly(trial)), next(judge.precisely(trial))
        for name, exact in precise[0].items():
            gap = exact.distance(quick[0][name].hi) - abs(quick[0][name].lo)
            bound = np.broadcast_to(precise[1][name], gap.shape).astype(np.float64)
            finite = np.isfinite(bound)
            assert (np.abs(gap) <= 1e-12 * bound)[finite].all(), (subject.name, name)
            np.testing.assert_allclose(quick[1][name], bound, rtol=1e-9)


# VERDICTS


def test_numpy_stays_within_its_bounds():
    report = stress(["numpy"], ELEMENTS, seed=2)
    assert report.exit_code == 0
    assert report.total.violations == 0 and report.total.elements >= ELEMENTS
    assert 0.9 < report.total.worst <= 1
    assert 3 < report.total.median < 30
    again = stress(["numpy"], ELEMENTS, seed=2)
    assert [(r.key, r.elements, r.worst) for r in again.rows] == [
        (r.key, r.elements, r.worst) for r in report.rows
    ]


def test_halved_bounds_are_exceeded(monkeypatch):
    bounds = judge.trajectory_bounds

    def halved(*arguments):
        steps = bounds(*arguments)
        return [[{n: x * 0.5 for n, x in errors.items()} for errors in step] for step in steps]

    monkeypatch.setattr(judge, "trajectory_bounds", halved)
    report = stress(["numpy"], ELEMENTS)
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
def stressed(tmp_path):
    """Stress an Adam with this last line."""

    def run(body, profile="float32"):
        path = tmp_path / "mine.py"
        path.write_text(ADAM.format(kind="step", profile=profile, body=body), encoding="utf-8")
        return stress([str(path)], ELEMENTS)

    return run


@pytest.mark.parametrize("profile", ["float32", "float64"])
def test_a_correct_backend(stressed, profile):
    assert stressed(GOOD, profile).exit_code == 0


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
def test_a_wrong_backend(stressed, profile, body):
    report = stressed(body, profile)
    assert report.exit_code == 1 and report.total.violations > 0
    first, given, step, got, error = list(report.violations[0].lines())[:5]
    assert first.startswith(f"mine optimizers/adam/paper {profile}, ")
    assert "theta=" in given and "m=" in given and "alpha=0x1." in step
    assert "bound" in "".join(report.violations[0].lines())
    assert got and error


def test_a_result_that_is_no_number(stressed):
    report = stressed("theta = theta * np.nan")
    assert report.exit_code == 1 and report.total.worst == np.inf


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("theta = theta.astype(np.float64)", "theta is float64 (333,), not float32 (333,)"),
        ("m = m[:-1]", "m is float32 (332,), not float32 (333,)"),
    ],
)
def test_a_result_of_another_type_or_shape(stressed, body, message):
    report = stressed(body)
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
    report = stress([str(path)], 500)
    assert report.exit_code == code
    if report.violations:
        assert "A b theta a [2] = " in "\n".join(report.violations[0].lines())


def test_a_backend_that_raises(stressed):
    report = stressed("raise RuntimeError('planted')")
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
    report = stress([str(path)], 200)
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
    report = stress([str(path)], 200)
    assert report.exit_code == 2 and message in report.problems[0].message


def test_a_framework_that_is_missing(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("import framework_of_nobody", encoding="utf-8")
    report = stress([str(path)], 200)
    assert report.exit_code == 2
    assert report.problems[0].message == "not checked: framework_of_nobody is not installed"


def test_no_such_backend():
    report = stress(["nothing"], 10)
    assert report.exit_code == 2 and not report.rows


# THE TABLE


def test_the_table(capsys, stressed):
    report = stressed("theta = theta - alpha * m_hat / np.sqrt(v_hat + eps)")
    show(report, console())
    table = capsys.readouterr().out
    assert "mine" in table and "adversarial" in table
    assert "got 0x" in table or "got -0x" in table
    assert f"{report.total.violations} outside their bounds" in table
    show(report, console(), ("rule", "profile"))
    assert "optimizers/adam  float32" in capsys.readouterr().out
