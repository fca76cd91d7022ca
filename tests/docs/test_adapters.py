"""The adapters that the guides show are short, and conform where they are said to."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from goldenrule.conformance.harness.targets import GROUP
from goldenrule.conformance.harness.verify import verify
from goldenrule.conformance.properties import CHECKS

GUIDES = Path(__file__).parents[2] / "docs/guides"
LONGEST = {"my_adam.py": 12, "my_torch_layer.py": 15}
"""How many lines the guides promise."""


def shown(page: str, name: str) -> str:
    """A file that a guide shows."""
    text = (GUIDES / page).read_text(encoding="utf-8")
    return re.search(rf"```\w+\n# {name}\n(.*?)```", text, re.DOTALL)[1]


def written(folder: Path, page: str, name: str) -> Path:
    """The same, as a file."""
    path = folder / name
    path.write_text(shown(page, name), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("page", "name"), [("verify.md", "my_adam.py"), ("layers.md", "my_torch_layer.py")]
)
def test_an_adapter_is_as_short_as_promised(page, name):
    assert len([line for line in shown(page, name).splitlines() if line]) <= LONGEST[name]


@pytest.mark.parametrize(
    ("page", "name", "entries"),
    [("verify.md", "my_torch.py", 1), ("layers.md", "my_torch_layer.py", 2)],
)
def test_the_adapters_of_pytorch_conform(page, name, entries, tmp_path):
    pytest.importorskip("torch")
    report = verify([str(written(tmp_path, page, name))])
    assert len(report.entries) == entries
    assert report.exit_code == 0


def test_the_driver_of_an_object_has_every_property_it_can_have(tmp_path):
    report = verify([str(written(tmp_path, "properties.md", "my_adam_object.py"))])
    assert report.exit_code == 0
    for item in report.objects:
        left_out = {result.name for result in item.properties if result.status != "holds"}
        assert left_out == {"groups-independent", "maximize-mirrors"}


def test_every_check_is_documented_under_its_sentence():
    page = (GUIDES / "properties.md").read_text(encoding="utf-8")
    for check in CHECKS:
        sentence = f"{check.sentence[0].upper()}{check.sentence[1:]}."
        shown = page.partition(f"### {check.name}\n\n")[2].replace("\n", " ").lower()
        assert shown.startswith(f"*{sentence.lower()}*")


def test_the_backend_is_found_by_the_name_of_its_entry_point(tmp_path):
    project = tomllib.loads(shown("new-backend.md", "pyproject.toml"))
    ((name, module),) = project["project"]["entry-points"][GROUP].items()
    assert project["tool"]["setuptools"]["py-modules"] == [module]
    written(tmp_path, "new-backend.md", f"{module}.py")
    installed = tmp_path / f"{module}-{project['project']['version']}.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(f"Name: {project['project']['name']}\nVersion: 0.1.0\n")
    (installed / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {module}\n")
    found = subprocess.run(
        [sys.executable, "-m", "goldenrule.conformance", "verify", name],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert "18 of 18 declarations conform" in found.stdout
