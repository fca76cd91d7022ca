"""The example programs with other options and with mistakes, and as the guide shows them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from goldenrule.conformance.files.discovery import PACKAGED_VECTORS

from .judges import CXX, EXAMPLES, TOOLS, build, need, shell

GUIDE = EXAMPLES.parent / "guides" / "languages.md"
SESSIONS = re.findall(r"```text\n(\$ .*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Callable[[str], Path]:
    """Build a program, each once."""
    return cache(lambda command: build(command, tmp_path_factory.mktemp("built")))


FLAGS = ("-O0", "-O2 -ffp-contract=off", "-O3 -march=native -ffp-contract=fast")


@pytest.mark.parametrize("flags", FLAGS)
def test_the_compiler_may_optimize(built, flags):
    folder = built(CXX.replace("-O2", flags))
    found = shell("./judge vectors/optimizers/adam/paper.json", folder)
    assert (found.returncode, found.stderr) == (0, "")


def test_the_judge_is_not_compiled_with_fast_math(built):
    found = shell("g++ -std=c++17 -Ofast -E judge.cpp", built(CXX))
    assert found.returncode != 0
    assert "assumes that no number is NaN" in found.stderr


MISTAKES = {
    "(std::sqrt(v_hat) + T(eps))": "std::sqrt(v_hat + T(eps))",
    "T(1 - beta2)": "(1 - T(beta2))",
    "m[i] / T(bias1)": "m[i]",
    "(gradient * gradient)": "(g[i] * g[i])",
    "std::max(v_max[i], v[i])": "v[i]",
    "std::pow(beta2, t)": "std::pow(beta2, t - 1)",
}


@pytest.mark.parametrize("right", MISTAKES)
def test_a_planted_mistake_is_found(built, right, tmp_path):
    folder = built(CXX)
    text = (folder / "adam.hpp").read_text(encoding="utf-8")
    assert text.count(right) == 1
    (tmp_path / "wrong.hpp").write_text(text.replace(right, MISTAKES[right]), encoding="utf-8")
    wrong = f"-DIMPLEMENTATION='\"{tmp_path}/wrong.hpp\"' -o {tmp_path}/wrong"
    assert shell(f"g++ -std=c++17 -O0 {wrong} judge.cpp", folder).returncode == 0
    found = shell(f"{tmp_path}/wrong vectors/optimizers/adam/paper.json float32", folder)
    assert found.returncode == 1
    assert re.search(r"float32: case \S+, step \d+, (theta|m|v|v_max)\[\d+\]", found.stdout)


def test_the_guide_shows_every_tool_at_work():
    assert {tool for tool in TOOLS if f"$ {tool} " in "".join(SESSIONS)} == {*TOOLS}


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.split()[1])
def test_the_guide_shows_what_is_printed(built, session):
    commands = re.findall(r"^\$ (.*)\n", session, re.MULTILINE)
    need(*commands)
    folder = built("")
    shown = ""
    for command in commands:
        found = shell(f"{{ {command}; }} 2>&1", folder)
        shown += f"$ {command}\n{found.stdout}"
    assert session == shown


def test_the_vectors_are_where_the_guide_says(tmp_path):
    command = re.search(r"```sh\npython (.*)\n```", GUIDE.read_text(encoding="utf-8"))[1]
    found = shell(f"{sys.executable} {command}", tmp_path)
    assert Path(found.stdout.strip()).resolve() == PACKAGED_VECTORS.resolve()


def test_the_kernel_judges_on_a_gpu_or_says_that_there_is_none(built):
    folder = built("nvcc -std=c++17 -x cu -DIMPLEMENTATION='\"adam.cu\"' judge.cpp -o judge")
    found = shell("./judge vectors/optimizers/adam/paper.json", folder)
    if found.returncode:
        assert re.fullmatch(r"judge: .*(CUDA|cuda|device).*\n", found.stderr)
        pytest.skip(f"no GPU: {found.stderr.strip()}")
