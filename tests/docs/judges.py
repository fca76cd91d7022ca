"""The programs of the guide to other languages: how they are built, called and given a file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from goldenrule.conformance.files.discovery import PACKAGED_VECTORS

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
CXX = "g++ -std=c++17 -O2 -Wall -Wextra -Werror judge.cpp -o judge"
TOOLS = ("g++", "nvcc", "node", "rustc")
REQUIRED = "g++"


@dataclass(frozen=True)
class Language:
    """How an example is built and called, and what it judges."""

    build: str
    call: str
    vectors: str
    kinds: tuple[str, ...]
    profile: str = "float32"


UPDATES = ("step", "trajectory")
LANGUAGES = {
    "C++": Language(CXX, "./judge", "optimizers/adam/paper", UPDATES),
    "C++ in float64": Language(CXX, "./judge", "optimizers/adam/paper", UPDATES, "float64"),
    "JavaScript": Language("", "node judge.js", "normalizations/rms_norm/paper", ("layer",)),
    "Rust": Language(
        "rustc -O -D warnings --edition 2021 judge.rs", "./judge", "optimizers/sgd/l2", UPDATES
    ),
}
Result = subprocess.CompletedProcess[str]


def need(*commands: str) -> None:
    """Skip the test where a tool that a command calls is not installed, unless it must be."""
    for command in commands:
        tool = command.partition(" ")[0]
        if tool in TOOLS and shutil.which(tool) is None:
            must = os.environ.get("GOLDENRULE_REQUIRE_TOOLS") and tool == REQUIRED
            (pytest.fail if must else pytest.skip)(f"{tool} is not installed")


def shell(command: str, folder: Path) -> Result:
    """Run a command in a folder; `goldenrule` is the one under test."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    return subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
    )


def build(command: str, folder: Path) -> Path:
    """Build a program in a folder that gets the examples and the vectors; give the folder."""
    need(command)
    shutil.copytree(EXAMPLES, folder, dirs_exist_ok=True)
    (folder / "vectors").symlink_to(PACKAGED_VECTORS)
    done = shell(command or "true", folder)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return folder


@dataclass(frozen=True)
class Judge:
    """A program of one language, and the golden file that it conforms to."""

    language: Language
    folder: Path

    @property
    def document(self) -> dict:
        """The golden file, to be changed."""
        return json.loads((PACKAGED_VECTORS / f"{self.language.vectors}.json").read_text("utf-8"))

    def __call__(self, text: str | dict, profile: str = "") -> Result:
        """Judge by a file of this text, or by this document."""
        content = text if isinstance(text, str) else json.dumps(text)
        (self.folder / "given.json").write_text(content, encoding="utf-8")
        profile = profile or self.language.profile
        return shell(f"{self.language.call} given.json {profile}", self.folder)
