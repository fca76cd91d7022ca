"""The command line: exit codes, reports, and what stays unimported."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from goldenrule.conformance.cli import main

from . import toy

Backend = Callable[[str], str]
BAD = "return {'theta': -theta, 'm': m}"


def verify(vectors: Path, *arguments: str) -> int:
    return main(["verify", "--vectors", str(vectors), "--no-diagnose", *arguments])


def test_a_conforming_run(
    vectors: Path, backend: Backend, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(vectors, backend(toy.GOOD)) == 0
    *_, title, row, _, left_out, _, last = capsys.readouterr().out.rstrip("\n").split("\n")
    assert title == "mine"
    assert left_out == "not asked: mine  optimizers/toy/plain: 2 cases (takes no weight_decay)"
    assert row.split() == ["toy/plain", "float64", "float32", "4", "0.00", "0.00", "conforms"]
    assert last == "2 of 2 declarations conform; 4 cases judged."


def test_a_deviating_run(
    vectors: Path, backend: Backend, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(vectors, backend(BAD)) == 1
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "mine  optimizers/toy/plain  float64: 2 of 2 cases fail" in lines
    assert "case      step  (a toy)" in lines
    assert "where     step 1, theta[0]: outside the accepted interval" in lines
    assert "got       -0 (-0x0p+0)" in lines
    assert "exact     -0.171875" in lines
    assert "catches   sign: catches a wrong sign" in lines
    assert "also      float32: 2 of 2 cases fail" in lines
    assert lines[-1] == "0 of 2 declarations conform; 2 deviate; 4 cases judged."


def test_plain_output_has_no_escapes_and_no_trailing_blanks(
    vectors: Path, backend: Backend, capsys: pytest.CaptureFixture[str]
) -> None:
    verify(vectors, backend(BAD))
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert not any(line.endswith(" ") for line in out.splitlines())


def test_deviations_outrank_what_is_not_available(vectors: Path, backend: Backend) -> None:
    assert verify(vectors, backend(BAD), "absent.py") == 1
    assert verify(vectors, backend(toy.GOOD), "absent.py") == 2


@pytest.mark.parametrize(
    "arguments",
    [[], ["verify"], ["frobnicate"], ["verify", "numpy", "--timeout", "-1"], ["explain"]],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    err = capsys.readouterr().err
    assert err and "_seconds" not in err


def test_a_failure_without_numbers(
    vectors: Path, backend: Backend, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was never measured has no figures, and is no mistake that the case was made for."""
    assert verify(vectors, backend("return theta[:1]"), "--profile", "float64") == 1
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[3].split() == ["toy/plain", "float64", "0/1", "deviates"]
    assert "where  step 1, theta: shape [1], not [3]" in lines
    assert not any(line.startswith("catches") for line in lines)


def test_a_narrow_terminal_cuts_nothing(
    vectors: Path,
    backend: Backend,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    verify(vectors, backend(toy.GOOD))
    assert "conforms" in capsys.readouterr().out


def test_unreadable_lists_and_unwritable_reports(
    vectors: Path, backend: Backend, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(vectors, backend(toy.GOOD), "--xfail", str(tmp_path / "absent")) == 2
    assert verify(vectors, backend(toy.GOOD), "--json", str(tmp_path)) == 2
    assert verify(vectors, backend(BAD), "--json", str(tmp_path)) == 1
    assert capsys.readouterr().err.count("goldenrule: ") == 3


def test_an_absent_folder_of_vectors(
    tmp_path: Path, backend: Backend, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(tmp_path / "absent", backend(toy.GOOD)) == 2
    assert "no such folder" in capsys.readouterr().out


def test_the_json_report(vectors: Path, backend: Backend, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    verify(vectors, backend(BAD), "--json", str(path))
    report = json.loads(path.read_text())
    assert (report["version"], report["exit_code"], report["problems"]) == ("1.3", 1, [])
    assert report["run"]["releases"]["python"] == platform.python_version()
    assert {"goldenrule", "numpy"} <= report["run"]["releases"].keys()
    assert date.fromisoformat(report["run"]["date"])
    assert report["run"]["machine"] == platform.machine()
    entry = report["entries"][0]
    assert entry["id"] == "mine/optimizers/toy/plain/float64"
    assert entry["verdict"] == "deviates"
    step, decay, _ = entry["cases"]
    assert (step["status"], step["failure"]["element"]) == ("deviates", [0])
    assert (decay["status"], decay["failure"]) == ("not applicable", None)
    assert decay["reason"] == "takes no weight_decay"


def test_the_junit_report(vectors: Path, backend: Backend, tmp_path: Path) -> None:
    path = tmp_path / "out.xml"
    body = f"if len(theta) == 3: raise ValueError('<\\x00>')\n    {toy.GOOD}"
    verify(vectors, backend(body), "absent.py", "--junit", str(path))
    suites = ET.parse(path).getroot()
    counts = [(s.get("tests"), s.get("errors"), s.get("skipped")) for s in suites]
    assert counts == [("3", "1", "1"), ("3", "1", "1"), ("1", "1", "0")]
    error = suites.find("testsuite/testcase/error")
    assert error is not None
    assert "ValueError: <\ufffd>" in (error.get("message") or "")


def test_stopping_and_selecting(vectors: Path, backend: Backend, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    verify(vectors, backend(BAD), "-x", "--profile", "float32", "--json", str(path))
    (entry,) = json.loads(path.read_text())["entries"]
    assert [case["status"] for case in entry["cases"]] == ["deviates", "not run", "not run"]


def test_listing(vectors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--vectors", str(vectors)]) == 0
    row = capsys.readouterr().out.splitlines()[1].split()
    assert row[:3] == ["optimizers/toy", "plain", "3"]
    assert main(["list", "--vectors", str(vectors), "--rule", "adam"]) == 2
    assert main(["list", "--profiles"]) == 0
    assert "float32+ftz+step32" in capsys.readouterr().out


def test_explaining_the_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "no-such-rule"]) == 2
    assert "no-such-rule" in capsys.readouterr().err


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("goldenrule ")


LAZY = """
import sys
from goldenrule.conformance.cli import main
code = main(["verify", *sys.argv[1:]])
heavy = {"sympy", "mpmath", "goldenrule.spec", "goldenrule.reference", "jsonschema"}
print(sorted(heavy & set(sys.modules)), file=sys.stderr)
raise SystemExit(code)
"""


def test_verifying_imports_neither_mathematics_nor_reference(
    vectors: Path, backend: Backend
) -> None:
    command = [sys.executable, "-c", LAZY, backend(toy.GOOD), "--vectors", str(vectors)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_importing_is_light() -> None:
    program = "import sys, goldenrule.conformance; print('numpy' in sys.modules)"
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "False\n"


def test_the_module_is_the_command() -> None:
    command = [sys.executable, "-m", "goldenrule.conformance", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("goldenrule ")
