"""The pytest plugin, run inside pytest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from . import toy, toy_layer

pytest_plugins = ["pytester"]

Backend = Callable[[str], str]
Run = Callable[..., pytest.RunResult]
BAD = "return {'theta': -theta, 'm': m}"


@pytest.fixture
def run(pytester: pytest.Pytester, vectors: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run pytest with the toy's vectors."""
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)

    def run(*arguments: str) -> pytest.RunResult:
        options = ["-p", "no:cacheprovider", "--goldenrule-vectors", str(vectors)]
        return pytester.runpytest_inprocess(*options, *arguments)

    return run


@pytest.mark.parametrize("processes", [[], ["-n", "2"]])
def test_items_of_a_backend(run: Run, backend: Backend, processes: list[str]) -> None:
    result = run("--goldenrule-backend", backend(toy.GOOD), *processes)
    result.assert_outcomes(passed=4)


def test_failures_say_what_is_wrong(run: Run, backend: Backend) -> None:
    result = run("--goldenrule-backend", backend(BAD), "-k", "float32 and step")
    result.assert_outcomes(failed=1, deselected=3)
    result.stdout.fnmatch_lines(
        [
            "case      step  (a toy)",
            "where     step 1, theta[[]0[]]: outside the accepted interval",
            "catches   sign: catches a wrong sign",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_junit(run: Run, backend: Backend, pytester: pytest.Pytester) -> None:
    run("--goldenrule-backend", backend(toy.GOOD), "--junit-xml=out.xml")
    text = (pytester.path / "out.xml").read_text()
    assert 'classname="mine.optimizers.toy.plain.float64" name="step"' in text


def test_one_line_in_a_suite(
    run: Run, backend: Backend, pytester: pytest.Pytester, vectors: Path
) -> None:
    backend(toy.GOOD)
    pytester.makepyfile(
        test_suite=f"""
        from goldenrule.conformance.pytest_plugin import conformance
        test_mine = conformance({backend(toy.GOOD)!r}, profile="float32")
        test_all = conformance({backend(toy.GOOD)!r}, vectors={str(vectors)!r})
        """
    )
    run().assert_outcomes(passed=6)
    run("-n", "2").assert_outcomes(passed=6)


def test_expected_failures(run: Run, backend: Backend, tmp_path: Path) -> None:
    path = tmp_path / "xfail"
    path.write_text("mine/optimizers/toy/plain/*/step  # known\n")
    arguments = ("--goldenrule-xfail", str(path), "--goldenrule-backend")
    run(*arguments, backend(BAD)).assert_outcomes(xfailed=2, failed=2)
    run(*arguments, backend(toy.GOOD)).assert_outcomes(passed=2, failed=2)
    path.write_text("no reason")
    assert run(*arguments, backend(toy.GOOD)).ret == pytest.ExitCode.USAGE_ERROR


def test_what_is_not_installed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "absent_framework.py"
    path.write_text("import not_there")
    run("--goldenrule-backend", str(path)).assert_outcomes(skipped=1)
    run("--goldenrule-require", str(path)).assert_outcomes(failed=1)


@pytest.mark.parametrize("text", ["x = (", "x = 1"])
def test_unusable_files(run: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "unusable.py"
    path.write_text(text)
    run("--goldenrule-backend", str(path)).assert_outcomes(failed=1)


def test_a_declaration_that_fits_no_case_fails(
    run: Run, backend: Callable[..., str], pytester: pytest.Pytester
) -> None:
    misspelt = toy.BACKEND.replace("beta):", "momentum):")
    result = run("--goldenrule-backend", backend(toy.GOOD, misspelt))
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["no case is applicable: takes no beta; needs momentum*"])


def test_crashes_hangs_and_bad_files(run: Run, backend: Backend, vectors: Path) -> None:
    body = f"import os\n    if len(theta) == 3: os._exit(1)\n    {toy.GOOD}"
    run("--goldenrule-backend", backend(body)).assert_outcomes(passed=2, failed=2)
    body = "while True: pass"
    result = run("--goldenrule-backend", backend(body), "--goldenrule-timeout", "0.2")
    result.assert_outcomes(failed=4)
    (vectors / "optimizers" / "toy" / "bad.json").write_text("{")
    run("--goldenrule-backend", backend(toy.GOOD)).assert_outcomes(passed=4, failed=1)


def test_without_options_nothing_happens(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test(): import sys; assert 'numpy' not in sys.modules")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_layers_and_gradients(run: Run, tmp_path: Path, vectors: Path) -> None:
    toy_layer.write(vectors)
    path = tmp_path / "layer.py"
    path.write_text(toy_layer.source(backward="return dy * gamma"))
    result = run("--goldenrule-backend", str(path), "-v", "-W", "default")
    result.assert_outcomes(passed=5, warnings=1)
    result.stdout.fnmatch_lines(
        [
            "*mine/normalizations/toy/plain/float64::strided PASSED*",
            "*mine/normalizations/toy/plain/gradient/float64::backward PASSED*",
            "*PytestWarning: not returned, so not judged: dgamma*",
        ]
    )
